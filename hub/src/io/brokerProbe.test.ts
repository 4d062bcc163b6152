import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { isAnonymousBroker, isUnencryptedBroker } from './brokerProbe.ts';

let server: Server | null = null;
afterEach(
  () => new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve()))),
);

/** Something that listens and answers whatever it hears first with these bytes; null: with nothing. */
async function listening(answer: readonly number[] | null): Promise<{ url: string; heard: Buffer[] }> {
  const heard: Buffer[] = [];
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (some) => {
      heard.push(some);
      if (heard.length === 1 && answer !== null) for (const byte of answer) socket.write(Buffer.from([byte]));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `mqtt://127.0.0.1:${port}`, heard };
}

it.each([
  ['takes anybody in', [0x20, 2, 0, 0], true],
  ['wants a name and a secret', [0x20, 2, 0, 4], false],
  ['says that nobody may', [0x20, 2, 0, 5], false],
  ['does not like the name of the client', [0x20, 2, 0, 2], null],
  ['is no broker', [...Buffer.from('HTTP/1.1 400')], null],
] as const)('a broker that %s', async (_, answer, is) => {
  const { url } = await listening(answer);
  expect(await isAnonymousBroker({ url, ca: null }, 2_000)).toBe(is);
});

it('shows no name and no secret, and keeps no session', async () => {
  const { url, heard } = await listening([0x20, 2, 0, 5]);
  await isAnonymousBroker({ url: url.replace('mqtt://', 'mqtt://hub:secret@'), ca: null }, 2_000);
  const flags = heard[0]?.[9];
  expect(flags).toBe(0x02);
  expect(heard[0]?.[1]).toBe((heard[0]?.length ?? 0) - 2);
  expect(Buffer.concat(heard).toString()).not.toContain('secret');
});

it('waits for nobody for ever', async () => {
  const { url } = await listening(null);
  expect(await isAnonymousBroker({ url, ca: null }, 50)).toBeNull();
});

it('says that it does not know when nobody is there', async () => {
  const { url } = await listening([]);
  await new Promise<void>((resolve) => server?.close(() => resolve()));
  server = null;
  expect(await isAnonymousBroker({ url, ca: null }, 2_000)).toBeNull();
});

it.each([
  ['mqtt://192.168.1.5', true],
  ['mqtt://broker.local:1884', true],
  ['mqtt://[fd00::5]:1883', true],
  ['mqtts://192.168.1.5', false],
  ['mqtt://127.0.0.1:1883', false],
  ['mqtt://[::1]:1883', false],
  ['mqtt://localhost', false],
])('%s goes over the network for everybody to read: %s', (url, is) => {
  expect(isUnencryptedBroker(url)).toBe(is);
});
