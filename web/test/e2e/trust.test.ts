/// <reference lib="dom" />
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, prepareHub } from '../../../hub/test/hubProcess.ts';
import { launchBrowser, openScreen } from './browser.ts';
import { violationsOf } from './violations.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1366, height: 900 };

let hub: HubProcess;
/** One that never saw the hub's certificate, and one that has it. */
let stranger: Browser;
let trusting: Browser;

const lanAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

beforeAll(async () => {
  hub = await prepareHub({ env: { HOMEWARD_BIND: '0.0.0.0' } });
  await hub.start();
  const leaf = new X509Certificate(readFileSync(join(hub.folder, 'secrets', 'hub.crt')));
  const spki = createHash('sha256')
    .update(leaf.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  stranger = await launchBrowser();
  trusting = await launchBrowser([`--ignore-certificate-errors-spki-list=${spki}`]);
});
afterAll(async () => {
  await stranger?.close();
  await trusting?.close();
  await hub?.remove();
});

/** As it is reached in the house; a machine without a network reaches it as itself. */
const address = (path: string) => `http://${lanAddress ?? '127.0.0.1'}:${hub.ports.http}${path}`;
const answer = (page: Page, name: string) => page.locator(`[data-state=${name}]`);

test.each([
  ['en', 'light', PHONE],
  ['ar', 'dark', PHONE],
  ['en', 'dark', DESKTOP],
  ['ar', 'light', DESKTOP],
] as const)(
  'a browser that does not know the hub reads how it gets to, in %s, %s',
  async (language, look, size) => {
    const { context, page, complaints } = await openScreen(stranger, { ...size, dark: look === 'dark' });
    await page.goto(address(`/trust?lang=${language}`));
    await answer(page, 'notYet').waitFor();
    expect(await page.locator('[data-state]:visible').count()).toBe(1);
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    for (const steps of await page.locator('summary').all())
      await steps.focus().then(() => page.keyboard.press('Enter'));
    expect(await page.locator('form, input, iframe').count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  },
);

test('the steps of the system at hand lie open, and all others open by keyboard', async () => {
  const { context, page } = await openScreen(stranger);
  await page.goto(address('/trust?lang=en'));
  expect(await page.locator('details[open]').getAttribute('id')).toBe('linux');
  await page.locator('#apple summary').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Certificate Trust Settings').waitFor();
  await context.close();
});

test('the certificate that it gives is the one of which it shows the fingerprint', async () => {
  const { context, page } = await openScreen(stranger);
  await page.goto(address('/trust?lang=en'));
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Certificate', exact: true }).click(),
  ]);
  const bytes = readFileSync(await saved.path());
  const sum = createHash('sha256').update(bytes).digest('hex').toUpperCase().match(/../g)?.join(':') ?? '';
  expect(saved.suggestedFilename()).toBe('homeward-ca.crt');
  expect(new X509Certificate(bytes).ca).toBe(true);
  expect(await page.locator('code').first().textContent()).toBe(sum);
  expect(hub.said).toContain(sum);
  await context.close();
});

test('a browser that knows the hub is told so by itself, and is led on from then', async () => {
  const { context, page, complaints } = await openScreen(trusting);
  await page.goto(address('/trust?lang=en'));
  await answer(page, 'trusted').waitFor();
  expect(await page.getByRole('status').textContent()).toContain('Trusted');
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.goto(address('/air'));
  const here = lanAddress === undefined ? address('/air') : `https://${lanAddress}:${hub.ports.https}/`;
  // The app itself leads a house without an owner on to its claim.
  expect(page.url().startsWith(here.slice(0, here.lastIndexOf('/')))).toBe(true);
  await page.locator('ion-app').waitFor();
  await context.close();
});

test('without an answer of the hub it says that, and when there is one it says so by itself', async () => {
  const { context, page } = await openScreen(trusting);
  await context.route('**/trust/seen', (route) => route.abort());
  await page.goto(address('/trust?lang=en'));
  await answer(page, 'silent').waitFor();
  await context.unroute('**/trust/seen');
  await answer(page, 'trusted').waitFor({ timeout: 15_000 });
  await context.close();
});
