/// <reference lib="dom" />
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, startHub } from '../../../hub/test/hubProcess.ts';
import { codeAt } from './authenticatorApp.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

let hub: HubProcess;
let browser: Browser;
let screen: Screen;
let page: Page;
let devtools: CDPSession;
let secret = '';
let recoveryCode = '';

beforeAll(async () => {
  hub = await startHub();
  browser = await launchBrowser();
  screen = await openScreen(browser);
  page = screen.page;
  devtools = await screen.context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
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

const address = (path = '') => `http://localhost:${hub.ports.http}/${path}`;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const part = (name: string) => page.locator(`[data-part=${name}]`);
const inside = () => page.locator('nav').waitFor();
const outside = () => page.getByRole('heading', { name: 'Log in', exact: true }).waitFor();

const givePassword = async () => {
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await button('Log in').click();
};
const logOut = async () => {
  await page.goto(address('settings/account'));
  await button('Log out').click();
  await outside();
};

test('an authenticator app is added: secret and recovery codes are shown once', async () => {
  await page.goto(address('login'));
  await givePassword();
  await inside();
  await page.goto(address('settings/account'));
  await button('Add an authenticator app').click();
  await part('second').getByLabel('Your password', { exact: true }).fill(OWNER.password);
  await button('Go on').click();
  secret = (await page.locator('#second-secret').textContent()) ?? '';
  expect(await violationsOf(page)).toEqual([]);
  await page.getByLabel('The six digits that the app shows now').fill(codeAt(secret, Date.now()));
  await button('It shows this').click();
  const codes = (await page.locator('#recovery-codes').textContent()) ?? '';
  recoveryCode = codes.split('\n')[0] ?? '';
  expect(codes.split('\n').length).toBeGreaterThan(4);
  await button('I have put them down').click();
  await page.getByText(/A login asks for a code, since/).waitFor();
  expect(await page.content()).not.toContain(recoveryCode);
});

test('a login then asks for a code; a wrong one is told, a recovery code lets in', async () => {
  await logOut();
  await givePassword();
  const code = page.getByLabel('Code of your authenticator app');
  await code.fill('000000');
  await button('Log in').click();
  await page.getByText(/That code did not match/).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await code.fill(recoveryCode);
  await button('Log in').click();
  await inside();
});

test('a passkey is added, named, and lets in without a password', async () => {
  await page.goto(address('settings/account'));
  await page.getByLabel('What is it?').fill('My phone');
  await button('Add a passkey').click();
  await part('passkeys').getByText('My phone').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await logOut();
  await button('Log in with a passkey').click();
  await inside();
});

test('after a restart what gives lasting power asks for the password once more, in one dialog, by keys alone', async () => {
  await hub.restart();
  await page.goto(address('settings/people'));
  await button('Invite somebody').press('Enter');
  await page.keyboard.type('Lina');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Is it still you?' });
  await dialog.waitFor();
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('autocomplete'))).toBe(
    'current-password',
  );
  const password = dialog.getByLabel('Your password', { exact: true });
  await password.pressSequentially('not my password');
  await password.press('Enter');
  await dialog.getByText('That is not your password.').waitFor();
  await password.press('Control+A');
  await password.pressSequentially(OWNER.password);
  await password.press('Enter');
  await page.getByRole('heading', { name: /The way in for/ }).waitFor();
  expect(await dialog.count()).toBe(0);
});

test('the passkey and the app are removed, and a login asks for the password alone', async () => {
  await page.goto(address('settings/account'));
  await page.getByRole('button', { name: 'Remove: My phone' }).click();
  await button('Yes, remove').click();
  await button('Remove: My phone').waitFor({ state: 'detached' });
  await button('Remove the app').click();
  await part('second').getByLabel('Your password', { exact: true }).fill(OWNER.password);
  await button('Remove the app').click();
  await button('Add an authenticator app').waitFor();
  await logOut();
  await givePassword();
  await inside();
  expect(screen.complaints).toEqual([]);
});
