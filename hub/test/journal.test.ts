import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JournalCheck, JournalPage, Problem } from '../src/api.ts';
import { OWNER } from './hubClient.ts';
import { type HubProcess, startHub } from './hubProcess.ts';
import { until } from './patience.ts';
import { ROOT } from './repository.ts';

let hub: HubProcess;
beforeAll(async () => {
  hub = await startHub();
  const { name } = OWNER;
  await hub.api.call('logIn', { body: { name, password: 'not the one' } }).catch(() => {});
  await hub.api.logIn();
});
afterAll(() => hub?.remove());

const get = async (path: string) => hub.api.send({ method: 'GET', path: `/api/journal${path}` });
const page = async (query = '') => JournalPage.parse(JSON.parse((await get(query)).text));
const check = async () => JournalCheck.parse(JSON.parse((await get('/verify')).text));

/** The command that a person types; answers its exit code and what it says. */
function verifyByHand(...args: string[]): readonly [number, string] {
  try {
    const program = join(ROOT, 'build/hub/src/composeVerify.js');
    return [
      0,
      execFileSync(process.execPath, [program, ...(args.length === 0 ? ['--data', hub.folder] : args)], {
        encoding: 'utf8',
      }),
    ];
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return [status, stdout];
  }
}

/** Verifies an export as a stranger would who has only read hub/src/journal/README.md. */
function verifyAsStranger(text: string): string[] {
  type Row = Record<'type' | 'json' | 'hash', string> &
    Record<'seq' | 'mono' | 'utc', number> &
    Record<'who' | 'place' | 'why' | 'sealed', string | null>;
  type Signed = Record<'no' | 'seq' | 'first' | 'mono' | 'utc', number> &
    Record<'hash' | 'signature', string>;
  const { publicKey, rows, checkpoints } = JSON.parse(text) as {
    publicKey: string;
    rows: Row[];
    checkpoints: Signed[];
  };
  const netstring = (part: string | number | Buffer | null) => {
    if (part === null) return Buffer.from('-,');
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(',')]);
  };
  const form = (...parts: (string | number | Buffer | null)[]) => Buffer.concat(parts.map(netstring));
  const wrong: string[] = [];
  let previous: Buffer = Buffer.alloc(32);
  for (const row of rows) {
    const { seq, mono, utc, type, who, place, why, json, sealed, hash } = row;
    const bytes = form('homeward-journal-row-1', previous, seq, mono, utc, type, who, place, why, json);
    const whole = Buffer.concat([bytes, netstring(sealed === null ? null : Buffer.from(sealed, 'hex'))]);
    if (createHash('sha256').update(whole).digest('hex') !== hash) wrong.push(`row ${seq}`);
    previous = Buffer.from(hash, 'hex');
  }
  const key = createPublicKey({
    key: Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex'),
    format: 'der',
    type: 'spki',
  });
  for (const { no, seq, first, hash, mono, utc, signature } of checkpoints) {
    const message = form(
      'homeward-journal-checkpoint-1',
      no,
      seq,
      first,
      Buffer.from(hash, 'hex'),
      mono,
      utc,
    );
    if (!verify(null, message, key, Buffer.from(signature, 'hex'))) wrong.push(`signature ${no}`);
    if (rows[seq - 1]?.hash !== hash) wrong.push(`checkpoint ${no}`);
  }
  return wrong;
}

describe('the journal of a running hub', () => {
  test('tells who did what, newest first, and a name instead of an id', async () => {
    await until('the login is written', async () => (await page('?type=personLoggedIn')).rows.length > 0);
    const { rows, next } = await page();
    expect(rows.map(({ type }) => type).slice(0, 2)).toEqual(['personLoggedIn', 'loginRefused']);
    expect(rows[0]).toMatchObject({ area: 'people', who: OWNER.name, where: null });
    expect(rows[1]).toMatchObject({ who: null, where: expect.stringContaining('127.0.0.1') });
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, n) => rows.length - n));
    expect(next).toBeNull();
  });

  test('is read page by page, and a page never misses or repeats a row', async () => {
    const all = (await page()).rows.map(({ seq }) => seq);
    const seen: number[] = [];
    for (let before = ''; ; ) {
      const { rows, next } = await page(`?limit=2${before}`);
      expect(rows.length).toBeLessThanOrEqual(2);
      seen.push(...rows.map(({ seq }) => seq));
      if (next === null) break;
      before = `&before=${next}`;
    }
    expect(seen).toEqual(all);
  });

  test.each([
    ['area=people', ['personLoggedIn', 'loginRefused', 'hubClaimed']],
    ['type=loginRefused', ['loginRefused']],
    ['area=house&type=loginRefused', []],
    [`who=${OWNER.name.toUpperCase()}`, ['personLoggedIn', 'sealKeyMade', 'hubClaimed']],
    ['who=nobody', []],
    ['text=LOGGEDIN', ['personLoggedIn']],
    ['text=127.0.0.1', ['loginRefused']],
    ['from=0&to=1', []],
    ['where=nothing', []],
    ['kind=smoke', []],
  ])('is filtered by %s', async (query, types) => {
    expect((await page(`?${query}`)).rows.map(({ type }) => type)).toEqual(types);
  });

  test.each([
    '?limit=0',
    '?limit=1e9',
    '?before=-1',
    '?before=1.5',
    '?area=nowhere',
    '?kind=nothing',
    '?type=a%20b',
    "?type=x'%20or%201=1",
    `?text=${'x'.repeat(101)}`,
    '?from=5&to=5',
    '?from=abc',
    '?unknown=1',
    '?__proto__=1',
    '/export?format=xml',
    '/export?other=1',
  ])('refuses %s with a problem', async (query) => {
    const { status, type, text } = await get(query);
    expect([status, type]).toEqual([400, expect.stringContaining('application/problem+json')]);
    expect(Problem.parse(JSON.parse(text)).type).toBe('/problems/bad-request');
  });

  test('is whole, over a stop, a kill and a start, and signed to the last row after a stop', async () => {
    await hub.kill9();
    await hub.start();
    await hub.restart();
    const starts = async () => (await page('?type=houseResumed')).rows.map(({ seq }) => seq);
    // That of the last start waits for the commit that it shares, which may come after the hub said that it is up.
    await until('each start is written', async () => (await starts()).length >= 3);
    const { isWhole, findings, rows, last, signedTo } = await check();
    expect([isWhole, findings, rows]).toEqual([true, [], last]);
    const resumed = await starts();
    expect(resumed).toHaveLength(3);
    // The broker's goodbye may come after the signature.
    const unsigned = (await page('')).rows.filter(
      ({ seq }) => seq > (signedTo ?? 0) && seq < (resumed[0] ?? 0),
    );
    expect(unsigned.map(({ type }) => type).filter((type) => type !== 'brokerLost')).toEqual([]);
    expect(unsigned.length).toBeLessThanOrEqual(1);
    expect(verifyByHand()).toEqual([0, expect.stringContaining('The journal is whole.')]);
  });

  test('has its key in a file for this user alone', () => {
    expect(statSync(join(hub.folder, 'secrets', 'journal-key')).mode & 0o777).toBe(0o600);
  });

  test('is taken away as JSON that a stranger can verify', async () => {
    // It was given before the restart.
    expect(JSON.parse((await get('/export')).text)).toMatchObject({ type: '/problems/confirm-first' });
    await hub.api.confirm();
    const { type, text } = await get('/export');
    expect(type).toBe('application/json; charset=utf-8');
    expect(verifyAsStranger(text)).toEqual([]);
    const changed = text.replace('"type":"loginRefused","who":null', '"type":"loginRefused","who":"Eve"');
    expect(changed).not.toBe(text);
    const [refused] = (await page('?type=loginRefused')).rows;
    expect(verifyAsStranger(changed)).toEqual([`row ${refused?.seq}`]);
    expect(text).not.toContain(OWNER.pin);
    expect(text).not.toContain(OWNER.password);
  });

  test('is proven from the export alone, by hand, on a machine that knows nothing of the house', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeward-export-'));
    try {
      const file = join(folder, 'journal.json');
      const { text } = await get('/export');
      writeFileSync(file, text);
      const [code, said] = verifyByHand('--export', file);
      expect([code, said]).toEqual([0, expect.stringContaining('The journal is whole.')]);
      expect(said).toContain((await check()).publicKey);
      const [refused] = (await page('?type=loginRefused')).rows;
      writeFileSync(
        file,
        text.replace('"type":"loginRefused","who":null', '"type":"loginRefused","who":"Eve"'),
      );
      expect(verifyByHand('--export', file)).toEqual([
        1,
        expect.stringContaining(`Row ${refused?.seq} was changed`),
      ]);
      writeFileSync(file, text.slice(0, -20));
      expect(verifyByHand('--export', file)).toEqual([
        1,
        expect.stringContaining('That is no export of a Homeward journal'),
      ]);
      expect(verifyByHand('--export', join(folder, 'nothing'))[0]).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is taken away as CSV in which no cell is a formula', async () => {
    const correction = {
      method: 'POST',
      path: '/api/pairings',
      body: '{"name":"=HYPERLINK(1)","kind":"board"}',
    };
    expect((await hub.api.send(correction)).status).toBe(201);
    await until('it is written', async () => (await page('?type=devicePaired')).rows.length === 1);
    // Taking it out is written down too, perhaps not before the file was read.
    const before = (await page('?limit=200')).rows.length;
    const { type, text } = await get('/export?format=csv');
    expect(type).toBe('text/csv; charset=utf-8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('seq,time,mono,utc,type,who,where,why,fact,sealed,hash,checkpoint');
    expect([before + 1, before + 2]).toContain(lines.length);
    expect(lines.filter((line) => /(^|,)"?[=+\-@]/.test(line))).toEqual([]);
  });
});

test('a row that somebody changed in the file is named, by the hub and by hand, with exit code 1', async () => {
  const [refused] = (await page('?type=loginRefused')).rows;
  const seq = refused?.seq ?? 0;
  const db = new Database(join(hub.folder, 'safety.db'));
  db.prepare("update journal set place = '10.0.0.1' where seq = ?").run(seq);
  db.close();
  const { isWhole, findings } = await check();
  expect(isWhole).toBe(false);
  expect(findings).toEqual([
    { fault: 'row-altered', from: seq, to: seq, words: expect.stringContaining(`Row ${seq}`) },
  ]);
  const [code, said] = verifyByHand();
  expect(code).toBe(1);
  expect(said).toContain(`Row ${seq} was changed`);
});
