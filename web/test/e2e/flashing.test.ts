import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage } from '../../../hub/test/faults/stage.ts';
import { plugIn, WIFI } from '../../../hub/test/flashing/world.ts';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, startHub } from '../../../hub/test/hubProcess.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

const stage = createStage();
let world: Awaited<ReturnType<typeof plugIn>>;
let hub: HubProcess;
let browser: Browser;
let screen: Screen;
let page: Page;

beforeAll(async () => {
  world = await plugIn(stage, { compileMs: 1_500, uploadStepMs: 400 });
  hub = stage.keep(await startHub({ env: world.env }));
  browser = await launchBrowser();
  screen = await openScreen(browser);
  page = screen.page;
});
afterAll(async () => {
  await browser?.close();
  await stage.clear();
});

const address = (path: string) => `http://localhost:${hub.ports.http}${path}`;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const title = (name: string) => page.getByRole('heading', { name });

test('from the page of devices one comes to the wizard, which has found the board', async () => {
  await page.goto(address('/login'));
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.locator('form button[type=submit]').click();
  await page.getByText('Nothing is watching yet').waitFor();
  await page.goto(address('/devices/add'));
  await page.getByRole('link', { name: 'Set up a board by cable' }).click();
  await page.getByRole('radio', { name: world.board.port }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('with the keyboard alone it is told all it needs, and shows each step', async () => {
  await page.getByLabel('What do you call it?').focus();
  await page.keyboard.type('Kitchen air');
  await page.keyboard.press('Tab');
  await page.keyboard.type(WIFI.ssid);
  await page.keyboard.press('Tab');
  await page.keyboard.type('not-the-password');
  await page.keyboard.press('Enter');
  await page.locator('[data-part=flash-steps][data-stage=compile]').waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  expect(await violationsOf(page)).toEqual([]);
  await page.locator('[data-part=flash-steps] [role=progressbar]').waitFor();
});

test('after a wrong password it asks again, and the board is in the house', async () => {
  await title('The board could not join the Wi-Fi').waitFor({ timeout: 30_000 });
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.getByLabel('Name of your Wi-Fi').last().inputValue()).toBe(WIFI.ssid);
  await page.getByLabel('Its password', { exact: true }).last().fill(WIFI.password);
  await button('Try this one').click();
  await title('Kitchen air has spoken.').waitFor({ timeout: 30_000 });
  expect(await violationsOf(page)).toEqual([]);
  await button('Choose its room').click();
  await page.waitForURL(`**/devices/${world.board.identity?.username}`);
  await page.getByRole('heading', { name: 'Kitchen air' }).first().waitFor();
});

test('who comes back finds it done, and the image to be saved', async () => {
  await page.goto(address('/devices/flash'));
  await button('Set up a board').click();
  await page.locator('[data-part=flash-images]').waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save the image: Air' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('homeward-air.bin');
  expect(screen.complaints).toEqual([]);
});
