import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HubProcess, prepareHub } from '../test/hubProcess.ts';
import { until } from '../test/patience.ts';
import { contactTopics, devicesOf, type Place, sirenTopic } from './contestant.ts';
import { median, quantile, rounded } from './figures.ts';
import { drawScreen, startAsking } from './historyAsker.ts';
import { type BesideImports, takeImportTurns } from './historyImports.ts';
import type { Year } from './historyYear.ts';
import { announce } from './homeward.ts';
import { withStand } from './stand.ts';
import { Witness } from './witness.ts';

export type AlarmsBeside = {
  readonly quiet: readonly number[];
  readonly charts: readonly number[];
  readonly lost: number;
  readonly chartsPerS: number;
  /** Twelve charts of all that one screen asks for at once, until the last one is there, ms. */
  readonly screenMs: number;
  readonly imports: BesideImports;
};

export type AlarmsAsked = {
  /** Alarms of each kind: quiet, beside charts, beside imports. */
  readonly count: number;
  /** Readings in each file that is imported. */
  readonly importedRows: number;
  readonly say: (line: string) => void;
};

const ALARM_EVERY_MS = 100;
const SETTLE_MS = 2_000;
const ANNOUNCE_LIMIT_MS = 120_000;
/** Contacts of one turn: quiet and charts take turns, so that a noisy minute is in both. */
const TURN = 20;
/** Charts that a screen opens at once. */
const SCREEN_CHARTS = 12;
const IMPORTED_SENSORS = 20;

/** Alarm latencies of a hub with a year of history: quiet, while that year is asked for over and over, and beside imports. */
export const measureAlarms = (year: Year, asked: AlarmsAsked): Promise<AlarmsBeside> =>
  withStand({}, async ({ broker }) => {
    const turns = Math.max(2, 2 * Math.ceil(asked.count / TURN));
    const contacts = turns * TURN + 2 * asked.count;
    const place: Place = { brokerPort: broker.port, prefix: 'year', contacts, sensors: IMPORTED_SENSORS };
    const hub = await prepareHub({
      mqttUrl: `mqtt://127.0.0.1:${broker.port}`,
      env: { HOMEWARD_TOPIC_RATE: '100000' },
    });
    const witness = await Witness.open(broker.port);
    try {
      await moveIn(hub, place, year);
      const { token } = hub.api;
      const port = hub.ports.http;
      const raise = raiserOf(place, witness);
      const besides = await takeTurns({ port, token }, year, raise, turns, asked.say);
      const imports = await takeImportTurns({
        ...{ port, token, raise, count: asked.count, rows: asked.importedRows, say: asked.say },
        folder: year.folder,
        entities: await sensorsOf(hub),
      });
      const seen = [besides.quiet, besides.charts, imports.quiet, imports.busy];
      const lost = contacts - seen.reduce((sum, some) => sum + some.length, 0);
      return { ...besides, imports, lost };
    } finally {
      await witness.close();
      await hub.remove();
    }
  });

async function sensorsOf({ api }: HubProcess): Promise<string[]> {
  const { devices } = await api.call('devices');
  const entities = devices.flatMap((device) => Object.values(device.entities));
  return entities.filter(({ component }) => component === 'sensor').map(({ id }) => id);
}

/** Raises the next so many contacts of a place, each once. */
function raiserOf(place: Place, witness: Witness) {
  const topics = contactTopics(place);
  return (count: number) => witness.raise(topics.splice(0, count), sirenTopic(place), ALARM_EVERY_MS);
}

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
  asker: { readonly port: number; readonly token: string },
  { entities, from, to }: Year,
  raise: (count: number) => Promise<readonly number[]>,
  turns: number,
  say: (line: string) => void,
) {
  const paths = entities.map((entity) => `/api/history/${entity}?from=${from}&to=${to}`);
  const seen = { quiet: [] as number[], charts: [] as number[] };
  const rates: number[] = [];
  const screens: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    // Quiet, charts, charts, quiet …: neither is always the later one.
    const isQuiet = turn % 4 === 0 || turn % 4 === 3;
    say(`turn ${turn + 1} of ${turns}: ${isQuiet ? 'quiet' : 'beside charts'}`);
    if (isQuiet) {
      seen.quiet.push(...(await raise(TURN)));
      screens.push(await drawScreen({ ...asker, paths: paths.slice(0, SCREEN_CHARTS) }));
      continue;
    }
    const asking = await startAsking({ ...asker, paths });
    seen.charts.push(...(await raise(TURN)));
    rates.push(await asking.stop());
  }
  return { ...seen, chartsPerS: Math.round(median(rates)), screenMs: rounded(median(screens), 1) };
}

export const p50 = (latencies: readonly number[]): number => rounded(median(latencies), 3);
export const p90 = (latencies: readonly number[]): number => rounded(quantile(latencies, 0.9), 3);
