/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Alarm } from '../../../hub/src/api.ts';
import { createStage } from '../../../hub/test/faults/stage.ts';
import { OWNER } from '../../../hub/test/hubClient.ts';
import type { HubProcess } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import { SMOKE, type TestBoard } from '../../../hub/test/testBoard.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1366, height: 900 };
const FAN = { component: 'switch' } as const;
const GAS = { component: 'binary_sensor', deviceClass: 'gas' } as const;
const REASON = 'The kitchen is painted.';

const stage = createStage();
let hub: HubProcess;
let board: TestBoard;
let browser: Browser;
let screen: Screen;
let page: Page;

beforeAll(async () => {
  hub = await stage.hub();
  board = await stage.paired(hub, 'Kitchen', { smoke: SMOKE, gas: GAS, fan: FAN });
  browser = await launchBrowser();
  screen = await openScreen(browser, PHONE);
  page = screen.page;
  const { name, password } = OWNER;
  const data = { name, password, cookie: true };
  const login = await screen.context.request.post(address('/api/sessions'), { data });
  expect(login.status()).toBe(201);
});

afterAll(async () => {
  await browser?.close();
  await stage.clear();
});

const address = (path: string) => `http://localhost:${hub.ports.http}${path}`;
const button = (name: string | RegExp, on: Page = page) => on.getByRole('button', { name });
const dialogButton = (name: string) => page.getByRole('alertdialog').getByRole('button', { name });
const violations = (on: Page = page) => violationsOf(on);
const smoke = async (): Promise<Alarm | undefined> =>
  (await hub.api.alarms()).find(({ kind }) => kind === 'smoke');
const smokeIs = (what: string, is: (alarm: Alarm) => boolean) =>
  until(`the smoke alarm to be ${what}`, async () => {
    const alarm = await smoke();
    return alarm !== undefined && is(alarm);
  });
/** Pages that were left stay in the document: the last one is seen. */
const part = (name: string) => page.locator(`[data-part=${name}]`).last();

test('ALM-3: before the painting the alarm, still normal, is put aside, and brought back after it', async () => {
  const { devices } = await hub.api.call('house');
  const entity = Object.values(devices)
    .flatMap((device) => Object.values(device.entities))
    .find(({ quantity }) => quantity === 'smoke');
  await page.goto(address(`/air/sensors/${encodeURIComponent(entity?.id ?? '')}`));
  await part('ahead').getByLabel('Why?').fill(REASON);
  expect(await violations()).toEqual([]);
  await button('Put it aside').click();
  await part('ahead')
    .getByText(/Put aside until .* by Mona: The kitchen is painted\./)
    .waitFor();
  expect(await smoke()).toMatchObject({ state: 'shelved', active: false, shelf: { by: 'Mona' } });
  await part('untold')
    .getByText(/Put aside: Smoke/)
    .waitFor();
  expect(await violations()).toEqual([]);
  await part('ahead').getByRole('link', { name: 'Smoke' }).click();
  await button('Bring it back now').click();
  await page.getByText('This alarm is back to normal').waitFor();
  expect(await smoke()).toBeUndefined();
});

test('ALM-2: smoke takes the screen, and a button that is held silences it', async () => {
  await page.goto(address('/'));
  await page.locator('[data-part=verdict]').waitFor();
  await board.call('smoke', 'ON');
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  await dialog.getByText('Wake everyone. Get out.').waitFor();
  await dialog.getByText('The alarm there says so itself.').waitFor();
  expect(await violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Hold to silence' }).hover();
  await page.mouse.down();
  await dialog.getByText(/Silent until \d\d:\d\d\. The alarm stays\./).waitFor();
  await page.mouse.up();
  expect((await smoke())?.hushedUntil).toBeGreaterThan(Date.now());
  expect(await violations()).toEqual([]);
});

test('somebody is on it, and the alarm stays in the list with all that is known', async () => {
  const dialog = page.getByRole('alertdialog');
  await dialogButton('I’m on it').click();
  await dialog.getByText(OWNER.name).first().waitFor();
  await dialogButton('Back to the app').click();
  await part('alarms')
    .getByText(/Mona is on it/)
    .waitFor();
  await part('alarms')
    .getByText(/^Silent until/)
    .waitFor();
  expect(await violations()).toEqual([]);
});

test('ALM-3: it is put aside with a reason, which a banner tells on every page', async () => {
  await page.getByRole('link', { name: /^More: Smoke/ }).click();
  await part('shelve').waitFor();
  expect(await part('shelve').getByRole('radio').count()).toBe(3);
  await button('Put it aside').click();
  await part('shelve').getByText('Write a few words.').waitFor();
  expect(await violations()).toEqual([]);
  await page.getByText('8 hours', { exact: true }).click();
  await part('shelve').getByLabel('Why?').fill(REASON);
  await button('Put it aside').click();
  await part('shelve')
    .getByText(/Put aside until .* by Mona: The kitchen is painted\./)
    .waitFor();
  expect(await smoke()).toMatchObject({
    state: 'shelved',
    active: true,
    shelf: { by: 'Mona', reason: REASON },
  });
  await part('steps').locator('[data-event=shelved]').getByText('Mona put it aside').waitFor();
  expect(await violations()).toEqual([]);
  for (const path of ['/devices', '/settings']) {
    await page.goto(address(path));
    await part('untold')
      .getByText(/Put aside: Smoke/)
      .waitFor();
    expect(await violations()).toEqual([]);
  }
});

test('ALM-3: it is brought back, taken out of service, and put back', async () => {
  await part('untold').getByRole('link').click();
  await button('Bring it back now').click();
  // It is live again, and nobody has answered: it takes the screen.
  await page.getByRole('alertdialog').waitFor();
  await dialogButton('I’m on it').click();
  await dialogButton('Back to the app').click();
  await part('service').getByLabel('Why?').fill(REASON);
  await button('Take it out of service').click();
  await part('service')
    .getByText(/Out of service since/)
    .waitFor();
  await part('untold')
    .getByText(/Out of service: Smoke/)
    .waitFor();
  expect((await smoke())?.state).toBe('outOfService');
  expect(await violations()).toEqual([]);
  await button('Put it back into service').click();
  await smokeIs('in service', ({ state }) => state !== 'outOfService');
  await page.getByRole('alertdialog').waitFor();
  await dialogButton('I’m on it').click();
  await board.call('smoke', 'OFF');
  await smokeIs('over', ({ state }) => state === 'latched');
  await dialogButton('Done. Put it back to normal').click();
  await until('no smoke alarm', async () => (await smoke()) === undefined);
  await dialogButton('Back to the app').click();
  await page.getByText('This alarm is back to normal').waitFor();
});

test('ALM-1: the alarms so far tell who did what, step by step', async () => {
  await button('Alarms so far').click();
  // The newest; the one before is that of the painting.
  const episode = part('episodes').locator('[data-episode]').first();
  await episode.waitFor();
  await episode.getByRole('button').click();
  const events = await episode
    .locator('[data-event]')
    .evaluateAll((steps) => steps.map((step) => (step as HTMLElement).dataset.event));
  expect(events[0]).toBe('raised');
  expect(events.at(-1)).toBe('reset');
  expect(events).toEqual(expect.arrayContaining(['hushed', 'shelved', 'unshelved', 'taken-out', 'put-back']));
  await episode.getByText('Mona silenced it').waitFor();
  expect(await violations()).toEqual([]);
  await page.getByLabel('What', { exact: true }).selectOption('co');
  await page.getByText('None of these').waitFor();
  await page.getByLabel('What', { exact: true }).selectOption('smoke');
  await episode.waitFor();
});

test('what the house does by itself is chosen; what gas forbids is said and is no choice', async () => {
  await page.goto(address('/settings'));
  await page.getByRole('link', { name: /What the house does by itself/ }).click();
  const ventilate = page.locator('[data-response=ventilate]');
  await ventilate.getByText(/^Never in gas, smoke or fire/).waitFor();
  expect(await ventilate.locator('input[value=gas], input[value=smoke], input[value=heat]').count()).toBe(0);
  expect(await violations()).toEqual([]);
  await ventilate.locator(`input[value="${board.id}.fan"]`).check();
  await ventilate.locator('input[value=air-quality]').check();
  await ventilate.getByRole('button', { name: 'Save' }).click();
  await ventilate.getByText('Saved').waitFor();
  const { responses } = await hub.api.call('responses');
  expect(responses.find(({ id }) => id === 'ventilate')).toMatchObject({
    entityIds: [`${board.id}.fan`],
    kinds: expect.arrayContaining(['co2', 'air-quality']),
  });
});

test('AIR-5: gas takes the screen without a word of switching, and every page says that nothing is switched', async () => {
  await board.call('gas', 'ON');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('No flame, no spark. Leave doors open.').waitFor();
  await dialog.getByText('While there is gas nothing is switched').waitFor();
  expect(await violations()).toEqual([]);
  await dialogButton('I’m on it').click();
  await dialogButton('Back to the app').click();
  await part('interlock').getByText('While there is gas nothing is switched').waitFor();
  expect(await violations()).toEqual([]);
  await board.call('gas', 'OFF');
  await until('the gas to be over', async () =>
    (await hub.api.alarms()).some(({ kind, active }) => kind === 'gas' && !active),
  );
  await page.locator('[data-part=interlock]').waitFor({ state: 'detached' });
});

test('by day and by night, in both languages, on a phone and on a desk', async () => {
  await board.call('smoke', 'ON');
  await smokeIs('raised', ({ active }) => active);
  const id = encodeURIComponent((await smoke())?.id ?? '');
  for (const look of [
    { ...DESKTOP, language: 'en', dark: true },
    { ...PHONE, language: 'ar', dark: true },
    { ...DESKTOP, language: 'ar', dark: false },
  ]) {
    const other = await openScreen(browser, look);
    await other.context.addCookies(await screen.context.cookies());
    await other.page.addInitScript(
      (language) => localStorage.setItem('homeward.language', language),
      look.language,
    );
    const dialog = other.page.getByRole('alertdialog');
    await other.page.goto(address('/'));
    await dialog.or(other.page.locator('[data-part=alarms]')).first().waitFor();
    expect(await other.page.locator('html').getAttribute('lang')).toBe(look.language);
    if (await dialog.isVisible()) {
      expect(await violations(other.page)).toEqual([]);
      await dialog.locator('button:has(svg)').first().click();
      await dialog.locator('.told li').waitFor();
      await dialog.locator('.a-act button:not(:has(svg))').click();
      await dialog.waitFor({ state: 'hidden' });
    }
    for (const path of ['/', `/alarms/${id}`, '/alarms', '/settings/responses']) {
      await other.page.goto(address(path));
      await other.page
        .locator('[data-part=alarms], [data-part=steps], [data-part=episodes], [data-response]')
        .first()
        .waitFor();
      expect(await violations(other.page)).toEqual([]);
      expect(other.complaints).toEqual([]);
    }
    await other.context.close();
  }
});
