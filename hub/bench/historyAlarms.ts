import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER } from '../test/hubClient.ts';
import { type HubProcess, prepareHub } from '../test/hubProcess.ts';
import { until } from '../test/patience.ts';
import { contactTopics, devicesOf, type Place, sirenTopic } from './contestant.ts';
import { median, quantile, rounded } from './figures.ts';
import { startAsking } from './historyAsker.ts';
import type { Year } from './historyYear.ts';
import { announce } from './homeward.ts';
import { withStand } from './stand.ts';
import { Witness } from './witness.ts';

export type AlarmsBeside = {
  readonly quiet: readonly number[];
  readonly charts: readonly number[];
  readonly lost: number;
  readonly chartsPerS: number;
};

const ALARM_EVERY_MS = 100;
const SETTLE_MS = 2_000;
const ANNOUNCE_LIMIT_MS = 120_000;
/** Contacts of one turn: quiet and charts take turns, so that a noisy minute is in both. */
const TURN = 20;

/** Alarm latencies of a hub with a year of history, quiet and while that year is asked for over and over. */
export const measureAlarms = (
  year: Year,
  count: number,
  say: (line: string) => void,
): Promise<AlarmsBeside> =>
  withStand({}, async ({ broker }) => {
    const turns = Math.max(2, 2 * Math.ceil(count / TURN));
    const place: Place = { brokerPort: broker.port, prefix: 'year', contacts: turns * TURN, sensors: 0 };
    const hub = await prepareHub({
      mqttUrl: `mqtt://127.0.0.1:${broker.port}`,
      env: { HOMEWARD_TOPIC_RATE: '100000' },
    });
    const witness = await Witness.open(broker.port);
    try {
      await moveIn(hub, place, year);
      return await takeTurns(hub, place, year, witness, turns, say);
    } finally {
      await witness.close();
      await hub.remove();
    }
  });

async function moveIn(hub: HubProcess, place: Place, year: Year): Promise<void> {
  await hub.start();
  await hub.claim();
  await announce(place);
  const knowsAll = async () => (await hub.api.call('devices')).devices.length === devicesOf(place);
  await until('the hub knows all devices', knowsAll, ANNOUNCE_LIMIT_MS);
  await hub.stop();
  copyFileSync(year.file, join(hub.folder, 'history.db'));
  await hub.start();
  await sleep(SETTLE_MS);
}

async function takeTurns(
  hub: HubProcess,
  place: Place,
  { entities, from, to }: Year,
  witness: Witness,
  turns: number,
  say: (line: string) => void,
): Promise<AlarmsBeside> {
  const body = JSON.stringify({ name: OWNER.name, password: OWNER.password });
  const { text } = await hub.api.send({ method: 'POST', path: '/api/sessions', body });
  const { token } = JSON.parse(text) as { token: string };
  const paths = entities.map((entity) => `/api/history/${entity}?from=${from}&to=${to}`);
  const topics = contactTopics(place);
  const seen = { quiet: [] as number[], charts: [] as number[] };
  const rates: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const mine = topics.slice(turn * TURN, (turn + 1) * TURN);
    const raise = () => witness.raise(mine, sirenTopic(place), ALARM_EVERY_MS);
    // Quiet, charts, charts, quiet …: neither is always the later one.
    const isQuiet = turn % 4 === 0 || turn % 4 === 3;
    say(`turn ${turn + 1} of ${turns}: ${isQuiet ? 'quiet' : 'beside charts'}`);
    if (isQuiet) {
      seen.quiet.push(...(await raise()));
      continue;
    }
    const asking = await startAsking({ port: hub.ports.http, token, paths });
    seen.charts.push(...(await raise()));
    rates.push(await asking.stop());
  }
  const lost = topics.length - seen.quiet.length - seen.charts.length;
  return { ...seen, lost, chartsPerS: Math.round(median(rates)) };
}

export const p50 = (latencies: readonly number[]): number => rounded(median(latencies), 3);
export const p90 = (latencies: readonly number[]): number => rounded(quantile(latencies, 0.9), 3);
