/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage } from '../../../hub/test/faults/stage.ts';
import { OWNER } from '../../../hub/test/hubClient.ts';
import type { HubProcess } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import { CO, OXYGEN, type TestBoard } from '../../../hub/test/testBoard.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

const PARTS = {
  oxygen: OXYGEN,
  co: CO,
  co2: { component: 'sensor', deviceClass: 'carbon_dioxide', unit: 'ppm' },
  temperature: { component: 'sensor', deviceClass: 'temperature', unit: '°C' },
} as const;
const QUIET = { oxygen: 20.9, co: 0, co2: 620, temperature: 21 };

const stage = createStage();
let hub: HubProcess;
let board: TestBoard;
let browser: Browser;
let screen: Screen;
let page: Page;

beforeAll(async () => {
  hub = await stage.hub();
  board = await stage.paired(hub, 'Air board', PARTS);
  await hub.api.call('correctDevice', { id: board.id, body: { room: 'Bedroom' } });
  await board.tell(QUIET);
  browser = await launchBrowser();
  screen = await openScreen(browser);
  page = screen.page;
  const { name, password } = OWNER;
  const login = await screen.context.request.post(address('/api/sessions'), {
    data: { name, password, cookie: true },
  });
  expect(login.status()).toBe(201);
});

afterAll(async () => {
  await browser?.close();
  await stage.clear();
});

const address = (path: string) => `http://localhost:${hub.ports.http}${path}`;
const violations = (on: Page = page) => violationsOf(on);
/** Where each sensor of the board has its page. */
const sensorPath = async (quantity: string): Promise<string> => {
  const device = await hub.api.device(board.id);
  const entity = Object.values(device?.entities ?? {}).find((one) => one.quantity === quantity);
  return `/air/sensors/${encodeURIComponent(entity?.id ?? '')}`;
};
const widerThanScreen = (on: Page): Promise<boolean> =>
  on.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test('the air of the house leads to a room, and the room to each of its values', async () => {
  await page.goto(address('/air'));
  await page.getByRole('link', { name: /^Bedroom/ }).click();
  await page.locator('[data-part=room-verdict][data-verdict=safe]').getByText('Good').waitFor();
  expect(await violations()).toEqual([]);
  const front = page.locator('[data-chosen]');
  await front.getByText('20.9').first().waitFor();
  await page.locator('[data-strip]', { hasText: 'Warmth' }).getByRole('button').click();
  await front.getByText('21.0').first().waitFor();
  await until('the focus on what was chosen', () =>
    page.evaluate(() => document.activeElement?.textContent === 'Warmth'),
  );
  expect(await violations()).toEqual([]);
});

test('a value over its limit is said with its reason, and the page of the sensor says why', async () => {
  await board.tell({ ...QUIET, oxygen: 17.5 });
  await board.tell({ ...QUIET, oxygen: 17.4 });
  await page.getByRole('button', { name: 'I’m on it' }).click();
  await page.getByRole('button', { name: 'Back to the app' }).click();
  await page.locator('[data-part=room-verdict][data-verdict=alarm]').waitFor();
  await page.goto(address(await sensorPath('oxygen')));
  const raised = page.locator('[data-part=trace] [data-phase=holds]').first();
  await raised.getByText(/It is raised/).waitFor();
  await raised.getByText(/Each reading: 18\s% or less/).waitFor();
  expect(await violations()).toEqual([]);
});

test('a sensor that alarms is not taken out of use; its month is written down', async () => {
  const form = page.locator('[data-part=upkeep]');
  await form.getByRole('button', { name: 'Take it out of use' }).click();
  await form.getByRole('button', { name: 'Yes, take it out of use' }).click();
  await form.getByRole('alert').waitFor();
  await form.getByLabel('Made in').fill('2026-03');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();
  const device = await hub.api.device(board.id);
  const oxygen = Object.values(device?.entities ?? {}).find(({ quantity }) => quantity === 'oxygen');
  expect(oxygen?.health?.madeOn).toBe('2026-03');
});

test('a cell is not calibrated in a hurry: the refusal says what is missing', async () => {
  await page.goto(address(`${await sensorPath('oxygen')}/calibrate`));
  await page.getByRole('button', { name: 'It is outside' }).click();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Calibrate it now' }).click();
  await page
    .getByRole('alert')
    .getByText(/Wait and try again|missing/)
    .waitFor();
});

test('a limit is moved only after it was seen what it would have done', async () => {
  await page.goto(address('/air/limits'));
  const group = page.locator('details[data-quantity=carbon_dioxide]');
  await group.locator('summary').click();
  const row = group.locator('[data-limit]').first();
  await row.getByRole('button', { name: /^Change it/ }).click();
  expect(await violations()).toEqual([]);
  const form = row.locator('[data-part=limit-form]');
  await form.getByLabel(/New limit/).fill('5');
  await form.getByRole('button', { name: 'See what it would have done' }).click();
  await form.getByText(/Write a number from/).waitFor();
  await form.getByLabel(/New limit/).fill('900');
  await form.getByRole('button', { name: 'See what it would have done' }).click();
  await form.getByRole('button', { name: 'Save this limit' }).click();
  await row.getByText('Your own. The standard is').waitFor();
  await row.getByText(/900\sppm or more/).waitFor();
});

test('a life depends on it: that limit can only be made stricter', async () => {
  const group = page.locator('details[data-quantity=oxygen]');
  await group.locator('summary').click();
  const row = group.locator('[data-limit]', { hasText: 'under 19.5' }).first();
  await row.getByRole('button', { name: /^Change it/ }).click();
  await row.getByText('It can only be made stricter.').waitFor();
});

test('in Arabic, in the dark and on a wide screen every page holds', async () => {
  const night = await openScreen(browser, { width: 1280, height: 800, dark: true });
  await night.context.addCookies(await screen.context.cookies());
  await night.page.addInitScript(() => localStorage.setItem('homeward.language', 'ar'));
  for (const path of ['/air', '/air/health', '/air/limits', await sensorPath('oxygen')]) {
    await night.page.goto(address(path));
    await night.page.locator('.ion-page:not(.ion-page-hidden) .content').waitFor();
    expect([path, await night.page.locator('html').getAttribute('dir')]).toEqual([path, 'rtl']);
    expect([path, await violations(night.page)]).toEqual([path, []]);
    expect([path, await widerThanScreen(night.page)]).toEqual([path, false]);
  }
  expect(night.complaints).toEqual([]);
  await night.context.close();
});

test('health says it when a board is gone, the worst first', async () => {
  // a will that nobody can miss: it says of itself that it is gone
  await board.say(`homeward/${board.id}/availability`, 'offline', true);
  await page.goto(address('/air/health'));
  // a hub that has only started gives everybody the time to come back first (SUP-2)
  await page
    .locator('[data-group=needs] [data-health=lost]')
    .first()
    .getByText('It is silent.')
    .waitFor({ timeout: 150_000 });
  expect(await violations()).toEqual([]);
  expect(await widerThanScreen(page)).toBe(false);
});

test('nothing of it was kept out by the content policy of the hub', () => {
  expect(screen.complaints).toEqual([]);
});
