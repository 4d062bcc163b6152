import { afterEach, beforeAll, expect, test } from 'vitest';
import { createStage } from './faults/stage.ts';
import { Refused } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { CO, SMOKE } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
// The program is built by whoever needs it first: not on the time of a test.
beforeAll(ensureHub, 240_000);

const healthOf = async (hub: HubProcess, deviceId: string, key: string) =>
  (await hub.api.device(deviceId))?.entities[`${deviceId}.${key}`]?.health ?? null;

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

test('what a person tells of a sensor is kept through a restart, and what alarms stays in use', async () => {
  const hub = await stage.hub();
  const { deviceId, mqtt } = await hub.api.call('pair', { body: { name: 'Kitchen', kind: 'board' } });
  const url = `${mqtt.tls ? 'mqtts' : 'mqtt'}://${mqtt.host}:${mqtt.port}`;
  const { password, ca } = mqtt;
  const login = { password, ...(ca === null ? {} : { ca }) };
  const board = await stage.found(hub, { id: deviceId, url, parts: { co: CO, smoke: SMOKE }, ...login });
  await board.tell({ co: 0, smoke: 'OFF' });
  const said = await hub.api.call('upkeep', {
    id: `${deviceId}.co`,
    body: { madeOn: '2010-03', tested: true, technology: 'electrochemical' },
  });
  expect(said.health).toMatchObject({
    state: 'end-of-life',
    madeOn: '2010-03',
    lifeMonths: 84,
    technology: 'electrochemical',
  });
  expect(said.health?.tested).not.toBeNull();
  await until('its trouble is in the list', async () =>
    (await hub.api.call('alarms')).alarms.some(
      ({ kind, cause }) => kind === 'trouble' && cause === 'end-of-life',
    ),
  );

  await hub.restart();
  expect(await healthOf(hub, deviceId, 'co')).toMatchObject({ state: 'end-of-life', madeOn: '2010-03' });
  const { alarms } = await hub.api.call('alarms');
  expect(alarms.filter(({ cause }) => cause === 'end-of-life')).toMatchObject([
    { level: 'warning', priority: 2 },
  ]);

  await board.call('smoke', 'ON');
  const refused = await refusalOf(
    hub.api.call('upkeep', { id: `${deviceId}.smoke`, body: { disabled: true } }),
  );
  expect(refused instanceof Refused && refused.isA('sensor-alarming')).toBe(true);
  const nobody = await refusalOf(hub.api.call('upkeep', { id: 'no.body', body: { tested: true } }));
  expect(nobody instanceof Refused && nobody.isA('not-found')).toBe(true);
  const odd = await refusalOf(hub.api.call('upkeep', { id: `${deviceId}.co`, body: { madeOn: '2026-13' } }));
  expect(odd instanceof Refused && odd.isA('bad-request')).toBe(true);
  expect(hub.journal('upkeepChanged')).toHaveLength(1);
});
