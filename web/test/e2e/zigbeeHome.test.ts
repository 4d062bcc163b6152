import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Message, wireText } from '../../../hub/test/homes/golden.ts';
import { COLOUR_LIGHT } from '../../../hub/test/homes/zigbeeLights.ts';
import { SMOKE_DETECTOR } from '../../../hub/test/homes/zigbeeSensors.ts';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, prepareHub } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';
import { violationsOf } from './violations.ts';

/** What Zigbee2MQTT would do with the lines that the wizard shows. */
type Configured = {
  readonly server: string;
  readonly user: string;
  readonly password: string;
  readonly base: string;
};

let hub: HubProcess;
let browser: Browser;
let screen: Screen;
let page: Page;
let gateway: MqttClient | null = null;
let configured: Configured;
let ca = '';
const heard: { topic: string; payload: unknown }[] = [];

beforeAll(async () => {
  hub = await prepareHub();
  await hub.start();
  browser = await launchBrowser();
  screen = await openScreen(browser);
  page = screen.page;
  await hub.api.claim(readFileSync(join(hub.folder, 'claim-code'), 'utf8').trim());
});

afterAll(async () => {
  await gateway?.endAsync(true);
  await browser?.close();
  await hub?.remove();
});

const address = (path: string) => `http://localhost:${hub.ports.http}${path}`;
const button = (name: string) => page.getByRole('button', { name, exact: true });

const violations = () => violationsOf(page);

const settingOf = (text: string, key: string): string => {
  const line = text.split('\n').find((one) => one.trim().startsWith(`${key}: `)) ?? '';
  return String(JSON.parse(line.slice(line.indexOf(': ') + 2)));
};

async function say(messages: readonly Message[]): Promise<void> {
  for (const message of messages)
    await gateway?.publishAsync(message.topic, wireText(message), {
      qos: 1,
      retain: message.retain ?? false,
    });
}

test('one form, and the lines for Zigbee2MQTT stand there complete', async () => {
  await page.goto(address('/login'));
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.locator('form button[type=submit]').click();
  await page.getByText('Nothing is watching yet').waitFor();
  await page.goto(address('/devices/add'));
  await page.getByRole('radio', { name: /^Zigbee2MQTT/ }).check();
  await page.getByLabel('What do you call it?').fill('Stick in the attic');
  expect(await violations()).toEqual([]);
  await button('Make its key').click();
  const lines = page.locator('#gateway-config');
  await lines.waitFor();
  const text = (await lines.textContent()) ?? '';
  expect(text).toContain('homeassistant:\n  enabled: true\n');
  configured = {
    server: settingOf(text, 'server'),
    user: settingOf(text, 'user'),
    password: settingOf(text, 'password'),
    base: settingOf(text, 'base_topic'),
  };
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Save the certificate (CA)' }).click(),
  ]);
  expect(settingOf(text, 'ca').endsWith(`/${saved.suggestedFilename()}`)).toBe(true);
  ca = readFileSync(await saved.path(), 'utf8');
  expect(await violations()).toEqual([]);
});

test('with these lines it gets in, and the wizard tells when what speaks through it was heard', async () => {
  await button('I have entered it').click();
  expect(await page.getByText(configured.password).count()).toBe(0);
  const { server, user: username, password, base } = configured;
  gateway = await connectAsync(server, { username, password, ca, protocolVersion: 4 });
  gateway.on('message', (topic, payload) => {
    const text = payload.toString();
    heard.push({ topic, payload: text.startsWith('{') ? JSON.parse(text) : text });
  });
  await gateway.subscribeAsync(`${base}/#`);
  await say([{ topic: `${base}/bridge/state`, payload: { state: 'online' }, retain: true }]);
  for (const device of [COLOUR_LIGHT, SMOKE_DETECTOR])
    await say([...device.announces, ...device.availability]);
  await page.getByText('Stick in the attic has spoken.').waitFor();
  await page.getByText('It brought 2 things along.').waitFor();
  for (const device of [COLOUR_LIGHT, SMOKE_DETECTOR]) await say(device.states);
  await until('both to be there, whoever came first', async () => {
    const { devices } = await hub.api.call('devices');
    return devices.every(({ entities }) =>
      Object.values(entities).every(({ available, fault }) => available || fault !== null),
    );
  });
  expect(await violations()).toEqual([]);
  await button('See them all').click();
  await page
    .getByRole('link', { name: new RegExp(COLOUR_LIGHT.name) })
    .first()
    .waitFor();
  expect(await violations()).toEqual([]);
});

test('its light is commanded, and shown as done when it says so', async () => {
  await page
    .getByRole('link', { name: new RegExp(COLOUR_LIGHT.name) })
    .first()
    .click();
  const light = page.locator('[data-component=light]');
  await light.getByText('On', { exact: true }).waitFor();
  const golden = COLOUR_LIGHT.entities.find(({ component }) => component === 'light');
  const off = golden?.commands?.find(({ asks }) => 'on' in asks && !asks.on);
  await light.getByRole('button', { name: 'Turn off: Light' }).click();
  await light.getByText('Asked. Waiting for its answer.').waitFor();
  await until('the command at the gateway', () =>
    heard.some(
      ({ topic, payload }) => topic === off?.sends[0]?.topic && JSON.stringify(payload) === '{"state":"OFF"}',
    ),
  );
  await say(off?.answers ?? []);
  await light.getByText('It says that it is done.').waitFor();
  await light.getByText('Off', { exact: true }).waitFor();
  heard.length = 0;
  await light.getByRole('button', { name: 'Blue', exact: true }).click();
  await until('a colour at the gateway', () =>
    heard.some(({ payload }) => typeof payload === 'object' && payload !== null && 'color' in payload),
  );
  const slider = light.getByRole('slider', { name: 'Brightness' });
  await slider.focus();
  heard.length = 0;
  for (let key = 0; key < 5; key += 1) await page.keyboard.press('ArrowLeft');
  await until('the brightness at the gateway', () =>
    heard.some(({ payload }) => typeof payload === 'object' && payload !== null && 'brightness' in payload),
  );
  expect(heard.filter(({ topic }) => topic.endsWith('/set'))).toHaveLength(1);
  expect(await violations()).toEqual([]);
});

test('what it announced can be read, and it can be named and moved', async () => {
  await page.getByText('What it announced').click();
  await page
    .getByRole('rowheader', { name: /command.?topic/i })
    .first()
    .waitFor();
  expect(await violations()).toEqual([]);
  await page.getByLabel('Name', { exact: true }).fill('Reading lamp');
  await page.getByLabel('Room', { exact: true }).fill('Library');
  await button('Save').first().click();
  await page.getByText('Saved.').waitFor();
  await page.goto(address('/devices'));
  await page.getByRole('heading', { name: /Library/ }).waitFor();
  await page
    .getByRole('link', { name: /Reading lamp/ })
    .first()
    .waitFor();
  expect(screen.complaints).toEqual([]);
});
