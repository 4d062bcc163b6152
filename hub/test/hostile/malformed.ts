import { createHash } from 'node:crypto';

/** Numbers that are the same in every run with the same seed. */
export function createChance(seed: number) {
  let drawn = 0;
  const next = (): number => {
    drawn += 1;
    return createHash('sha256').update(`${seed} ${drawn}`).digest().readUInt32BE(0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    oneOf: <T>(some: readonly T[]): T => some[below(some.length)] as T,
    /** Any bytes, as text of one byte a letter. */
    bytes: (length: number): string => Array.from({ length }, () => String.fromCharCode(below(256))).join(''),
    letters: (length: number): string =>
      Array.from({ length }, () => String.fromCharCode(97 + below(26))).join(''),
  };
}

export type Chance = ReturnType<typeof createChance>;

const HOST = 'Host: localhost\r\n';
const CLOSE = 'Connection: close\r\n';
const post = (path: string, body: string, type = 'application/json'): string =>
  `POST ${path} HTTP/1.1\r\n${HOST}${CLOSE}Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`;
const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\n${HOST}${CLOSE}${headers}\r\n`;

/** Each makes requests of one kind, of which none can be meant. */
const KINDS: readonly ((chance: Chance) => string)[] = [
  ({ bytes, below }) => `\u0001${bytes(1 + below(200))}\r\n\r\n`,
  ({ letters, below }) => `${letters(1 + below(12)).toUpperCase()}X /api/hello HTTP/1.1\r\n${HOST}\r\n`,
  ({ letters, below }) => `GET /api/hello ${letters(4)}/${below(9)}.${below(9)}\r\n${HOST}\r\n`,
  ({ below, letters }) => get('/api/hello', `X: ${letters(1).repeat(17_000 + below(60_000))}\r\n`),
  ({ letters, oneOf }) =>
    get('/api/hello', `X${oneOf(['(', ' ', '@', ',', '[', '"', '\u0000', '\u00ff'])}${letters(3)}: 1\r\n`),
  ({ letters }) => `GET /api/hello HTTP/1.1\r\nHost: ${letters(8)}.example\r\n${CLOSE}\r\n`,
  ({ letters }) => get('/api/hello', `Origin: https://${letters(8)}.example\r\n`),
  ({ letters, below }) => get(`/api/${letters(3 + below(20))}`),
  ({ letters, below }) => get(`/api/house`, `Authorization: Bearer ${letters(1 + below(200))}\r\n`),
  ({ letters, below }) => get(`/api/house`, `Cookie: homeward=${letters(1 + below(2_000))}\r\n`),
  ({ oneOf, below }) =>
    post('/api/claim', `{"a":${oneOf(['{', '[', '"', ',', ':', 'tru', '01', '1e'])}${below(99)}`),
  ({ letters, below }) => post('/api/claim', `{"${letters(4)}":${below(1_000)}}`),
  ({ letters, below }) => post('/api/claim', `"${letters(1).repeat(65_600 + below(3_000))}"`),
  ({ letters }) => post('/api/claim', '{}', `text/${letters(5)}`),
  ({ oneOf }) =>
    post('/api/claim', '{}', `application/json; charset=${oneOf(['utf-16', 'latin1', 'x', 'utf-7'])}`),
  ({ below }) => post('/api/claim', `${'['.repeat(1 + below(30_000))}`),
  ({ bytes, below }) => post('/api/claim', `{${bytes(1 + below(300))}`),
  ({ oneOf }) => post('/api/claim', `{"${oneOf(['__proto__', 'constructor', 'prototype'])}":{"polluted":1}}`),
  ({ below }) =>
    `POST /api/claim HTTP/1.1\r\n${HOST}${CLOSE}Content-Length: ${below(9)}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ({ letters }) =>
    `POST /api/claim HTTP/1.1\r\n${HOST}${CLOSE}Transfer-Encoding: ${letters(7)}\r\n\r\n0\r\n\r\n`,
  ({ letters }) =>
    `POST /api/claim HTTP/1.1\r\n${HOST}${CLOSE}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${letters(2)}z\r\n`,
  ({ below }) => `POST /api/claim HTTP/1.1\r\n${HOST}${CLOSE}Content-Length: ${below(9)}x\r\n\r\n`,
  ({ oneOf, letters }) =>
    `${oneOf(['PUT', 'PATCH', 'DELETE', 'TRACE', 'LOCK'])} /api/hello?${letters(4)} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
  ({ oneOf }) =>
    get(`/${oneOf(['..%2f', '%2e%2e/', '..\\', '%00', '%5c..', './/', 'assets/../../'])}etc/passwd`),
  ({ letters }) => get(`/assets/${letters(12)}.js`),
  ({ oneOf }) => get(`/api/devices/${oneOf(['%', '%f', '%zz', '%ff%fe', '%c0%af'])}/announcement`),
  ({ letters }) => `GET http://${letters(6)}.example/api/hello HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
  ({ letters }) => `GET /api/hello HTTP/1.1\r\n${HOST}Host: ${letters(4)}\r\n${CLOSE}\r\n`,
  ({ letters }) => get(`/socket.io/?EIO=4&transport=polling&sid=${letters(20)}`),
  ({ below }) => get(`/socket.io/?EIO=${5 + below(90)}&transport=polling`),
  ({ letters }) => get(`/socket.io/?EIO=4&transport=${letters(6)}`),
  ({ letters }) =>
    get(
      '/socket.io/?EIO=4&transport=websocket',
      `Upgrade: websocket\r\nOrigin: https://${letters(6)}.example\r\n`,
    ),
];

export const KIND_COUNT = KINDS.length;

/** The request of that number: the kinds take turns. */
export const malformed = (chance: Chance, number: number): string =>
  (KINDS[number % KINDS.length] as (chance: Chance) => string)(chance);
