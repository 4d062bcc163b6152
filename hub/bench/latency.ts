import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Given, Outcome } from './bench.ts';
import {
  type Contestant,
  contactTopic,
  contactTopics,
  inTurn,
  type Name,
  type Place,
  prefixOf,
  sensorTopics,
  sirenTopic,
} from './contestant.ts';
import { median, quantile, rounded } from './figures.ts';
import { LATE_MS, limitsOf, mediansOf, type Sample, tablesOf } from './latencyReport.ts';
import { startLoad } from './load.ts';
import { rssMb } from './program.ts';
import { withRunning, withStand } from './stand.ts';
import { Witness } from './witness.ts';

const ALARM_EVERY_MS = 100;
const READINGS_PER_S = 1_000;
const SENSORS = 100;
/** Readings run for so long before the first alarm, ms. */
const SETTLE_MS = 2_000;
const IDLE_MS = 20_000;
const FIRST_ALARM_LIMIT_MS = 60_000;

/** Alarm latency of the hub, of the floor and of a peer, over one broker, rounds interleaved. */
export const LATENCY: Bench = {
  summary: "from a smoke contact to the siren's command, against a C relay over the same Mosquitto",
  knobs: {
    rounds: { usual: 3, of: 'interleaved rounds; medians are taken over them' },
    count: { usual: 100, of: 'contacts that are raised in each round, each once' },
  },
  peer: 'asked',
  run: (given) =>
    withStand({ relay: true, nodeRed: given.withNodeRed ? 'looks' : 'none' }, ({ broker, contestants }) =>
      measure(given, contestants, broker.port),
    ),
};

async function measure(
  given: Given,
  contestants: readonly Contestant[],
  brokerPort: number,
): Promise<Outcome> {
  const rounds = given.number('rounds');
  const count = given.number('count');
  const samples: Sample[] = [];
  const firsts: { system: Name; ms: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of inTurn(contestants, round)) {
      given.say(`round ${round} of ${rounds}: ${contestant.name}`);
      samples.push(...(await measureRound(contestant, brokerPort, round, count)));
      firsts.push({ system: contestant.name, ms: await measureFirst(contestant, brokerPort, round) });
    }
  }
  const idleRssMb = await measureIdle(contestants, brokerPort, given.say);
  const names = contestants.map(({ name }) => name);
  const firstAlarmMs = Object.fromEntries(
    names.map((name) => [
      name,
      Math.round(median(firsts.filter(({ system }) => system === name).map(({ ms }) => ms))),
    ]),
  );
  const data = { samples, medians: mediansOf(samples), idleRssMb, firstAlarmMs };
  return { tables: tablesOf(data), data, limits: limitsOf(data) };
}

async function measureRound(
  contestant: Contestant,
  brokerPort: number,
  round: number,
  count: number,
): Promise<Sample[]> {
  const prefix = prefixOf(contestant, String(round));
  const place: Place = { brokerPort, prefix, contacts: 2 * count, sensors: SENSORS };
  const topics = contactTopics(place);
  const siren = sirenTopic(place);
  return withRunning(contestant, place, async (_, witness) => {
    await sleep(SETTLE_MS);
    const quiet = await witness.raise(topics.slice(0, count), siren, ALARM_EVERY_MS);
    const load = await startLoad({ brokerPort, topics: sensorTopics(place), perSecond: READINGS_PER_S });
    await sleep(SETTLE_MS);
    const busy = await witness.raise(topics.slice(count), siren, ALARM_EVERY_MS);
    const { perSecond } = await load.stop();
    const system = { system: contestant.name, round };
    return [
      { ...system, condition: 'quiet', ...spreadOf(quiet, count), readingsPerS: 0 },
      { ...system, condition: 'busy', ...spreadOf(busy, count), readingsPerS: perSecond },
    ];
  });
}

const spreadOf = (latencies: readonly number[], alarms: number) => ({
  alarms,
  p50Ms: rounded(median(latencies), 3),
  p90Ms: rounded(quantile(latencies, 0.9), 3),
  maxMs: rounded(Math.max(...latencies), 3),
  lost: alarms - latencies.length,
  late: latencies.filter((ms) => ms > LATE_MS).length,
});

/** From the start of the process until its first siren command; the contact is raised all the time. */
async function measureFirst(contestant: Contestant, brokerPort: number, round: number): Promise<number> {
  const prefix = prefixOf(contestant, `start${round}`);
  const place: Place = { brokerPort, prefix, contacts: 1, sensors: 0 };
  const witness = await Witness.open(brokerPort);
  await contestant.prepare(place);
  let stop = async () => {};
  try {
    const start = () => {
      const running = contestant.launch(place);
      stop = () => running.stop();
    };
    return await witness.untilFirst(contactTopic(place, 0), sirenTopic(place), start, FIRST_ALARM_LIMIT_MS);
  } finally {
    await stop();
    await contestant.clean(place);
    await witness.close();
  }
}

/** Memory after 20 s in which nothing happens, with ten contacts and ten sensors; models are not loaded. */
async function measureIdle(
  contestants: readonly Contestant[],
  brokerPort: number,
  say: (line: string) => void,
): Promise<Partial<Record<Name, number>>> {
  const found: Partial<Record<Name, number>> = {};
  for (const contestant of contestants) {
    say(`memory at rest: ${contestant.name}`);
    const place: Place = { brokerPort, prefix: prefixOf(contestant, 'idle'), contacts: 10, sensors: 10 };
    await withRunning(contestant, place, async ({ pid }) => {
      await sleep(IDLE_MS);
      found[contestant.name] = rounded(rssMb(pid), 1);
    });
  }
  return found;
}
