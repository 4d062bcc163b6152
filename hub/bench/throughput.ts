import type { Bench, Given, Outcome } from './bench.ts';
import { type Contestant, inTurn, type Name, type Place, prefixOf } from './contestant.ts';
import { median, rounded } from './figures.ts';
import { atLeast, atMost, ratioOf } from './judged.ts';
import { rssMb } from './program.ts';
import { highestThatHolds } from './ramp.ts';
import { withRunning, withStand } from './stand.ts';
import { type Trial, tryRate } from './trial.ts';

const SENSORS = 100;
/** Each trial raises one. */
const CONTACTS = 40;
const SEARCH = { from: 2_000, upTo: 60_000, bisections: 3 };

type Round = {
  readonly system: Name;
  readonly round: number;
  readonly sustainedPerS: number;
  /** Memory right after the last trial, MB. */
  readonly rssMb: number;
  readonly trials: readonly Trial[];
};

/** How many readings a second are taken in for good; the hub stores every one, Node-RED none. */
export const THROUGHPUT: Bench = {
  summary: 'readings a second that are kept up with, every one stored, beside Node-RED, which stores none',
  knobs: {
    rounds: { usual: 3, of: 'interleaved rounds; medians are taken over them' },
    seconds: { usual: 5, of: 'length of each trial' },
  },
  peer: 'usual',
  run: (given) =>
    withStand({ nodeRed: given.withNodeRed }, ({ broker, contestants }) =>
      measure(given, contestants, broker.port),
    ),
};

async function measure(
  given: Given,
  contestants: readonly Contestant[],
  brokerPort: number,
): Promise<Outcome> {
  const rounds: Round[] = [];
  const count = given.number('rounds');
  for (let round = 1; round <= count; round++) {
    for (const contestant of inTurn(contestants, round)) {
      given.say(`round ${round} of ${count}: ${contestant.name}`);
      rounds.push(await measureRound(contestant, brokerPort, round, given));
    }
  }
  return reportOf(
    contestants.map(({ name }) => name),
    rounds,
  );
}

async function measureRound(
  contestant: Contestant,
  brokerPort: number,
  round: number,
  given: Given,
): Promise<Round> {
  const prefix = prefixOf(contestant, String(round));
  const place: Place = { brokerPort, prefix, contacts: CONTACTS, sensors: SENSORS };
  return withRunning(contestant, place, async ({ pid }, witness) => {
    const trials: Trial[] = [];
    const sustainedPerS = await highestThatHolds(SEARCH, async (rate) => {
      const trial = await tryRate(
        { contestant, place, pid, witness },
        rate,
        given.number('seconds'),
        trials.length,
      );
      trials.push(trial);
      given.say(`  ${rate}/s: ${sayOf(trial)}`);
      return trial.why === null;
    });
    return { system: contestant.name, round, sustainedPerS, rssMb: rounded(rssMb(pid), 1), trials };
  });
}

const sayOf = ({ lagMs, stored, readings, offeredPerS, cpuUs, why }: Trial): string =>
  `${why ?? 'held'}, ${lagMs ?? '-'} ms behind, ${offeredPerS}/s offered, ${cpuUs} µs of processor each` +
  (stored === null ? '' : `, ${stored} of ${readings} stored`);

function reportOf(names: readonly Name[], rounds: readonly Round[]): Outcome {
  const medians = names.map((system) => {
    const mine = rounds.filter((each) => each.system === system);
    return {
      system,
      sustainedPerS: Math.round(median(mine.map(({ sustainedPerS }) => sustainedPerS))),
      rssMb: rounded(median(mine.map((each) => each.rssMb)), 1),
      byRound: mine.map(({ sustainedPerS }) => sustainedPerS),
    };
  });
  const of = (name: Name) => medians.find(({ system }) => system === name)?.sustainedPerS;
  const ours = rounds.filter(({ system }) => system === 'homeward').flatMap(({ trials }) => trials);
  const held = ours.filter(({ why }) => why === null);
  const lost = held.some(({ stored }) => stored === null)
    ? Number.NaN
    : held.reduce((sum, { readings, stored }) => sum + readings - (stored ?? 0), 0);
  return {
    tables: [
      {
        title: 'Readings a second that were kept up with',
        rows: [
          ['system', 'readings/s', 'by round', 'memory after it MB'],
          ...medians.map((each) => [each.system, each.sustainedPerS, each.byRound.join(' '), each.rssMb]),
        ],
      },
    ],
    data: { rounds, medians, isSenderTheLimit: ours.some(({ why }) => why === 'not offered') },
    limits: [
      ...atLeast('readings/s, all stored / node-red', ratioOf(of('homeward'), of('node-red')), 2, '×'),
      ...atMost('readings that were kept up with and are not stored', lost, 0, 'readings'),
    ],
  };
}
