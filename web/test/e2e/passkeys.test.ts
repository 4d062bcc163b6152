/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, startHub } from '../../../hub/test/hubProcess.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';

let hub: HubProcess;
let browser: Browser;
let screen: Screen;

beforeAll(async () => {
  hub = await startHub();
  browser = await launchBrowser();
  screen = await openScreen(browser);
  const cdp = await screen.context.newCDPSession(screen.page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await hub?.remove();
});

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** A call of the app's own page, with its cookies. */
const call = (method: string, path: string, body?: object): Promise<Answer> =>
  screen.page.evaluate(
    async ([how, where, what]) => {
      const headers = { 'content-type': 'application/json' };
      const init =
        what === undefined ? { method: how } : { method: how, headers, body: JSON.stringify(what) };
      const answer = await fetch(`/api${where}`, init);
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
    },
    [method, path, body] as const,
  );

/** Hands what the hub asks to the browser's own passkeys; answers what they said, or why they did not. */
const ask = (how: 'create' | 'get', { body }: Answer): Promise<object | string> =>
  screen.page.evaluate(
    async ([what, options]) => {
      const { credentials } = navigator;
      const made =
        what === 'create'
          ? credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never),
            })
          : credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never) });
      return made.then(
        (credential) => (credential as PublicKeyCredential).toJSON() as object,
        (error: Error) => error.name,
      );
    },
    [how, body.options] as const,
  );

test('a passkey that a real browser makes logs its person in, and no more once it is removed', async () => {
  await screen.page.goto(`http://localhost:${hub.ports.http}/`);
  const { name, password } = OWNER;
  expect((await call('POST', '/sessions', { name, password, cookie: true })).status).toBe(201);
  const credential = await ask('create', await call('POST', '/people/current/passkeys/begin'));
  const added = await call('POST', '/people/current/passkeys', { name: 'this phone', credential });
  expect([added.status, added.body]).toMatchObject([201, { name: 'this phone', host: 'localhost' }]);
  // The browser itself refuses a second one for the same person.
  expect(await ask('create', await call('POST', '/people/current/passkeys/begin'))).toBe('InvalidStateError');
  expect((await call('DELETE', '/sessions/current')).status).toBe(204);
  const shown = await ask('get', await call('POST', '/sessions/passkey/begin'));
  expect((await call('POST', '/sessions/passkey', { credential: shown, cookie: true })).status).toBe(201);
  expect((await call('GET', '/sessions/current')).body).toMatchObject({ name });
  expect((await call('POST', '/sessions/passkey', { credential: shown })).status).toBe(401);
  const removed = await call('DELETE', `/people/current/passkeys/${String(added.body.id)}`);
  expect(removed.status).toBe(204);
  const late = await ask('get', await call('POST', '/sessions/passkey/begin'));
  expect((await call('POST', '/sessions/passkey', { credential: late })).status).toBe(401);
});

test('by an address of numbers the hub says why there are no passkeys', async () => {
  await screen.page.goto(`http://127.0.0.1:${hub.ports.http}/`);
  const { status, body } = await call('POST', '/sessions/passkey/begin');
  expect([status, body.type]).toEqual([409, '/problems/no-passkeys-here']);
});
