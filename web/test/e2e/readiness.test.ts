/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage } from '../../../hub/test/faults/stage.ts';
import { OWNER } from '../../../hub/test/hubClient.ts';
import type { HubProcess } from '../../../hub/test/hubProcess.ts';
import { SIREN, SMOKE, type TestBoard } from '../../../hub/test/testBoard.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

const HORN = { ...SIREN, more: { available_tones: ['fire_t3', 'steady'], support_duration: true } } as const;

const stage = createStage();
let hub: HubProcess;
let board: TestBoard;
let browser: Browser;

beforeAll(async () => {
  hub = await stage.hub({ env: { HOMEWARD_BIND: '0.0.0.0' } });
  board = await stage.paired(hub, 'Hall board', { siren: HORN, smoke: SMOKE });
  await board.tell({ siren: 'OFF', smoke: 'OFF' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await stage.clear();
});

const address = (path: string) => `http://localhost:${hub.ports.http}${path}`;

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

async function loggedIn(look: Parameters<typeof openScreen>[1], language: 'en' | 'ar'): Promise<Screen> {
  const screen = await openScreen(browser, look);
  const { name, password } = OWNER;
  await screen.context.addInitScript((chosen) => localStorage.setItem('homeward.language', chosen), language);
  await screen.context.request.post(address('/api/sessions'), { data: { name, password, cookie: true } });
  return screen;
}

const isTooWide = ({ page }: Screen): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test('Home leads to what is proven and weak; the sirens are tested by keyboard, and answer', async () => {
  const screen = await loggedIn(PHONE, 'en');
  const { page } = screen;
  await page.goto(address('/'));
  const card = page.locator('[data-part=readiness] a');
  await card.getByText('to mend soon').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await card.click();
  await page.locator('[data-weakness=no-co-detector]').getByText('No CO detector is in use').waitFor();
  const sirens = page.locator('[data-capability=sirens]');
  expect(await sirens.getAttribute('data-state')).toBe('stale');
  await page.getByRole('button', { name: 'Test the sirens' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Does everybody know?').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Sound them now');
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.locator('[data-siren]').getByText('Answered', { exact: true }).waitFor();
  await page.locator('[data-capability=sirens][data-state=proven]').waitFor();
  expect(board.commands('siren').length).toBeGreaterThanOrEqual(1);
  await page.getByText('Last test', { exact: false }).first().waitFor();
  expect(await violationsOf(page)).toEqual([]);
  expect(screen.complaints).toEqual([]);
  await screen.context.close();
});

test.each([
  ['a phone, Arabic, by night', { ...PHONE, dark: true }, 'ar'],
  ['a phone, English, by day', PHONE, 'en'],
  ['a desktop, Arabic, by day', DESKTOP, 'ar'],
  ['a desktop, English, by night', { ...DESKTOP, dark: true }, 'en'],
] as const)('both pages can be used on %s', async (_, look, language) => {
  const screen = await loggedIn(look, language);
  const { page } = screen;
  for (const [path, part] of [
    ['/settings/readiness', '[data-capability=journal]'],
    ['/settings/trust', '[data-part=certificate]'],
  ] as const) {
    await page.goto(address(path));
    await page.locator(part).waitFor();
    expect([path, await violationsOf(page)]).toEqual([path, []]);
    expect([path, await isTooWide(screen)]).toEqual([path, false]);
  }
  expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
  expect(screen.complaints).toEqual([]);
  await screen.context.close();
});
