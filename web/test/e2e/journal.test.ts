/// <reference lib="dom" />
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyJournal } from '../../../hub/src/composeVerify.ts';
import { createStage } from '../../../hub/test/faults/stage.ts';
import { OWNER } from '../../../hub/test/hubClient.ts';
import type { HubProcess } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import { CO, SIREN, SMOKE, type TestBoard } from '../../../hub/test/testBoard.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

const DOOR = { component: 'binary_sensor', deviceClass: 'door' } as const;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1366, height: 900 };

const stage = createStage();
let hub: HubProcess;
let board: TestBoard;
let browser: Browser;
let screen: Screen;
let page: Page;
let alarmId = '';

beforeAll(async () => {
  hub = await stage.hub();
  board = await stage.paired(hub, 'Kitchen', { smoke: SMOKE, co: CO, siren: SIREN, door: DOOR });
  await board.tell({ smoke: 'OFF', co: 2, door: 'OFF', siren: 'OFF' });
  browser = await launchBrowser();
  screen = await openScreen(browser, DESKTOP);
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
/** Pages that were left stay in the document: the last one is seen. */
const part = (name: string, on: Page = page) => on.locator(`[data-part=${name}]`).last();
const lines = () => page.locator('.ion-page:not(.ion-page-hidden) [data-seq]');

test('an alarm stands in the journal in plain words, from the raise to the end', async () => {
  await board.tell({ door: 'ON', co: 40 });
  await board.call('smoke', 'ON');
  const alarm = await until('the smoke alarm', async () =>
    (await hub.api.alarms()).find(({ kind }) => kind === 'smoke'),
  );
  alarmId = alarm.id;
  await until('the siren sounds', () => board.commands('siren').length > 0);
  await hub.api.acknowledge(alarmId);
  await board.call('smoke', 'OFF');
  await until('it is over', async () =>
    (await hub.api.alarms()).some(({ id, active }) => id === alarmId && !active),
  );
  await hub.api.reset(alarmId);
  await page.goto(address('/'));
  await page.getByRole('link', { name: 'Journal' }).click();
  await page.getByText('Smoke, Test room. Raised: alarm.').waitFor();
  for (const words of [
    'Smoke, Test room. Mona is on it.',
    'The house asked siren, Test room: sound.',
    'Smoke, Test room. Mona put it back to normal.',
    'Mona made this house theirs and became its owner.',
  ])
    await page.getByText(words).first().waitFor();
  expect(await violations()).toEqual([]);
  const seqs = await lines().evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.seq)));
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
});

test('a line opens to what was written, by keyboard too', async () => {
  const line = lines().first();
  await line.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await line.getByText('Its seal').waitFor();
  await line
    .locator('code')
    .filter({ hasText: /^[0-9a-f]{64}$/ })
    .waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Enter');
  await line.getByText('Its seal').waitFor({ state: 'detached' });
});

test('what happens meanwhile is told, and moves no line until it is asked for', async () => {
  const before = await lines().first().getAttribute('data-seq');
  await hub.api.call('logIn', { body: { name: OWNER.name, password: 'not the one' } }).catch(() => undefined);
  await part('fresh').getByRole('button').waitFor({ timeout: 20_000 });
  expect(await lines().first().getAttribute('data-seq')).toBe(before);
  expect(await violations()).toEqual([]);
  await part('fresh').getByRole('button').click();
  await page.getByText(/Somebody tried to log in from .* and was refused\./).waitFor();
  expect(await page.evaluate(() => document.activeElement?.closest('[data-seq]') !== null)).toBe(true);
});

test('it is narrowed to what somebody looks for, and shown whole again', async () => {
  await page.getByLabel('What it is about').selectOption('people');
  await part('narrowed').waitFor();
  await page.getByText('Smoke, Test room. Raised: alarm.').waitFor({ state: 'detached' });
  await page.getByLabel('Words').fill('no such thing');
  await page.getByText('Nothing like that happened').waitFor();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Show all' }).first().click();
  await page.getByText('Smoke, Test room. Raised: alarm.').waitFor();
  // A board stands for all of its parts.
  await page.getByLabel('Which part').selectOption(board.id);
  await page.getByText('Mona logged in.').first().waitFor({ state: 'detached' });
  await page.getByText('Smoke, Test room. Raised: alarm.').waitFor();
  await page.getByLabel('Which alarm').selectOption('heat');
  await page.getByText('Nothing like that happened').waitFor();
  await page.getByRole('button', { name: 'Show all' }).first().click();
  await page.getByText('Smoke, Test room. Raised: alarm.').waitFor();
});

test('nobody has changed it, says the hub; the file that is taken out says it without the hub', async () => {
  await page.getByRole('button', { name: 'Check it now' }).click();
  await part('proof').getByText('Nobody has changed it').waitFor();
  await part('proof')
    .getByText(/lines were checked, 1 to/)
    .waitFor();
  expect(await violations()).toEqual([]);
  await page.getByText('Take it out').click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save with proof (JSON)' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('homeward-journal.json');
  const file = join(hub.folder, 'taken-out.json');
  writeFileSync(file, readFileSync(await saved.path()));
  const told: string[] = [];
  expect([await verifyJournal(['--export', file], (text) => told.push(text)), told.join('')]).toEqual([
    0,
    expect.stringContaining('The journal is whole.'),
  ]);
  const changed = readFileSync(file, 'utf8').replace('alarmAcknowledged', 'alarmAcknowledgeD');
  writeFileSync(file, changed);
  expect(await verifyJournal(['--export', file], () => undefined)).toBe(1);
  await part('save').getByText('Saved: homeward-journal.json').waitFor();
  const [table] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a table (CSV)' }).click(),
  ]);
  expect(readFileSync(await table.path(), 'utf8')).toMatch(/^seq,time,mono,utc,type/);
});

test('the incident tells it all: in short, step by step, drawn, and who was there', async () => {
  await page.goto(address('/alarms'));
  const episode = page.locator(`[data-episode="${alarmId}"]`);
  await episode.getByRole('button').click();
  await episode.getByRole('link', { name: 'The whole incident' }).click();
  await page.getByRole('heading', { name: 'Incident: Smoke, Test room' }).waitFor();
  for (const words of [
    'The first siren was told to sound within a second.',
    /Mona was on it (within|after)/,
    'Nobody was told outside',
  ])
    await part('head').getByText(words).first().waitFor();
  await part('incident-steps')
    .locator('[data-type=alarmRaised]')
    .getByText('the alarm', { exact: true })
    .waitFor();
  await part('incident-steps').locator('[data-type=commandSent]').first().waitFor();
  const curve = page.locator(`[data-series="${board.id}.smoke"]`);
  await curve.locator('canvas').waitFor();
  await curve.getByText('This raised the alarm').waitFor();
  await page
    .locator(`[data-series="${board.id}.co"]`)
    .getByText(/–40\sppm|40\sppm/)
    .first()
    .waitFor();
  await page.locator(`[data-contact="${board.id}.door"]`).getByText('Open').first().waitFor();
  expect(await violations()).toEqual([]);
  await curve.getByText('Show as a table').click();
  await curve.locator('tbody tr').first().waitFor();
  expect(await violations()).toEqual([]);
});

test('on paper it stands whole, by day, without what can be pressed', async () => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.locator('nav').isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: 'Print it' }).isVisible()).toBe(false);
  const paper = await page.evaluate(() => {
    const { height } = document.body.getBoundingClientRect();
    const last = document.querySelector('.ion-page:not(.ion-page-hidden) [data-part=people]');
    const ink = getComputedStyle(document.body).getPropertyValue('--hw-ink').trim();
    return { reaches: (last?.getBoundingClientRect().bottom ?? Number.NaN) <= height + 1, height, ink };
  });
  expect(paper).toEqual({ reaches: true, height: expect.any(Number), ink: '#1d1a16' });
  expect(paper.height).toBeGreaterThan(DESKTOP.height);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
});

test('by day and by night, in both languages, on a phone and on a desk', async () => {
  for (const look of [
    { ...PHONE, language: 'ar', dark: true },
    { ...PHONE, language: 'en', dark: false },
    { ...DESKTOP, language: 'ar', dark: false },
  ]) {
    const other = await openScreen(browser, look);
    await other.context.addCookies(await screen.context.cookies());
    await other.page.addInitScript(
      (language) => localStorage.setItem('homeward.language', language),
      look.language,
    );
    for (const [path, shown] of [
      ['/journal', 'day'],
      ['/settings/journal', 'kept'],
      [`/alarms/${encodeURIComponent(alarmId)}/incident`, 'people'],
    ] as const) {
      await other.page.goto(address(path));
      await other.page.locator(`[data-part=${shown}]`).first().waitFor();
      expect(await other.page.locator('html').getAttribute('lang')).toBe(look.language);
      expect(await violations(other.page)).toEqual([]);
      const { scroll, width } = await other.page.evaluate(() => ({
        scroll: document.querySelector('.ion-page:not(.ion-page-hidden) .page')?.scrollWidth ?? 0,
        width: window.innerWidth,
      }));
      expect(scroll).toBeLessThanOrEqual(width);
      expect(other.complaints).toEqual([]);
    }
    await other.context.close();
  }
});

test('what somebody changed on the disk is named, with the way to the row', async () => {
  const seq = hub.journal('alarmRaised')[0]?.seq ?? 0;
  hub.alter((db) =>
    db.prepare("update journal set json = replace(json, 'smoke', 'steam') where seq = ?").run(seq),
  );
  await page.goto(address('/settings'));
  await page.getByRole('link', { name: /^Journal .*/ }).click();
  // The page has looked by itself; the button says so or not, whichever was first.
  await page.getByRole('button', { name: /^Check it (now|again)$/ }).click();
  await part('proof').getByText('It was changed, or the storage is damaged').waitFor();
  expect(await violations()).toEqual([]);
  await part('proof').locator('[data-fault=row-altered]').getByRole('link').click();
  await page.locator(`.marked[data-seq="${seq}"]`).waitFor();
  await page.getByText(`From row ${seq} on, towards the past.`).waitFor();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'To the newest' }).click();
  await page.locator(`.marked[data-seq="${seq}"]`).waitFor({ state: 'detached' });
});

test('nothing of it was kept out by the content policy of the hub', () => {
  expect(screen.complaints).toEqual([]);
});
