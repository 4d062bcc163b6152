import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { createPorts } from '../src/io/brokerPorts.ts';
import { createHttp } from '../src/io/http.ts';
import { createLog } from '../src/io/log.ts';
import { createTls, type TlsMaterial } from '../src/io/tls.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A connection that trusts the authority and nothing else, to a server of that address. */
function join127(port: number, ca: string, address: string): Promise<TLSSocket> {
  return new Promise((done, failed) => {
    const checkServerIdentity = (_host: string, { raw }: { raw: Buffer }) =>
      new X509Certificate(raw).checkIP(address) === undefined ? new Error(`not for ${address}`) : undefined;
    const socket = connect({ port, host: '127.0.0.1', ca, checkServerIdentity }, () => done(socket));
    socket.on('error', failed);
    stops.push(() => socket.destroy());
  });
}

test('when the machine gets another address, web server and broker show a certificate for it without a restart, of the same authority', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-reissue-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  let addresses = ['192.168.1.7'];
  const tls = createTls({ folder, hostName: 'attic', addresses: () => addresses, now: Date.now });
  let material: TlsMaterial = await tls.ensure();
  const { ca } = material;
  const pair = () => material;
  const http = createHttp({
    bind: '127.0.0.1',
    httpPort: 0,
    httpsPort: 0,
    tls: pair,
    webRoot: folder,
    endpoints: [],
    authenticate: () => null,
    permit: () => {},
    log: createLog('silent'),
  });
  const broker = createPorts({
    host: '127.0.0.1',
    port: null,
    tlsPort: 0,
    tls: pair,
    onConnection: (socket) => socket.on('error', () => {}),
    onRefused: () => {},
  });
  stops.push(() => http.stop());
  const { httpsPort } = await http.start();
  stops.push(() => broker.close());
  await broker.open();
  const ports = [httpsPort ?? 0, broker.bound().tls ?? 0];
  stops.push(
    tls.watch((renewed) => {
      material = renewed;
      http.renewTls();
      broker.reloadTls();
    }, 20),
  );
  const before = await Promise.all(ports.map((port) => join127(port, ca, '192.168.1.7')));
  for (const port of ports)
    await expect(join127(port, ca, '192.168.1.8')).rejects.toThrow('not for 192.168.1.8');
  addresses = ['192.168.1.8'];
  await expect.poll(() => new X509Certificate(material.cert).checkIP('192.168.1.8')).toBe('192.168.1.8');
  const after = await Promise.all(ports.map((port) => join127(port, ca, '192.168.1.8')));
  // Who was there stays: a board that listens for its siren is not cut off because the house has another address.
  expect([...before, ...after].map(({ destroyed }) => destroyed)).toEqual([false, false, false, false]);
  expect(material.ca).toBe(ca);
});
