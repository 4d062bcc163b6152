import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIRST_LEAF, TEST_KEY } from '../../test/testLeaf.ts';
import { createTlsListener } from './listener.ts';
import { createOwnCertificate } from './ownCertificate.ts';
import { makeAuthority, makeLeaf } from './tlsCertificates.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2027, 5, 1);
let folder = '';
let certFile = '';
let keyFile = '';
let clock = NOW;
let faults: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-own-'));
  [certFile, keyFile] = [join(folder, 'own.crt'), join(folder, 'own.key')];
  clock = NOW;
  faults = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const validity = (days = 90) => ({ from: NOW - DAY_MS, to: NOW + days * DAY_MS });

async function make(names: readonly string[], days?: number) {
  const authority = await makeAuthority('somebody', [], validity(1_000));
  return makeLeaf(authority, { dns: [...names], ip: [] }, validity(days));
}

function put(pair: { readonly cert: string; readonly key: string }): void {
  writeFileSync(certFile, pair.cert);
  writeFileSync(`${keyFile}.new`, pair.key, { mode: 0o600 });
  renameSync(`${keyFile}.new`, keyFile);
}

const own = () =>
  createOwnCertificate({ certFile, keyFile, now: () => clock, onFault: (why) => faults.push(why) });

test('it is good for the names in it, and for no other', async () => {
  put(await make(['house.example.org', '*.rooms.example.org']));
  const certificate = own();
  expect(certificate.look()).toBe(true);
  for (const name of ['house.example.org', 'kitchen.rooms.example.org']) {
    expect([name, certificate.isFor(name), certificate.contextFor(name)]).toEqual([
      name,
      true,
      expect.anything(),
    ]);
  }
  for (const name of [
    'example.org',
    'evil.example',
    'a.b.rooms.example.org',
    '',
    '*',
    '10.0.0.1',
    'x\u0000y',
  ]) {
    expect([name, certificate.isFor(name), certificate.contextFor(name)]).toEqual([name, false, undefined]);
  }
  expect([certificate.endsAt(), faults]).toEqual([NOW + 90 * DAY_MS, []]);
});

test('whoever asks for its name is shown it, everybody else the own one of the hub, also after it was replaced', async () => {
  put(await make(['house.example.org']));
  const certificate = own();
  certificate.look();
  const server = createTlsListener(() => {}, { key: TEST_KEY, cert: FIRST_LEAF }, certificate.contextFor);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const shown = (servername?: string) =>
    new Promise<string>((done, failed) => {
      const name = servername === undefined ? {} : { servername };
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...name }, () => {
        done(socket.getPeerCertificate().serialNumber);
        socket.destroy();
      }).on('error', failed);
    });
  const [first, hubs] = [await shown('house.example.org'), await shown('hub.local')];
  expect(await shown()).toBe(hubs);
  expect(first).not.toBe(hubs);
  put(await make(['house.example.org']));
  expect(certificate.look()).toBe(true);
  const second = await shown('house.example.org');
  expect([first, hubs]).not.toContain(second);
  clock = NOW + 91 * DAY_MS;
  expect(await shown('house.example.org')).toBe(hubs);
  server.close();
});

test.each<[string, () => Promise<void> | void, RegExp]>([
  ['there are no files', () => {}, /own\.crt cannot be read \(ENOENT\)/],
  ['there is no key', () => writeFileSync(certFile, FIRST_LEAF), /own\.key cannot be read \(ENOENT\)/],
  ['it is torn', () => put({ cert: 'torn', key: TEST_KEY }), /holds no certificate/],
  ['the key is torn', () => put({ cert: FIRST_LEAF, key: '' }), /holds no key/],
  ['it is for no name', () => put({ cert: FIRST_LEAF, key: TEST_KEY }), /is for no name/],
  [
    'the key is another',
    async () => put({ ...(await make(['a.example.org'])), key: TEST_KEY }),
    /is not that of the certificate/,
  ],
  ['it is over', async () => put(await make(['a.example.org'], -0.5)), /ran out on May 31/],
])('when %s the hub goes on without it, and says why once', async (_, prepare, words) => {
  await prepare();
  const certificate = own();
  for (let minute = 0; minute < 3; minute++) expect(certificate.look()).toBe(false);
  expect([certificate.isFor('a.example.org'), certificate.endsAt()]).toEqual([false, null]);
  expect(faults).toEqual([expect.stringMatching(words)]);
});

test('while its files are being written the one before stays, and what is wrong is told once until it is mended', async () => {
  const [first, second] = [await make(['a.example.org']), await make(['a.example.org'])];
  put(first);
  const certificate = own();
  certificate.look();
  writeFileSync(certFile, second.cert);
  expect(certificate.look()).toBe(false);
  certificate.look();
  expect([certificate.isFor('a.example.org'), faults.length]).toEqual([true, 1]);
  put(second);
  expect([certificate.look(), certificate.isFor('a.example.org'), faults.length]).toEqual([true, true, 1]);
});

test('one that runs out while the hub runs is told, and not shown any more', async () => {
  put(await make(['a.example.org'], 1));
  const certificate = own();
  certificate.look();
  expect(certificate.isFor('a.example.org')).toBe(true);
  clock = NOW + 2 * DAY_MS;
  expect([certificate.look(), certificate.look(), certificate.isFor('a.example.org')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(faults).toEqual([expect.stringContaining('ran out')]);
});
