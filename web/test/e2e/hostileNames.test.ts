/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../hub/test/hubClient.ts';
import { type HubProcess, prepareHub } from '../../../hub/test/hubProcess.ts';
import { until } from '../../../hub/test/patience.ts';
import { launchBrowser, openScreen, type Screen } from './browser.ts';

/** What would run in a page that writes names as they come. Each sets `pwned` when it does. */
const XSS = [
  '<img src=x onerror="window.pwned=1">',
  '<script>window.pwned=1</script>',
  '"><svg onload=window.pwned=1>',
  "'-window.pwned=1-'",
  '{{constructor.constructor("window.pwned=1")()}}',
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  'javascript:window.pwned=1',
  '<a href="javascript:window.pwned=1" autofocus onfocus="window.pwned=1">x</a>',
  '<details open ontoggle=window.pwned=1>',
  '<style>@import "javascript:window.pwned=1"</style>',
  '</textarea><body onload=window.pwned=1>',
  '\u202e<math><mtext><img src=x onerror=window.pwned=1>',
];

let hub: HubProcess;
let browser: Browser;
let screen: Screen;
let board: MqttClient;
let deviceId = '';

beforeAll(async () => {
  hub = await prepareHub();
  await hub.start();
  await hub.api.claim(readFileSync(join(hub.folder, 'claim-code'), 'utf8').trim());
  browser = await launchBrowser();
  screen = await openScreen(browser, { width: 1366, height: 900 });
  const { deviceId: id, mqtt } = await hub.api.call('pair', { body: { name: XSS[0], kind: 'board' } });
  deviceId = id;
  board = await connectAsync(hub.brokerUrl, {
    clientId: id,
    username: id,
    password: mqtt.password,
    protocolVersion: 4,
  });
  await board.publishAsync(`homeassistant/device/${id}/config`, JSON.stringify(announcement(id)), {
    retain: true,
    qos: 1,
  });
  await board.publishAsync(`homeward/${id}/availability`, 'online', { retain: true });
  await until('the entities are known', async () => {
    const device = await hub.api.device(id);
    return Object.keys(device?.entities ?? {}).length >= XSS.length;
  });
  const values = Object.fromEntries(XSS.map((text, place) => [`t${place}`, text]));
  await board.publishAsync(`homeward/${id}/state`, JSON.stringify({ ...values, gas: 'ON' }), { qos: 1 });
});
afterAll(async () => {
  await board?.endAsync(true);
  await browser?.close();
  await hub?.remove();
});

/** A board that has such a name for everything that can have one. */
function announcement(id: string) {
  const texts = XSS.map((name, place) => [
    `t${place}`,
    {
      platform: 'sensor',
      unique_id: `${id}_t${place}`,
      name,
      icon: name,
      state_topic: `homeward/${id}/state`,
      value_template: `{{ value_json.t${place} }}`,
      entity_picture: 'javascript:window.pwned=1',
    },
  ]);
  const smoke = {
    platform: 'binary_sensor',
    device_class: 'smoke',
    unique_id: `${id}_gas`,
    name: XSS[2],
    state_topic: `homeward/${id}/state`,
    value_template: '{{ value_json.gas }}',
  };
  return {
    device: {
      identifiers: [id],
      name: XSS[1],
      manufacturer: XSS[0],
      model: XSS[3],
      sw_version: XSS[4],
      hw_version: XSS[5],
      suggested_area: XSS[2],
      configuration_url: 'javascript:window.pwned=1',
    },
    origin: { name: XSS[0], sw: XSS[1], url: 'javascript:window.pwned=1' },
    availability_topic: `homeward/${id}/availability`,
    components: { ...Object.fromEntries(texts), gas: smoke },
  };
}

test('STRIDE E: XSS via device name, SSID, MQTT payload: 0 executions on any page that shows them', async () => {
  const { page, complaints } = screen;
  const address = (path: string) => `http://localhost:${hub.ports.http}${path}`;
  await page.goto(address('/login'));
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((url) => url.pathname === '/');
  await until('the fire alarms', async () => (await hub.api.alarms()).length > 0);
  const [alarm] = await hub.api.alarms();
  const pages = [
    '/',
    '/devices',
    `/devices/${deviceId}`,
    '/air',
    '/air/health',
    '/alarms',
    `/alarms/${alarm?.id}`,
    '/settings',
    '/settings/responses',
    '/settings/history',
  ];
  let shown = '';
  for (const path of pages) {
    await page.goto(address(path));
    await page.locator('ion-app').waitFor();
    await page.waitForLoadState('networkidle').catch(() => {});
    shown += await page.locator('body').textContent();
    const found = await page.evaluate(() => ({
      pwned: (window as { pwned?: unknown }).pwned,
      injected: document.querySelectorAll(
        'img[src="x"], iframe, svg[onload], [onerror], [onfocus], [ontoggle], math',
      ).length,
      leading: [...document.querySelectorAll('a')].filter((one) => one.href.startsWith('javascript:')).length,
    }));
    expect([path, found]).toEqual([path, { injected: 0, leading: 0 }]);
  }
  // They did reach the pages: as what they are, text.
  for (const text of XSS.slice(0, 2)) expect(shown).toContain(text);
  expect(complaints).toEqual([]);
});
