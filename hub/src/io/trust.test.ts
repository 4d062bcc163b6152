import { createHash, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIRST_LEAF, SECOND_LEAF } from '../../test/testLeaf.ts';
import { createTrust } from './trust.ts';
import { trustProfile } from './trustProfile.ts';
import { TRUST_TEXTS } from './trustText.ts';

const folder = fileURLToPath(new URL('../../pages', import.meta.url));
let ca: string | null = FIRST_LEAF;
let httpsPort: number | null = 8443;
let server: Server;

beforeAll(async () => {
  const trust = createTrust({ hubId: 'hub-1', ca: () => ca, folder });
  server = createServer((asked, response) => {
    if (!trust.answer(asked, response, httpsPort)) trust.turnAway(asked, response, httpsPort);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => server.close());

type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer; text: string };

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as { port: number };
  const host = '127.0.0.1';
  return new Promise((done, failed) => {
    const sent = request({
      host,
      port,
      path,
      method,
      agent: false,
      headers: { host: 'hub.local:8080', ...headers },
    });
    sent.on('error', failed).on('response', async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      const bytes = Buffer.concat(parts);
      done({
        status: response.statusCode ?? 0,
        headers: response.headers,
        bytes,
        text: bytes.toString('utf8'),
      });
    });
    sent.end();
  });
}

const leaf = new X509Certificate(FIRST_LEAF);

test('who comes without encryption learns where the app is, and nothing of the house', async () => {
  const { status, headers, text } = await ask('/');
  expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
  expect(text).toContain('href="https://hub.local:8443/"');
  // Here the test is on the machine itself.
  expect(text).toContain(TRUST_TEXTS.en.appIsAt);
  expect(text).not.toMatch(/<form|<input|<iframe|\sstyle=|\son\w+=|<script>/);
  expect((await ask('/air/kitchen')).status).toBe(403);
  expect((await ask('/', { host: 'evil.example' })).status).toBe(403);
  expect((await ask('/', { host: 'evil.example' })).text).toContain('"https://127.0.0.1:8443/"');
  httpsPort = 443;
  expect((await ask('/')).text).toContain('"https://hub.local/"');
  httpsPort = 8443;
});

test('the page lets in its own files, asks its own hub, and writes nothing by script', async () => {
  const { headers } = await ask('/trust');
  expect(headers['content-security-policy']).toBe(
    "default-src 'none';style-src 'self';script-src 'self';connect-src 'self' https://hub.local:8443;base-uri 'none';form-action 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types 'none'",
  );
  const v6 = await ask('/trust', { host: '[fd00::1]:8080' });
  expect(v6.headers['content-security-policy']).toContain("connect-src 'self' https:;");
});

test.each([
  [undefined, '', 'en'],
  ['ar,en;q=0.8', '', 'ar'],
  ['fr-FR,ar;q=0.5', '', 'ar'],
  ['de', '', 'en'],
  ['ar', '?lang=en', 'en'],
  ['en', '?lang=ar', 'ar'],
  ['en', '?lang=x"><b>', 'en'],
] as const)('a browser that speaks %s, asking %s, is answered in %s', async (accepted, query, language) => {
  const headers = accepted === undefined ? {} : { 'accept-language': accepted };
  const { text } = await ask(`/trust${query}`, headers as Record<string, string>);
  const { direction, running, title } = TRUST_TEXTS[language];
  expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
  expect(text).toContain(running);
  expect(text).toContain(title);
  expect(text).not.toContain('<b>"');
});

test('both languages say the same things of the same systems', () => {
  const shapeOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]))
      : typeof value;
  expect(shapeOf(TRUST_TEXTS.ar)).toEqual(shapeOf(TRUST_TEXTS.en));
  const ids = (language: 'en' | 'ar') => TRUST_TEXTS[language].systems.map(({ id }) => id);
  expect(ids('ar')).toEqual(ids('en'));
});

test.each([
  ['Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/150 Mobile', 'android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604', 'apple'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150', 'windows'],
  ['Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0', 'firefox'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605', 'mac'],
  ['Mozilla/5.0 (X11; Linux x86_64) Chrome/150', 'linux'],
])('the steps of the system lie open: %s', async (agent, id) => {
  const { text } = await ask('/trust', { 'user-agent': agent });
  expect(text.match(/<details id="(\w+)" open>/g)).toEqual([`<details id="${id}" open>`]);
});

test('the certificate is the file whose own hash is the fingerprint on the page', async () => {
  const { status, headers, bytes } = await ask('/ca.crt');
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/x-x509-ca-cert',
    'content-disposition': 'attachment; filename="homeward-ca.crt"',
  });
  expect(bytes).toEqual(leaf.raw);
  const sum = createHash('sha256').update(bytes).digest('hex').toUpperCase().match(/../g)?.join(':') ?? '';
  const { text } = await ask('/trust');
  expect(sum).toBe(leaf.fingerprint256);
  expect(text).toContain(sum);
  expect(text).toContain(leaf.fingerprint);
});

test('the profile holds that certificate and nothing else, with the same UUIDs for the same hub', async () => {
  const { headers, text } = await ask('/homeward.mobileconfig');
  expect(headers['content-type']).toBe('application/x-apple-aspen-config');
  const data = /<data>([^<]+)<\/data>/.exec(text)?.[1] ?? '';
  expect(Buffer.from(data, 'base64')).toEqual(leaf.raw);
  expect(text.match(/<key>PayloadType<\/key><string>[^<]+/g)).toEqual([
    '<key>PayloadType</key><string>Configuration',
    '<key>PayloadType</key><string>com.apple.security.root',
  ]);
  const uuids = (profile: string) =>
    profile.match(/[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}/g);
  const another = new X509Certificate(SECOND_LEAF).raw;
  expect(new Set(uuids(text)).size).toBe(2);
  expect(uuids(trustProfile('hub-1', 'another', another))).toEqual(uuids(text));
  expect(uuids(trustProfile('hub-2', 'another', another))).not.toEqual(uuids(text));
  expect(trustProfile('<hub>&', '</string><b>', another)).not.toMatch(/<b>|<hub>/);
});

test('whoever has proven that they trust the hub is led on, but not away from the trust page', async () => {
  const cookie = { cookie: 'a=1; homeward-trusts=1' };
  const led = await ask('/air/kitchen?x=1', cookie);
  expect([led.status, led.headers.location]).toEqual([302, 'https://hub.local:8443/air/kitchen?x=1']);
  expect((await ask('/trust', cookie)).status).toBe(200);
  expect((await ask('/', { ...cookie, host: 'evil.example' })).status).toBe(403);
  for (const path of ['//evil.example/', '/\\evil.example', '/a"b<c', 'http://evil.example/']) {
    expect([path, (await ask(path, cookie)).headers.location]).toEqual([path, 'https://hub.local:8443/']);
  }
  expect((await ask('/', { cookie: 'xhomeward-trusts=1; homeward-trusts=12' })).status).toBe(200);
});

test('what the page asks for to see whether it is trusted may be asked from the other way', async () => {
  const { status, headers, bytes } = await ask('/trust/seen');
  expect([status, headers['cross-origin-resource-policy'], bytes.length]).toEqual([204, 'cross-origin', 0]);
});

test('a hub that cannot encrypt says so, and offers nothing that nobody could use', async () => {
  for (const [pem, port] of [
    [null, 8443],
    ['torn', 8443],
    [FIRST_LEAF, null],
  ] as const) {
    [ca, httpsPort] = [pem, port];
    const { status, text } = await ask('/', { cookie: 'homeward-trusts=1' }).then((answer) =>
      answer.status === 302 ? ask('/trust') : answer,
    );
    expect(status).toBe(200);
    expect(text).toContain(TRUST_TEXTS.en.noEncryption);
    expect(text).not.toMatch(/<script|ca\.crt|https:/);
  }
  ca = null;
  expect((await ask('/ca.crt')).status).toBe(503);
  expect((await ask('/homeward.mobileconfig')).status).toBe(503);
  [ca, httpsPort] = [FIRST_LEAF, 8443];
});

test('who only asks for the head gets no body, and who sends is not answered here', async () => {
  for (const path of ['/trust', '/ca.crt', '/trust.css', '/trust.js']) {
    const [head, whole] = [await ask(path, {}, 'HEAD'), await ask(path)];
    expect([head.bytes.length, head.headers['content-length']]).toEqual([0, String(whole.bytes.length)]);
  }
  expect((await ask('/ca.crt', {}, 'POST')).headers['content-type']).toContain('text/html');
});
