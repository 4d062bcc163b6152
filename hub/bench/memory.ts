import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Given, Outcome } from './bench.ts';
import { type Contestant, inTurn, type Name, type Place, prefixOf, sensorTopics } from './contestant.ts';
import { median, quantile, rounded } from './figures.ts';
import { atMost, ratioOf } from './judged.ts';
import { startLoad } from './load.ts';
import { rssMb } from './program.ts';
import { withRunning, withStand } from './stand.ts';
import { restingRssMb } from './watch.ts';

/** One system in one round, MB. */
type Round = {
  readonly system: Name;
  readonly round: number;
  readonly idleMb: number;
  readonly busyMb: number;
};

/** Readings of an hour, one after the other without a pause. */
type Soak = {
  readonly readings: number;
  readonly perSecond: number;
  /** Middle value of each tenth of the time, MB. */
  readonly tenthsMb: readonly number[];
};

const SENSORS = 100;
const READINGS_PER_S = 1_000;
const IDLE_MS = 20_000;
/** The last part of a phase, over which memory is watched, ms. */
const WATCH_MS = 5_000;
const TENTHS = 10;

/** What the hub holds, at rest, at work, and after an hour of work. */
export const MEMORY: Bench = {
  summary: 'memory at rest, beside 1,000 readings a second, and over the readings of an hour',
  knobs: {
    rounds: { usual: 3, of: 'interleaved rounds; medians are taken over them' },
    seconds: { usual: 60, of: 'how long 1,000 readings a second run in each round' },
    readings: { usual: 3_600_000, of: 'readings of the long run: an hour at 1,000 a second' },
    rate: { usual: 10_000, of: 'readings a second in the long run' },
  },
  peer: 'asked',
  run: (given) =>
    withStand(
      { nodeRed: given.withNodeRed ? 'looks' : 'none' },
      async ({ broker, contestants, homeward }) => {
        const rounds: Round[] = [];
        const count = given.number('rounds');
        for (let round = 1; round <= count; round++) {
          for (const contestant of inTurn(contestants, round)) {
            given.say(`round ${round} of ${count}: ${contestant.name}`);
            rounds.push(await measureRound(contestant, broker.port, round, given));
          }
        }
        const soak = await measureSoak(homeward, broker.port, given);
        return reportOf(
          contestants.map(({ name }) => name),
          rounds,
          soak,
        );
      },
    ),
};

async function measureRound(
  contestant: Contestant,
  brokerPort: number,
  round: number,
  given: Given,
): Promise<Round> {
  const prefix = prefixOf(contestant, String(round));
  const place: Place = { brokerPort, prefix, contacts: 1, sensors: SENSORS };
  return withRunning(contestant, place, async ({ pid }) => {
    await sleep(IDLE_MS - WATCH_MS);
    const idleMb = await restingRssMb(pid, WATCH_MS);
    const load = await startLoad({ brokerPort, topics: sensorTopics(place), perSecond: READINGS_PER_S });
    await sleep(Math.max(0, 1_000 * given.number('seconds') - WATCH_MS));
    const busyMb = await restingRssMb(pid, WATCH_MS);
    await load.stop();
    return { system: contestant.name, round, idleMb, busyMb };
  });
}

async function measureSoak(contestant: Contestant, brokerPort: number, given: Given): Promise<Soak> {
  const place: Place = { brokerPort, prefix: prefixOf(contestant, 'soak'), contacts: 1, sensors: SENSORS };
  const readings = given.number('readings');
  const perSecond = given.number('rate');
  given.say(`${readings} readings at ${perSecond}/s: ${Math.round(readings / perSecond)} s`);
  return withRunning(contestant, place, async ({ pid }) => {
    const load = await startLoad({ brokerPort, topics: sensorTopics(place), perSecond, readings });
    const seen: number[] = [];
    const watching = setInterval(() => seen.push(rssMb(pid)), 250);
    const sent = await load.done;
    clearInterval(watching);
    const tenthsMb = Array.from({ length: TENTHS }, (_, nth) => {
      const [from, to] = [nth, nth + 1].map((edge) => Math.floor((edge * seen.length) / TENTHS));
      return rounded(median(seen.slice(from, to)), 1);
    });
    return { ...sent, tenthsMb };
  });
}

function reportOf(names: readonly Name[], rounds: readonly Round[], soak: Soak): Outcome {
  const medians = names.map((system) => {
    const mine = rounds.filter((each) => each.system === system);
    return {
      system,
      idleMb: median(mine.map(({ idleMb }) => idleMb)),
      busyMb: median(mine.map(({ busyMb }) => busyMb)),
      ratio: rounded(median(mine.map(({ idleMb, busyMb }) => busyMb / idleMb))),
    };
  });
  const of = (name: Name) => medians.find(({ system }) => system === name);
  return {
    tables: [
      {
        title: `Memory, ${SENSORS} devices, MB`,
        rows: [
          ['system', 'at rest', '1,000 readings/s', 'ratio'],
          ...medians.map(({ system, idleMb, busyMb, ratio }) => [system, idleMb, busyMb, ratio]),
        ],
      },
      {
        title: `homeward over ${soak.readings} readings at ${soak.perSecond}/s, MB in each tenth of the time`,
        rows: [soak.tenthsMb],
      },
    ],
    data: { rounds, medians, soak },
    limits: [
      ...atMost('memory at rest', of('homeward')?.idleMb, 120, 'MB'),
      ...atMost('memory at rest / node-red', ratioOf(of('homeward')?.idleMb, of('node-red')?.idleMb), 1, '×'),
      ...atMost('memory at 1,000 readings/s / at rest', of('homeward')?.ratio, 1.3, '×'),
      ...atMost("memory at the end of an hour's readings / in its first half", growthOf(soak), 1.1, '×'),
    ],
  };
}

/** The last tenth over the most that the first half held: what only breathes does not grow. */
const growthOf = ({ tenthsMb }: Soak): number =>
  (tenthsMb.at(-1) ?? Number.NaN) / quantile(tenthsMb.slice(0, TENTHS / 2), 1);
