import { request } from 'node:http';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JournalCheck, JournalPage, SealedPage } from '../src/api.ts';
import { OWNER } from './hubClient.ts';
import { type HubProcess, startHub } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';

const DURESS = '460827';

let hub: HubProcess;
beforeAll(async () => {
  ensureHub();
  hub = await startHub();
  const { password, pin } = OWNER;
  await hub.api.call('choosePins', { body: { password, pin, duressPin: DURESS } });
}, 240_000);
afterAll(() => hub?.remove());

type Answer = { readonly status: number; readonly head: Record<string, unknown>; readonly text: string };

/** A call from some device in the house: each has an address and a session of its own. */
function call(address: string, method: string, path: string, body?: object, token?: string): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const options = { host: '127.0.0.1', port: hub.ports.http, localAddress: address, agent: false } as const;
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, method, path: `/api${path}`, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, head: answer.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Logs in on that device. */
async function device(address: string) {
  const { name, password } = OWNER;
  const { text } = await call(address, 'POST', '/sessions', { name, password });
  const { token } = JSON.parse(text) as { token: string };
  return {
    type: (pin: string) => call(address, 'POST', '/people/current/pins/check', { pin }, token),
    choose: (newPassword: string, given: string = password) =>
      call(address, 'POST', '/people/current/password', { password: given, newPassword }, token),
    open: (given: string = password) => call(address, 'POST', '/journal/sealed', { password: given }, token),
    get: async (path: string) =>
      JSON.parse((await call(address, 'GET', path, undefined, token)).text) as unknown,
  };
}
const pageOf = ({ text }: Answer) => SealedPage.parse(JSON.parse(text));

test('a duress PIN is answered and noted byte for byte as the other, and only its owner reads it, elsewhere', async () => {
  const phone = await device('127.0.0.2');
  const answers: Answer[] = [];
  for (const pin of [OWNER.pin, DURESS, OWNER.pin, DURESS]) answers.push(await phone.type(pin));
  const looks = answers.map(({ status, head, text }) => {
    const { date, ...others } = head;
    return [status, others, text];
  });
  expect(looks[0]?.[0]).toBe(204);
  for (const look of looks) expect(look).toEqual(looks[0]);

  const { rows } = JournalPage.parse(await phone.get('/journal?type=pinUsed'));
  const plain = rows.map(({ seq, at, houseMs, hash, ...others }) => [others, hash.length]);
  expect(plain).toHaveLength(4);
  for (const each of plain) expect(each).toEqual(plain[0]);
  expect(rows[0]).toMatchObject({ who: 'Mona', where: '127.0.0.2', why: 'check', isSealed: true });
  const stored = hub.inspect((db) =>
    db.prepare("select json, length(sealed) as size from journal where type = 'pinUsed'").all(),
  );
  expect(new Set(stored.map((each) => JSON.stringify(each))).size).toBe(1);

  const laptop = await device('127.0.0.3');
  const told = pageOf(await laptop.open());
  expect(told).toMatchObject({ looked: 4, unopened: 0, isWaiting: false, next: null });
  expect(told.records.map(({ seq, who, purpose }) => [seq, who, purpose])).toEqual([
    [rows[0]?.seq, 'Mona', 'check'],
    [rows[2]?.seq, 'Mona', 'check'],
  ]);

  // On the device itself, and in another browser on it, nobody was ever forced.
  const nothing = { records: [], looked: 4, unopened: 0, isWaiting: false, next: null };
  expect(JSON.parse((await phone.open()).text)).toEqual(nothing);
  expect(JSON.parse((await (await device('127.0.0.2')).open()).text)).toEqual(nothing);
});

test('another password opens nothing, and is told as everywhere', async () => {
  const laptop = await device('127.0.0.3');
  const { status, text } = await laptop.open('not the one');
  expect([status, JSON.parse(text).type]).toEqual([403, '/problems/password-refused']);
});

test('a wrong PIN is refused and noted, without the PIN', async () => {
  const phone = await device('127.0.0.2');
  const { status, text } = await phone.type('918273');
  expect([status, JSON.parse(text).type]).toEqual([403, '/problems/pin-refused']);
  const rows = await until('it is written', async () => {
    const page = JournalPage.parse(await phone.get('/journal?type=pinRefused'));
    return page.rows.length > 0 && page.rows;
  });
  expect(rows).toMatchObject([{ who: 'Mona', where: '127.0.0.2', isSealed: false }]);
});

test('what is sealed outlives the hub and another password, and nothing in data or log tells of it', async () => {
  const owner = await device('127.0.0.3');
  expect((await owner.choose('another long password')).status).toBe(204);
  expect(pageOf(await owner.open('another long password')).records).toHaveLength(2);
  expect((await owner.choose(OWNER.password, 'another long password')).status).toBe(204);
  await hub.kill9();
  await hub.start();
  const laptop = await device('127.0.0.3');
  expect(pageOf(await laptop.open()).records).toHaveLength(2);
  const file = hub.inspect((db) => db.serialize().toString('latin1'));
  expect(file).not.toContain(DURESS);
  expect(hub.said).not.toContain(DURESS);
  expect(hub.said).not.toMatch(/duress/i);
});

test('a sealed part that was changed in the file is found, and opens no more', async () => {
  const laptop = await device('127.0.0.3');
  const seq = pageOf(await laptop.open()).records[0]?.seq ?? 0;
  const db = new Database(`${hub.folder}/safety.db`);
  const sealed = db.prepare('select sealed from journal where seq = ?').pluck().get(seq) as Buffer;
  sealed[100] = (sealed[100] ?? 0) ^ 1;
  db.prepare('update journal set sealed = ? where seq = ?').run(sealed, seq);
  db.close();
  const { findings } = JournalCheck.parse(await laptop.get('/journal/verify'));
  expect(findings.map(({ fault, from, to }) => [fault, from, to])).toEqual([['row-altered', seq, seq]]);
  expect(pageOf(await laptop.open())).toMatchObject({ looked: 3, unopened: 1, records: [{}] });
});
