import { createSocket, type Socket } from 'node:dgram';
import { Bonjour, type Service } from 'bonjour-service';
import { afterEach, expect, it } from 'vitest';
import { createMdns, type Mdns } from './mdns.ts';

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A UDP port that nobody used a moment ago, and the socket that holds it. */
async function heldPort(): Promise<{ socket: Socket; port: number }> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, resolve));
  return { socket, port: socket.address().port };
}

function announcer(udpPort: number): { mdns: Mdns; events: string[] } {
  const events: string[] = [];
  const mdns = createMdns({
    name: 'Homeward',
    port: 8443,
    id: '4711abcd',
    version: '1.2.3',
    udpPort,
    onReport: (event) => void events.push(event),
  });
  open.push(() => mdns.stop());
  return { mdns, events };
}

it('is found with its port, its name and what it says of itself, until it says goodbye', async () => {
  const { socket, port } = await heldPort();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  const { mdns, events } = announcer(port);
  const seeker = new Bonjour({ port }, () => {});
  open.push(() => new Promise<void>((resolve) => seeker.destroy(() => resolve())));
  const found: Service[] = [];
  const lost: Service[] = [];
  const browser = seeker.find({ type: 'homeward' }, (service) => void found.push(service));
  browser.on('down', (service) => void lost.push(service));
  mdns.start();
  mdns.start();
  await expect.poll(() => found.length, { timeout: 8_000 }).toBe(1);
  expect(found[0]).toMatchObject({ name: 'Homeward 4711', port: 8443, host: 'homeward.local' });
  expect(found[0]?.txt).toEqual({ id: '4711abcd', version: '1.2.3', path: '/' });
  await mdns.stop();
  await expect.poll(() => lost.length, { timeout: 8_000 }).toBe(1);
  expect(events).toEqual([]);
});

it('reports a port that it cannot have, and can be stopped all the same', async () => {
  const { socket, port } = await heldPort();
  open.push(() => socket.close());
  const { mdns, events } = announcer(port);
  mdns.start();
  await expect.poll(() => events).toContain('mdns.fault');
  await mdns.stop();
  await mdns.stop();
});
