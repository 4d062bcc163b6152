import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTls, machineAddresses, type TlsMaterial, type TlsOptions } from './tls.ts';
import { makeLeaf } from './tlsCertificates.ts';
import { permittedDomains, wantedNames } from './tlsNames.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2027, 5, 1);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-tls-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tls = (more: Partial<TlsOptions> = {}) =>
  createTls({ folder, hostName: 'attic', addresses: () => ['192.168.1.7'], now: () => NOW, ...more });

/** What a client says of that server: 'trusted', or why not. */
async function verdict(pair: { key: string; cert: string }, ca: string, host: string): Promise<string> {
  const server = createServer({ key: pair.key, cert: pair.cert }, (socket) => socket.end());
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const answer = await new Promise<string>((resolve) => {
    // A name that begins with a digit is an address; the name asked for is checked against the certificate either way.
    const name = /^[\d:]/.test(host)
      ? { checkServerIdentity: () => addressFault(pair.cert, host) }
      : { servername: host };
    const socket = connect({ port, host: '127.0.0.1', ca, ...name }, () => resolve('trusted'));
    // Node has no code of its own for a breach of the limits.
    socket.on('error', ({ code, message }: NodeJS.ErrnoException) =>
      resolve(code === undefined || code === 'UNSPECIFIED' ? message : code),
    );
    socket.on('close', () => resolve('closed'));
  });
  await new Promise((resolve) => server.close(resolve));
  return answer;
}
const addressFault = (cert: string, address: string) =>
  new X509Certificate(cert).checkIP(address) === undefined ? new Error('not for this address') : undefined;

const authorityOf = (material: TlsMaterial) => ({
  key: readFileSync(join(folder, 'ca.key'), 'utf8'),
  cert: material.ca,
  boardCert: material.boardCa,
});
const validity = () => ({ from: Date.now() - DAY_MS, to: Date.now() + DAY_MS });

it.each(['attic', 'attic.local', 'homeward.local', 'localhost', '192.168.1.7', '127.0.0.1', '::1'])(
  'is trusted as %s, by browsers and by boards',
  async (host) => {
    const material = await tls({ now: Date.now }).ensure();
    expect(await verdict(material, material.ca, host)).toBe('trusted');
    expect(await verdict(material, material.boardCa, host)).toBe('trusted');
  },
);

it('is not trusted as another, nor by somebody who has another authority', async () => {
  const material = await tls({ now: Date.now }).ensure();
  expect(await verdict(material, material.ca, 'cellar.local')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  rmSync(folder, { recursive: true });
  const other = await tls({ now: Date.now }).ensure();
  expect(await verdict(material, other.ca, 'attic')).not.toBe('trusted');
});

it.each([
  ['a name of the internet', { dns: ['example.com'], ip: [] }, 'example.com'],
  ['a public address', { dns: [], ip: ['8.8.8.8'] }, '8.8.8.8'],
  ['a public IPv6 address', { dns: [], ip: ['2001:db8::1'] }, '2001:db8::1'],
])('a stolen key cannot vouch for %s', async (_, names, host) => {
  const material = await tls({ now: Date.now }).ensure();
  const forged = await makeLeaf(authorityOf(material), names, validity());
  expect(await verdict(forged, material.ca, host)).toBe('permitted subtree violation');
});

it('limits the authority in a way that no client may overlook', async () => {
  const { ca, boardCa, cert } = await tls().ensure();
  const authority = new X509Certificate(ca);
  expect(authority.ca).toBe(true);
  expect(authority.subject).toContain('Homeward attic');
  expect(authority.toLegacyObject().asn1Curve).toBe('prime256v1');
  expect(Date.parse(authority.validTo)).toBe(NOW + 3_652 * DAY_MS);
  const der = authority.raw.toString('hex');
  // OID 2.5.29.30, then BOOLEAN true: critical
  expect(der).toContain('0603551d1e0101ff');
  expect(new X509Certificate(boardCa).raw.toString('hex')).not.toContain('0603551d1e');
  expect(new X509Certificate(boardCa).publicKey.export({ type: 'spki', format: 'pem' })).toBe(
    authority.publicKey.export({ type: 'spki', format: 'pem' }),
  );
  const leaf = new X509Certificate(cert);
  expect(leaf.ca).toBe(false);
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(397 * DAY_MS);
  expect(Date.parse(leaf.validFrom)).toBe(NOW - DAY_MS);
});

it('keeps all of it until there is a reason', async () => {
  const first = await tls().ensure();
  expect(await tls({ now: () => NOW + 300 * DAY_MS }).ensure()).toEqual(first);
  expect(await tls({ addresses: () => [] }).ensure()).toEqual(first);
});

it.each<[string, Partial<TlsOptions>]>([
  ['the machine has a new address', { addresses: () => ['192.168.1.7', 'fd00::7'] }],
  ['it has less than 30 days left', { now: () => NOW + 367 * DAY_MS }],
  ['the clock was ahead when it was made', { now: () => NOW - 2 * DAY_MS }],
  ['the clock was a year ahead', { now: () => Date.UTC(2026, 4, 31) }],
])('makes a new certificate with the same authority when %s', async (_, more) => {
  const first = await tls().ensure();
  const second = await tls(more).ensure();
  expect(second.cert).not.toBe(first.cert);
  expect([second.ca, second.boardCa]).toEqual([first.ca, first.boardCa]);
  expect(new X509Certificate(second.cert).verify(new X509Certificate(first.ca).publicKey)).toBe(true);
});

it('does not believe a clock that stands before it was built', async () => {
  const { cert, ca } = await tls({ now: () => 0 }).ensure();
  expect(Date.parse(new X509Certificate(cert).validFrom)).toBe(Date.UTC(2025, 11, 31));
  expect(Date.parse(new X509Certificate(ca).validFrom)).toBe(Date.UTC(2025, 11, 31));
});

it('keeps what a clock without a battery cannot judge, and makes nothing anew that would be over already', async () => {
  const first = await tls().ensure();
  expect(await tls({ now: () => 0 }).ensure()).toEqual(first);
  const moved = await tls({ now: () => 0, addresses: () => ['192.168.1.9'] }).ensure();
  expect(Date.parse(new X509Certificate(moved.cert).validFrom)).toBe(NOW - DAY_MS);
  rmSync(join(folder, 'hub.crt'));
  const anew = await tls({ now: () => 0 }).ensure();
  expect(Date.parse(new X509Certificate(anew.cert).validFrom)).toBe(NOW - DAY_MS);
});

it('leaves out what would make the whole certificate invalid', () => {
  const domains = permittedDomains('Attic.Example.com');
  const names = wantedNames(
    'attic.example.com',
    ['8.8.8.8', '10.1.2.3', '2001:db8::1', 'fe80::1%eth0', 'fd00::1'],
    domains,
  );
  expect(names).toEqual({
    dns: ['attic.example.com', 'attic.local', 'homeward.local', 'localhost'],
    ip: ['10.1.2.3', 'fd00::1', '127.0.0.1', '::1'],
  });
  expect(wantedNames('renamed', [], domains).dns).toEqual(['renamed.local', 'homeward.local', 'localhost']);
  expect(wantedNames('a b_c', [], permittedDomains('a b_c')).dns).toEqual(['homeward.local', 'localhost']);
  expect(permittedDomains('attic.local')).toEqual(permittedDomains(''));
});

it('keeps the keys to itself', async () => {
  await tls().ensure();
  for (const file of ['ca.key', 'hub.key']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

it('says what is damaged instead of silently changing whom everybody must trust', async () => {
  await tls().ensure();
  writeFileSync(join(folder, 'ca.crt'), 'torn');
  await expect(tls().ensure()).rejects.toThrow('is damaged');
  rmSync(join(folder, 'ca.crt'));
  await expect(tls().ensure()).rejects.toThrow('is damaged');
});

it.each(['ca.key', 'ca.crt', 'ca-boards.crt'])(
  'never makes another authority because %s is lost',
  async (file) => {
    const made = await tls().ensure();
    rmSync(join(folder, file));
    await expect(tls().ensure()).rejects.toThrow('is damaged');
    expect(tls().standing()).toEqual(file === 'ca.key' ? made : null);
  },
);

it('tells what serves still when the key of the authority is lost, and nothing when that is damaged too', async () => {
  expect(tls().standing()).toBeNull();
  const made = await tls().ensure();
  writeFileSync(join(folder, 'ca.key'), '');
  expect(tls().standing()).toEqual(made);
  writeFileSync(join(folder, 'hub.key'), '');
  expect(tls().standing()).toBeNull();
});

it('does not show a certificate of another authority', async () => {
  const other = await tls().ensure();
  for (const file of ['ca.key', 'ca.crt', 'ca-boards.crt']) rmSync(join(folder, file));
  const made = await tls().ensure();
  expect(made.ca).not.toBe(other.ca);
  writeFileSync(join(folder, 'hub.key'), other.key);
  writeFileSync(join(folder, 'hub.crt'), other.cert);
  expect(tls().standing()).toBeNull();
});

it('makes the certificate of the server anew when it is damaged', async () => {
  const first = await tls().ensure();
  writeFileSync(join(folder, 'hub.key'), 'torn');
  const second = await tls().ensure();
  expect(second.ca).toBe(first.ca);
  expect(new X509Certificate(second.cert).verify(new X509Certificate(second.ca).publicKey)).toBe(true);
});

it('watches for a new address, and reports what goes wrong meanwhile', async () => {
  let addresses = ['192.168.1.7'];
  const events: string[] = [];
  const watching = tls({ addresses: () => addresses, onReport: (event) => void events.push(event) });
  const first = await watching.ensure();
  const changes: TlsMaterial[] = [];
  const stop = watching.watch((material) => void changes.push(material), 10);
  addresses = ['192.168.1.8'];
  await expect.poll(() => changes.length).toBe(1);
  expect(changes[0]?.ca).toBe(first.ca);
  expect(new X509Certificate(changes[0]?.cert ?? '').checkIP('192.168.1.8')).toBe('192.168.1.8');
  writeFileSync(join(folder, 'ca.key'), 'torn');
  await expect.poll(() => events).toContain('tls.fault');
  stop();
  expect(changes).toHaveLength(1);
});

it('finds addresses of this machine without loopback', () => {
  expect(machineAddresses()).not.toContain('127.0.0.1');
});
