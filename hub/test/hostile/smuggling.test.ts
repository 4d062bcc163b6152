import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHub } from '../hubProcess.ts';
import { sendRaw } from './rawHttp.ts';

let hub: HubProcess;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.remove());

/** A second request, hidden in the first for a server that sees the first end elsewhere. */
const HIDDEN = 'GET /api/hello HTTP/1.1\r\nHost: localhost\r\nX-Hidden: yes\r\n\r\n';
const CHUNKED = `0\r\n\r\n${HIDDEN}`;
const post = (headers: string, body: string) =>
  `POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
const get = (lines: string) => `GET /api/hello HTTP/1.1\r\n${lines}\r\n\r\n`;

/** Requests of which two servers could think differently where they end, or for whom they are. */
const SHAPES: readonly (readonly [string, string])[] = [
  ['a length and chunks', post('Content-Length: 6\r\nTransfer-Encoding: chunked', CHUNKED)],
  ['chunks and a length', post('Transfer-Encoding: chunked\r\nContent-Length: 6', CHUNKED)],
  ['two lengths that differ', post('Content-Length: 2\r\nContent-Length: 9', `{}${HIDDEN}`)],
  ['two lengths in one', post('Content-Length: 2, 9', `{}${HIDDEN}`)],
  ['a length below nothing', post('Content-Length: -1', `{}${HIDDEN}`)],
  ['a length with a sign', post('Content-Length: +2', `{}${HIDDEN}`)],
  ['a length in hexadecimal', post('Content-Length: 0x2', `{}${HIDDEN}`)],
  ['a length with a blank in it', post('Content-Length: 2 2', `{}${HIDDEN}`)],
  ['a length beyond all numbers', post('Content-Length: 99999999999999999999999', `{}${HIDDEN}`)],
  ['an unknown coding', post('Transfer-Encoding: xchunked', CHUNKED)],
  ['chunks that are not last', post('Transfer-Encoding: chunked, identity', CHUNKED)],
  ['chunks twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity', CHUNKED)],
  ['a coding behind a control character', post('Transfer-Encoding: \u000bchunked', CHUNKED)],
  ['a blank before the colon', post('Transfer-Encoding : chunked', CHUNKED)],
  ['a blank before the colon of the length', post('Content-Length : 2', `{}${HIDDEN}`)],
  ['a header that goes on in the next line', post('X-Fold: a\r\n b', '')],
  ['a coding that goes on in the next line', post('Transfer-Encoding:\r\n chunked', CHUNKED)],
  ['a first header that begins with a blank', `GET /api/hello HTTP/1.1\r\n Host: localhost\r\n\r\n`],
  ['a chunk of no number', post('Transfer-Encoding: chunked', `zz\r\n${HIDDEN}`)],
  ['a chunk in hexadecimal with a sign', post('Transfer-Encoding: chunked', `0x2\r\n{}\r\n${CHUNKED}`)],
  ['a chunk below nothing', post('Transfer-Encoding: chunked', `-1\r\n{}\r\n${CHUNKED}`)],
  ['a chunk that is longer than it says', post('Transfer-Encoding: chunked', `1\r\n{}}\r\n${CHUNKED}`)],
  ['a chunk beyond all numbers', post('Transfer-Encoding: chunked', `fffffffffffffffff\r\n${HIDDEN}`)],
  ['a chunk that ends with a line feed alone', post('Transfer-Encoding: chunked', `2\n{}\n0\n\n${HIDDEN}`)],
  ['lines that end with a line feed alone', `GET /api/hello HTTP/1.1\nHost: localhost\n\n${HIDDEN}`],
  ['lines that end with a carriage return alone', `GET /api/hello HTTP/1.1\rHost: localhost\r\r${HIDDEN}`],
  ['a NUL in a header', get('Host: localhost\r\nX: a\u0000b')],
  ['a line feed in a header', get('Host: localhost\r\nX: a\nY: b')],
  ['a header without a name', get('Host: localhost\r\n: b')],
  ['a header without a colon', get('Host: localhost\r\nNothing')],
  ['a blank in the name of a header', get('Host: localhost\r\nX Y: b')],
  ['no host', get('X: 1')],
  ['two hosts', get('Host: localhost\r\nHost: evil.example')],
  ['the same host twice', get('Host: localhost\r\nHost: localhost')],
  ['an empty host', get('Host:')],
  ['a host with a user before it', get('Host: evil.example@localhost')],
  [
    'a host beside another in the address',
    'GET http://evil.example/api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n',
  ],
  [
    'an address of the hub itself in the address',
    'GET http://localhost/api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n',
  ],
  ['an address that is none', 'GET api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['a star', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['another version', 'GET /api/hello HTTP/9.9\r\nHost: localhost\r\n\r\n'],
  ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a head of 70 KB', get(`Host: localhost\r\nX: ${'x'.repeat(70_000)}`)],
  ['an address of 70 KB', `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ['5,000 headers', get(`Host: localhost\r\n${'A: 1\r\n'.repeat(5_000)}B: 1`)],
  ['a method of 10 KB', `${'G'.repeat(10_000)} / HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ['TLS on the plain port', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
];

test.each(SHAPES)(
  'STRIDE T: request smuggling by %s is refused, and what is hidden in it is never answered',
  async (name, bytes) => {
    const { statuses, text } = await sendRaw(hub.ports.http, bytes);
    expect(text).not.toMatch(/hubId|\n\s+at |node_modules/);
    // Cut off without a word, or one refusal; never a second answer.
    if (statuses.length > 0)
      expect([name, statuses]).toEqual([name, [expect.toSatisfy((status) => status >= 400 && status < 500)]]);
  },
);

test('what is sent after a refusal on the same connection is not answered', async () => {
  const torn = post('Content-Length: 2\r\nContent-Length: 9', '{}');
  const { statuses, wasClosed } = await sendRaw(hub.ports.http, torn + HIDDEN + HIDDEN);
  expect([statuses, wasClosed]).toEqual([[400], true]);
});

test('requests that are as they should be are answered one after the other on one connection', async () => {
  const { statuses } = await sendRaw(hub.ports.http, HIDDEN + HIDDEN, 500);
  expect(statuses).toEqual([200, 200]);
});
