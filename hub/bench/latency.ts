import { setTimeout as sleep } from 'node:timers/promises';
import { type Mosquitto, startMosquitto } from '../test/brokers/mosquitto.ts';
import { type Contestant, contactTopic, type Place, sensorTopic, sirenTopic } from './contestant.ts';
import { median, quantile, rounded } from './figures.ts';
import { createHomeward } from './homeward.ts';
import { startLoad } from './load.ts';
import { createNodeRed } from './nodeRed.ts';
import { rssMb } from './program.ts';
import { createRelay } from './relay.ts';
import { Witness } from './witness.ts';

export type LatencyOptions = {
  readonly rounds: number;
  /** Contacts that are raised in each round, without and with readings beside them. */
  readonly count: number;
  readonly withNodeRed: boolean;
  readonly say: (line: string) => void;
};

type Name = Contestant['name'];
type Condition = 'quiet' | 'busy';

/** One system in one round. */
export type Sample = {
  readonly system: Name;
  readonly round: number;
  readonly condition: Condition;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly maxMs: number;
  readonly lost: number;
  /** Readings a second that really went out beside the alarms. */
  readonly readingsPerS: number;
};

export type LatencyReport = {
  readonly options: { readonly rounds: number; readonly count: number };
  readonly samples: readonly Sample[];
  /** Medians over the rounds. */
  readonly medians: readonly {
    system: Name;
    condition: Condition;
    p50Ms: number;
    p90Ms: number;
    lost: number;
  }[];
  readonly idleRssMb: Partial<Record<Name, number>>;
  readonly firstAlarmMs: Partial<Record<Name, number>>;
  /** Our medians over those of another system. */
  readonly ratios: Readonly<Record<string, number>>;
};

const ALARM_EVERY_MS = 100;
const READINGS_PER_S = 1_000;
const SENSORS = 100;
/** Readings run for so long before the first alarm, ms. */
const SETTLE_MS = 2_000;
const IDLE_MS = 20_000;
const FIRST_ALARM_LIMIT_MS = 60_000;

/** Alarm latency of the hub, of the floor and of a peer, over one broker, rounds interleaved. */
export async function measureLatency(options: LatencyOptions): Promise<LatencyReport> {
  const { say } = options;
  const nodeRed = options.withNodeRed ? createNodeRed() : null;
  const contestants = [createRelay(), createHomeward(), ...(nodeRed === null ? [] : [nodeRed])];
  const broker = await startMosquitto({ lines: ['max_queued_messages 100000'] });
  try {
    const samples: Sample[] = [];
    const firsts: { system: Name; ms: number }[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      // Another one begins in each round: nobody always has the quiet minute.
      const order = contestants.map((_, at) => contestants[(at + round) % contestants.length] as Contestant);
      for (const contestant of order) {
        say(`round ${round} of ${options.rounds}: ${contestant.name}`);
        samples.push(...(await measureRound(contestant, broker, round, options.count)));
        firsts.push({ system: contestant.name, ms: await measureFirst(contestant, broker, round) });
      }
    }
    const idleRssMb = await measureIdle(contestants, broker, say);
    return reportOf(options, samples, firsts, idleRssMb);
  } finally {
    await broker.remove();
    nodeRed?.remove();
  }
}

const letterOf = ({ name }: Contestant): string => name.replace('-', '');

async function measureRound(
  contestant: Contestant,
  broker: Mosquitto,
  round: number,
  count: number,
): Promise<Sample[]> {
  const prefix = `${letterOf(contestant)}${round}`;
  const place: Place = { brokerPort: broker.port, prefix, contacts: 2 * count, sensors: SENSORS };
  const witness = await Witness.open(broker.port);
  const topics = Array.from({ length: 2 * count }, (_, n) => contactTopic(place, n));
  await contestant.prepare(place);
  const running = contestant.launch(place);
  try {
    await contestant.ready(place, running);
    await sleep(SETTLE_MS);
    const siren = sirenTopic(place);
    const quiet = await witness.raise(topics.slice(0, count), siren, ALARM_EVERY_MS);
    const readings = Array.from({ length: SENSORS }, (_, n) => sensorTopic(place, n));
    const load = await startLoad({ brokerPort: broker.port, topics: readings, perSecond: READINGS_PER_S });
    await sleep(SETTLE_MS);
    const busy = await witness.raise(topics.slice(count), siren, ALARM_EVERY_MS);
    const rate = await load.stop();
    return [
      sampleOf(contestant.name, round, 'quiet', quiet, count, 0),
      sampleOf(contestant.name, round, 'busy', busy, count, rate),
    ];
  } finally {
    await running.stop();
    await contestant.clean(place);
    await witness.close();
  }
}

function sampleOf(
  system: Name,
  round: number,
  condition: Condition,
  latencies: readonly number[],
  count: number,
  readingsPerS: number,
): Sample {
  return {
    system,
    round,
    condition,
    p50Ms: rounded(median(latencies), 3),
    p90Ms: rounded(quantile(latencies, 0.9), 3),
    maxMs: rounded(Math.max(...latencies), 3),
    lost: count - latencies.length,
    readingsPerS,
  };
}

/** From the start of the process until its first siren command; the contact is raised all the time. */
async function measureFirst(contestant: Contestant, broker: Mosquitto, round: number): Promise<number> {
  const prefix = `${letterOf(contestant)}start${round}`;
  const place: Place = { brokerPort: broker.port, prefix, contacts: 1, sensors: 0 };
  const witness = await Witness.open(broker.port);
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
  broker: Mosquitto,
  say: (line: string) => void,
): Promise<Partial<Record<Name, number>>> {
  const found: Partial<Record<Name, number>> = {};
  for (const contestant of contestants) {
    say(`memory at rest: ${contestant.name}`);
    const prefix = `${letterOf(contestant)}idle`;
    const place: Place = { brokerPort: broker.port, prefix, contacts: 10, sensors: 10 };
    await contestant.prepare(place);
    const running = contestant.launch(place);
    try {
      await contestant.ready(place, running);
      await sleep(IDLE_MS);
      found[contestant.name] = rounded(rssMb(running.pid), 1);
    } finally {
      await running.stop();
      await contestant.clean(place);
    }
  }
  return found;
}

function reportOf(
  { rounds, count }: LatencyOptions,
  samples: readonly Sample[],
  firsts: readonly { system: Name; ms: number }[],
  idleRssMb: LatencyReport['idleRssMb'],
): LatencyReport {
  const names = [...new Set(samples.map(({ system }) => system))].sort();
  const medians = names.flatMap((system) =>
    (['quiet', 'busy'] as const).map((condition) => {
      const mine = samples.filter((each) => each.system === system && each.condition === condition);
      return {
        system,
        condition,
        p50Ms: rounded(median(mine.map(({ p50Ms }) => p50Ms)), 3),
        p90Ms: rounded(median(mine.map(({ p90Ms }) => p90Ms)), 3),
        lost: mine.reduce((sum, { lost }) => sum + lost, 0),
      };
    }),
  );
  const firstAlarmMs = Object.fromEntries(
    names.map((name) => [
      name,
      Math.round(median(firsts.filter(({ system }) => system === name).map(({ ms }) => ms))),
    ]),
  );
  return { options: { rounds, count }, samples, medians, idleRssMb, firstAlarmMs, ratios: ratiosOf(medians) };
}

function ratiosOf(medians: LatencyReport['medians']): Record<string, number> {
  const p50 = (system: Name, condition: Condition) =>
    medians.find((each) => each.system === system && each.condition === condition)?.p50Ms;
  const ratios: Record<string, number> = {};
  for (const condition of ['quiet', 'busy'] as const) {
    for (const other of ['c-relay', 'node-red'] as const) {
      const theirs = p50(other, condition);
      const ours = p50('homeward', condition);
      if (theirs === undefined || ours === undefined) continue;
      ratios[`${condition} p50 / ${other}`] = rounded(ours / theirs);
    }
  }
  return ratios;
}
