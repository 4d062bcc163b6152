import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { startMosquitto } from '../brokers/mosquitto.ts';
import { until } from '../patience.ts';
import { OXYGEN, SIREN, SMOKE } from '../testBoard.ts';
import { restartAgainAndAgain } from './brokerStory.ts';
import { createStage } from './stage.ts';

const stage = createStage();
afterEach(() => stage.clear());

test('F-07 a broker that is killed again and again loses no alarm, and the hub comes back', async () => {
  const mosquitto = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: mosquitto.url });
  const boards = [];
  for (const id of ['hall', 'attic', 'cellar']) {
    boards.push(await stage.found(hub, { url: mosquitto.url, id, parts: { smoke: SMOKE, siren: SIREN } }));
  }
  const outcome = await restartAgainAndAgain({ hub, mosquitto, boards, restarts: 4, longestDownMs: 3_000 });
  expect(outcome.violations).toEqual([]);
  expect(outcome.calls).toBeGreaterThan(10);
});

test('F-07 a silent sensor is lost only when the window after a broker restart has passed', async () => {
  const mosquitto = stage.keep(await startMosquitto());
  // House time runs ten times as fast: the window of 60 s is over in 6.
  const hub = await stage.hub({ mqttUrl: mosquitto.url, env: { HOMEWARD_DEMO_SPEED: '10' } });
  const parts = { oxygen: { ...OXYGEN, expireAfterS: 5, more: { availability: [] } } };
  const node = await stage.found(hub, { url: mosquitto.url, id: 'node', parts });
  await node.tell({ oxygen: 20.9 });
  await until('the reading is there', async () => {
    return (await hub.api.device('node'))?.entities['node.oxygen']?.value === 20.9;
  });
  await node.close();
  await mosquitto.kill();
  await sleep(1_500);
  await mosquitto.restart();
  await until('it is lost', () => hub.journal('entityLost').length > 0, 20_000);
  const [lost] = hub.journal('entityLost');
  const found = hub.journal('brokerFound').at(-1);
  const afterMs = (lost?.mono ?? Number.NaN) - (found?.mono ?? Number.NaN);
  expect(afterMs).toBeGreaterThanOrEqual(60_000);
  expect((await hub.api.call('house')).verdict).toBe('blind');
});
