/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStage } from '../../../hub/test/faults/stage.ts';
import { OWNER } from '../../../hub/test/hubClient.ts';
import type { HubProcess } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import type { TestBoard } from '../../../hub/test/testBoard.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

const MINUTE_MS = 60_000;
const TEMPERATURE = { component: 'sensor', deviceClass: 'temperature', unit: '°C' } as const;
/** Two days of a cellar, a value a minute, but for three hours; and of something that this house has not. */
const PAST_MINUTES = 2 * 1_440;
const GAP = { from: 400, to: 580 };

const stage = createStage();
let hub: HubProcess;
let board: TestBoard;
let browser: Browser;
let screen: Screen;
let page: Page;

const pastOf = (now: number): string => {
  const lines = ['time,entity,value,unit'];
  for (let ago = PAST_MINUTES; ago > 0; ago -= 1) {
    const time = new Date(now - ago * MINUTE_MS).toISOString();
    const celsius = (12 + 4 * Math.sin(ago / 200)).toFixed(2);
    if (ago < GAP.from || ago > GAP.to) lines.push(`${time},sensor.cellar_temperature,${celsius},°C`);
    if (ago % 10 === 0) lines.push(`${time},sensor.moon,${ago},km`);
  }
  return `${lines.join('\n')}\n`;
};
const READINGS = PAST_MINUTES - (GAP.to - GAP.from + 1);

beforeAll(async () => {
  hub = await stage.hub();
  board = await stage.paired(hub, 'Cellar', { temperature: TEMPERATURE });
  await board.tell({ temperature: 12 });
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
const button = (name: string | RegExp) => page.getByRole('button', { name });
const violations = (on: Page = page) => violationsOf(on);
const choose = (name: string, text: string) =>
  page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
/** Whether something other than paper is drawn in that share of a canvas. */
const isDrawn = (canvas: Locator, fromShare: number, toShare: number): Promise<boolean> =>
  canvas.evaluate(
    (element, [from, to]) => {
      const { width, height } = element as HTMLCanvasElement;
      const pen = (element as HTMLCanvasElement).getContext('2d');
      const left = Math.floor(width * from);
      const data = pen?.getImageData(left, 0, Math.max(1, Math.floor(width * to) - left), height).data ?? [];
      let dark = 0;
      for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 200) dark += 1;
      return dark > 50;
    },
    [fromShare, toShare] as const,
  );

test('a broken file is refused with its line, and nothing of it is kept', async () => {
  await page.goto(address('/settings/history'));
  await button('Bring in a file').click();
  await page.getByText('Which file?').waitFor();
  expect(await violations()).toEqual([]);
  await choose('broken.csv', 'time,value\n2026-01-01T00:00:00Z,1\nnot a time,2\n');
  await page.getByText('It is line 3.').waitFor();
  await button('Bring in another file').click();
});

test('a past is brought in: looked through, matched, taken in', async () => {
  await choose('cellar.csv', pastOf(Date.now()));
  await page.getByText('There are 2 series in the file.').waitFor();
  expect(await violations()).toEqual([]);
  const row = page.locator('[data-source="sensor.cellar_temperature"]');
  if (!(await row.getByRole('checkbox').isChecked())) {
    await row.getByRole('button').click();
    await page.getByLabel('Find by name or room').fill('cellar');
    expect(await violations()).toEqual([]);
    await page.locator('.picker li button').first().click();
  }
  await button('Take in one series').click();
  await page.getByText('It is in').waitFor({ timeout: 60_000 });
  await page.getByText(`${READINGS.toLocaleString('en')} readings were taken in.`).waitFor();
  expect(await violations()).toEqual([]);
});

test('the device shows it: drawn, said, in rows, and open where nothing was heard', async () => {
  await page.goto(address(`/devices/${board.id}`));
  await button(/^History/).click();
  const past = page.locator('[data-part=history]');
  const canvas = past.locator('canvas');
  await canvas.waitFor();
  await until('a drawn chart', () => isDrawn(canvas, 0.02, 0.5));
  await past.getByText(/^Last 24 h: 8\.0–16\.0\s°C.*Nothing was heard for 3 h of it\./).waitFor();
  expect(await violations()).toEqual([]);
  await past.getByText('Show as a table').click();
  const rows = past.locator('tbody tr');
  await until('more than 20 rows', async () => (await rows.count()) > 20);
  await rows.getByText('Nothing was heard.').first().waitFor();
  expect(await violations()).toEqual([]);
});

test('what is heard joins it, without asking the hub for all of it', async () => {
  const past = page.locator('[data-part=history]');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/history/')) asked.push(request.url());
  });
  await board.tell({ temperature: 31 });
  await past.getByText(/–31\.0\s°C/).waitFor();
  expect(asked).toEqual([]);
});

test('one moment after the other by keyboard, closer by dragging, and back', async () => {
  const past = page.locator('[data-part=history]');
  const slider = past.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  const newest = await slider.getAttribute('aria-valuetext');
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowLeft');
  expect(await slider.getAttribute('aria-valuetext')).not.toBe(newest);
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/\d\d:\d\d: .*°C/);
  const area = await past.locator('.u-over').boundingBox();
  if (area === null) throw new Error('the chart has no area');
  await page.mouse.move(area.x + area.width * 0.6, area.y + 40);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.9, area.y + 60, { steps: 5 });
  await page.mouse.up();
  await past.getByText(/ to .*: /).waitFor();
  await slider.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('-');
  await past.getByText(/^Last 24 h: /).waitFor();
});

test('every reading is saved as a file', async () => {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /Save every reading/ }).click(),
  ]);
  const lines = readFileSync(await saved.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines.length).toBeGreaterThan(1_000);
});

test('in Arabic and in the dark time still runs from left to right', async () => {
  const night = await openScreen(browser, { width: 1280, height: 800, dark: true });
  await night.context.addCookies(await screen.context.cookies());
  await night.page.addInitScript(() => localStorage.setItem('homeward.language', 'ar'));
  await night.page.goto(address(`/devices/${board.id}`));
  await night.page.getByRole('button', { name: /^السجلّ?/ }).click();
  const canvas = night.page.locator('[data-part=history] canvas');
  await canvas.waitFor();
  expect(await night.page.locator('html').getAttribute('dir')).toBe('rtl');
  const boxes = await night.page.evaluate(() =>
    ['.u-over', '[data-part=history] .btn.line'].map(
      (part) => document.querySelector(part)?.getBoundingClientRect().left ?? 0,
    ),
  );
  // the button for earlier stands at the old end of the chart: on the left
  expect(Math.abs((boxes[0] ?? 0) - (boxes[1] ?? 999))).toBeLessThan(20);
  expect(await violations(night.page)).toEqual([]);
  expect(night.complaints).toEqual([]);
  await night.context.close();
});

test('nothing of it was kept out by the content policy of the hub', () => {
  expect(screen.complaints).toEqual([]);
});
