/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, startHub } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

const BEN = { name: 'Ben', password: 'a window to the sea' } as const;
/** A live socket of a session that was ended is closed within this, and the screen says so. Milliseconds. */
const CLOSED_IN_MS = 3_000;

let hub: HubProcess;
let browser: Browser;
let mona: Screen;
let ben: Screen;

beforeAll(async () => {
  hub = await startHub();
  browser = await launchBrowser();
  mona = await openScreen(browser, { width: 1366, height: 900 });
  ben = await openScreen(browser);
});
afterAll(async () => {
  await browser?.close();
  await hub?.remove();
});

const address = (path = '') => `http://localhost:${hub.ports.http}/${path}`;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true, level: 1 });

const logIn = async (page: Page, { name, password }: { name: string; password: string }) => {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button(page, 'Log in').click();
};

test('the owner invites an adult: the link stands there once, to scan and to copy', async () => {
  const { page } = mona;
  await page.goto(address('settings/people'));
  await logIn(page, OWNER);
  await page.getByText('Nothing is watching yet').waitFor();
  await page.goto(address('settings/people'));
  await heading(page, 'People').waitFor();
  await page.getByText('this is you').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await button(page, 'Invite somebody').press('Enter');
  await page.keyboard.type(BEN.name);
  expect(await violationsOf(page)).toEqual([]);
  await page.getByLabel('Who is it?').press('Enter');
  await page.getByRole('heading', { name: /The way in for/ }).waitFor();
  expect(await page.locator('#join-link').textContent()).toMatch(/\/join#[\w-]{43}$/);
  await page.getByRole('img', { name: /QR code of the link/ }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('who is invited comes in with a second browser, and sees what an adult sees', async () => {
  const { page } = ben;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const link = (await mona.page.locator('#join-link').textContent()) ?? '';
  await page.goto(link);
  await page.getByText(/invites you into this house/).waitFor();
  await button(page, 'Come in').click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('autocomplete'))).toBe(
    'new-password',
  );
  expect(await violationsOf(page)).toEqual([]);
  await page.getByLabel('Password', { exact: true }).fill(BEN.password);
  const device = page.getByLabel('What do you call this phone or computer?');
  await device.fill('Ben’s phone');
  await device.press('Enter');
  await page.getByText('Nothing is watching yet').waitFor();
  expect(page.url()).toBe(address());
  const token = link.split('#')[1] ?? 'none';
  expect(asked.filter((url) => url.includes(token))).toEqual([]);
  expect(hub.said).not.toContain(token);
  await page.goBack().catch(() => null);
  expect(page.url()).not.toContain(token);
});

test('the link works once, and says so to the next', async () => {
  const link = (await mona.page.locator('#join-link').textContent()) ?? '';
  const late = await openScreen(browser);
  await late.page.goto(link);
  await late.page.getByText('This invitation does not work any more').waitFor();
  expect(await violationsOf(late.page)).toEqual([]);
  await late.context.close();
});

test('a page that is not theirs says who may, and is offered nowhere', async () => {
  const { page } = ben;
  await page.goto(address('settings'));
  await page.getByRole('link', { name: /^People/ }).click();
  await page.getByText('this is you').waitFor();
  expect(await button(page, 'Invite somebody').count()).toBe(0);
  await page.goto(address('settings/people/anybody'));
  await heading(page, 'That is not open to you').waitFor();
  await page.getByText('Who may: Owner.').waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('they log out and in again, and the owner, who ends that, closes the second browser', async () => {
  const { page } = ben;
  await page.goto(address('settings/account'));
  await heading(page, 'Your account').waitFor();
  await page.getByText('What you use now').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await button(page, 'Log out').click();
  await heading(page, 'Log in').waitFor();
  await logIn(page, BEN);
  await page.getByText('Nothing is watching yet').waitFor();

  await button(mona.page, 'Done').click();
  await mona.page.reload();
  await mona.page.getByRole('link', { name: /^Ben/ }).click();
  await mona.page.getByRole('heading', { name: /Where .*Ben.* is logged in/ }).waitFor();
  expect(await violationsOf(mona.page)).toEqual([]);
  await button(mona.page, 'End all of them').click();
  await button(mona.page, 'Yes, end all').click();
  await heading(page, 'Log in').waitFor({ timeout: CLOSED_IN_MS });
  await page.getByText('You have been logged out.').waitFor();
  await mona.page.getByText('Nowhere at the moment.').waitFor();
});

test('somebody whose name is a script is only a name', async () => {
  const name = '<img src=x onerror="window.struck=1">';
  const { token } = await hub.api.call('invite', { body: { name, role: 'guest' } });
  const more = { password: BEN.password, language: 'en' };
  const answer = await hub.api.send({
    method: 'POST',
    path: '/api/people/invitations/accept',
    body: JSON.stringify({ token, name, ...more }),
  });
  expect(answer.status).toBe(201);
  const { page } = mona;
  await page.goto(address('settings/people'));
  const link = page.getByRole('link', { name: /onerror/ });
  await link.waitFor();
  await link.click();
  await heading(page, name).waitFor();
  await button(page, 'Remove').click();
  await page.getByText(/from this house\?/).waitFor();
  expect(await page.evaluate(() => [Object.hasOwn(window, 'struck'), document.images.length])).toEqual([
    false,
    0,
  ]);
  await button(page, 'Yes, remove').click();
  await heading(page, 'People').waitFor();
  await until('them to be gone', async () => (await link.count()) === 0);
});

test('the same pages in Arabic and in the dark read from right to left', async () => {
  const night = await openScreen(browser, { width: 390, height: 844, dark: true });
  await night.context.addCookies(await mona.context.cookies());
  await night.page.goto(address('settings'));
  await night.page.getByRole('radio', { name: 'العربية' }).check();
  await until('right to left', async () => (await night.page.locator('html').getAttribute('dir')) === 'rtl');
  for (const path of ['settings/people', 'settings/roles', 'settings/account']) {
    await night.page.goto(address(path));
    await night.page.getByRole('heading', { level: 1 }).waitFor();
    await night.page.waitForLoadState('networkidle');
    expect([path, await violationsOf(night.page)]).toEqual([path, []]);
    const spare = await night.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([path, spare <= 0]).toEqual([path, true]);
  }
  await night.context.close();
});

test('nothing of it was kept out by the content policy of the app', () => {
  expect([mona.complaints, ben.complaints]).toEqual([[], []]);
});
