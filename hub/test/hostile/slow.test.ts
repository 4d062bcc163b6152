import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlainListener } from '../../src/io/listener.ts';
import { type HubProcess, startHub } from '../hubProcess.ts';

let hub: HubProcess;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.remove());

const HEAD = 'POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

/** Sends a letter a second, which would take ten minutes, until it is hung up on. Tells how many letters it got out. */
function drip(socket: Socket, first: string): Promise<number> {
  let letters = 0;
  return new Promise((done) => {
    socket.on('error', () => {});
    socket.write(first);
    const dripping = setInterval(() => {
      if (!socket.writable) return;
      letters += 1;
      socket.write('x');
    }, 1_000);
    socket.resume().once('close', () => {
      clearInterval(dripping);
      done(letters);
    });
  });
}

test('STRIDE D: slow HTTP clients get 10 s for a request head, looked at every second', () => {
  const { headersTimeout, keepAliveTimeout } = createPlainListener(() => {});
  expect([headersTimeout, keepAliveTimeout]).toEqual([10_000, 5_000]);
});

test('STRIDE D: slow HTTP clients are hung up on in the head, in the body and before TLS, and nobody else notices', async () => {
  const { http, https } = hub.ports;
  const slow = [
    drip(connect(http, '127.0.0.1'), 'GET /api/hello HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
    drip(connect(http, '127.0.0.1'), `${HEAD}Content-Length: 600\r\n\r\n{"name":"`),
    drip(connect(http, '127.0.0.1'), `${HEAD}Transfer-Encoding: chunked\r\n\r\nff\r\n{"name":"`),
    drip(
      connectTls({ port: https, rejectUnauthorized: false }),
      'GET /api/hello HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
    ),
    // A TLS record that is never whole.
    drip(connect(https, '127.0.0.1'), '\u0016\u0003\u0001\u0002\u0000'),
  ];
  let isOver = false;
  const letters = Promise.all(slow).finally(() => {
    isOver = true;
  });
  while (!isOver) expect((await hub.api.call('hello')).claimed).toBe(true);
  // The limits are 10 s and 15 s; a machine that is busy may be late, but none waits for the six hundredth letter.
  for (const count of await letters) expect(count).toBeLessThan(60);
}, 90_000);

test('STRIDE D: a body that is too long is refused before it is read', async () => {
  const socket = connect(hub.ports.http, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (some: string) => {
    answer += some;
  });
  socket.on('error', () => {});
  socket.write(`${HEAD}Content-Length: 1000000000\r\n\r\n{`);
  await expect.poll(() => answer, { timeout: 5_000 }).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('/problems/too-large');
  socket.destroy();
});
