/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, prepareHub } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import type { BoardAccess } from '../../../scripts/simulate-house/board-link.ts';
import { createSimulation, type Simulation } from '../../../scripts/simulate-house/simulation.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

/** House seconds in a real one: the heater needs 35 house minutes to use up the oxygen. */
const SPEED = 60;
/** Boards of the story; the others stay in their boxes. The living room's is paired by hand, in the app. */
const BY_HAND = 'air-living';
const OTHERS = ['air-bedroom', 'siren-hall'];

let hub: HubProcess;
let browser: Browser;
let screen: Screen;
let page: Page;
let house: Simulation | null = null;
const keys = new Map<string, BoardAccess>();

beforeAll(async () => {
  hub = await prepareHub({ env: { HOMEWARD_DEMO_SPEED: String(SPEED) } });
  await hub.start();
  browser = await launchBrowser();
  screen = await openScreen(browser);
  page = screen.page;
});

afterAll(async () => {
  await house?.stop();
  await browser?.close();
  await hub?.remove();
});

const address = () => `http://localhost:${hub.ports.http}/`;
const button = (name: string) => page.getByRole('button', { name, exact: true });

const violations = () => violationsOf(page);

test('the owner claims the hub with the code that it printed', async () => {
  await page.goto(address());
  await page.getByRole('radio', { name: 'English' }).check();
  await button('Continue').click();
  await page.getByLabel('Claim code').fill(readFileSync(join(hub.folder, 'claim-code'), 'utf8').trim());
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByLabel('PIN', { exact: true }).fill(OWNER.pin);
  expect(await violations()).toEqual([]);
  await button('Become the owner').click();
  await page.getByText('Nothing is watching yet').waitFor();
  await hub.api.logIn();
  expect((await hub.api.call('house')).verdict).toBe('blind');
});

test('a board is paired in the app, and its key is shown once', async () => {
  await page.getByRole('link', { name: 'Add the first one' }).or(button('Add the first one')).first().click();
  await page.getByLabel('What do you call it?').fill('Living room air');
  await button('Make its key').click();
  await page.getByText('Its key to the house').waitFor();
  const text = (id: string) =>
    page
      .locator(`#${id}`)
      .textContent()
      .then((text) => text ?? '');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save the certificate (CA)' }).click(),
  ]);
  const ca = readFileSync(await saved.path(), 'utf8');
  const username = await text('key-username');
  keys.set(BY_HAND, {
    url: `mqtts://${await text('key-host')}:${await text('key-port')}`,
    deviceId: username,
    username,
    password: await text('key-password'),
    ca,
  });
  expect(await violations()).toEqual([]);
  await button('I have entered it').click();
  expect(await page.locator('#key-password').count()).toBe(0);
});

test('the board announces itself, and the app says that it has spoken', async () => {
  for (const id of OTHERS) {
    const { deviceId, mqtt } = await hub.api.call('pair', { body: { name: id, kind: 'board' } });
    const { username, password, ca } = mqtt;
    keys.set(id, { url: `mqtts://${mqtt.host}:${mqtt.port}`, deviceId, username, password, ca });
  }
  house = createSimulation({
    seed: 7,
    speed: SPEED,
    start: '14:00',
    connect: (boardId) =>
      keys.get(boardId) ?? { url: 'mqtt://127.0.0.1:9', username: null, password: null, ca: null },
  });
  void house.start();
  await page.getByText('Living room air has spoken.').waitFor({ timeout: 60_000 });
  await until('a safe house', async () => (await hub.api.call('house')).verdict === 'safe', 60_000);
});

test('the oxygen falls, the siren is commanded, and the alarm takes the whole screen', async () => {
  await page.goto(address());
  await page.locator('[data-part=verdict]').getByText('Safe', { exact: true }).waitFor();
  expect(await violations()).toEqual([]);
  house?.say('heater');
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor({ timeout: 150_000 });
  await dialog
    .getByText('Leave the room. Take everyone along.')
    .or(dialog.getByText('Wake everyone. Go outside.'))
    .first()
    .waitFor();
  await dialog.getByText('Living room').first().waitFor();
  expect(await violations()).toEqual([]);
  const alarms = await hub.api.alarms();
  expect(alarms.map(({ kind }) => kind)).toContain('oxygen-low');
  const siren = keys.get('siren-hall')?.deviceId ?? '';
  await until('the siren to say that it sounds', async () => {
    const device = await hub.api.device(siren);
    return Object.values(device?.entities ?? {}).some(
      ({ value, command }) => value === true && command === 'confirmed',
    );
  });
});

test('somebody is on it', async () => {
  const dialog = page.getByRole('alertdialog');
  // Only what endangers a life takes the screen; the rest is answered on the pages.
  while (
    (await hub.api.alarms()).some(({ state, priority }) => state === 'unacknowledged' && priority === 1)
  ) {
    await dialog.getByRole('button', { name: 'I’m on it' }).click();
    await dialog.getByText(OWNER.name).first().waitFor();
  }
  const alarm = (await hub.api.alarms()).find(({ kind }) => kind === 'oxygen-low');
  expect(alarm).toMatchObject({ acknowledgedBy: OWNER.name, active: true });
});

test('after a power cut the alarm is there again, with who is on it', async () => {
  const before = (await hub.api.alarms()).find(({ kind }) => kind === 'oxygen-low');
  await hub.kill9();
  await page
    .getByText(/No word from the hub/)
    .first()
    .waitFor({ timeout: 20_000 });
  await hub.start();
  const after = (await hub.api.alarms()).find(({ kind }) => kind === 'oxygen-low');
  expect(after).toMatchObject({ id: before?.id, since: before?.since, acknowledgedBy: OWNER.name });
  await page.goto(address());
  await page
    .locator('[data-part=alarms]')
    .getByText(/Mona is on it/)
    .first()
    .waitFor();
  expect(await page.locator('[data-part=verdict]').getByText('Alarm', { exact: true }).count()).toBe(1);
});

test('the same house in Arabic and in the dark reads from right to left', async () => {
  const night = await openScreen(browser, { width: 1366, height: 900, dark: true });
  await night.context.addCookies(await screen.context.cookies());
  await night.page.addInitScript(() => localStorage.clear());
  await night.page.goto(`${address()}settings`);
  await night.page.getByRole('radio', { name: 'العربية' }).check();
  await until('right to left', async () => (await night.page.locator('html').getAttribute('dir')) === 'rtl');
  expect(await night.page.locator('html').getAttribute('lang')).toBe('ar');
  expect(await violationsOf(night.page)).toEqual([]);
  await night.context.close();
});

test('nothing of the app was kept out by its own content policy, and every part that it uses is there', async () => {
  expect(screen.complaints).toEqual([]);
  const undefinedParts = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .map((element) => element.tagName.toLowerCase())
      .filter((tag) => tag.includes('-') && customElements.get(tag) === undefined),
  );
  expect(undefinedParts).toEqual([]);
});
