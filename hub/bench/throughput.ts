import type { Bench, Given, Outcome } from './bench.ts';
import { type Contestant, createTurns, inTurn, type Name, type Place, prefixOf } from './contestant.ts';
import { median, rounded } from './figures.ts';
import { atLeast, atMost, ratioOf } from './judged.ts';
import { rssMb } from './program.ts';
import { highestThatHolds } from './ramp.ts';
import { leaveLastCore, ration } from './smallCore.ts';
import { withRunning, withStand } from './stand.ts';
import { type Trial, tryRate } from './trial.ts';

const SENSORS = 100;
/** Each trial raises one. */
const CONTACTS = 40;
/** Beyond 200,000 a second Mosquitto would be the limit anyhow. */
const SEARCH = { from: 4_000, upTo: 200_000, bisections: 3 };

type Round = {
  readonly system: Name;
  readonly round: number;
  readonly sustainedPerS: number;
  /** Why the lowest rate that failed did: `not offered` is the broker's or the sender's limit, not the system's. */
  readonly stoppedBy: Trial['why'];
  /** Processor time for one reading at that rate, µs; null: none held. */
  readonly cpuUs: number | null;
  /** Memory right after the last trial, MB. */
  readonly rssMb: number;
  readonly trials: readonly Trial[];
};

/**
 * How many readings a second are taken in for good. Both know each sensor's last value and hold it against a limit; the hub
 * stores every reading besides, Node-RED none. Same topics, payloads and quality of service, the same MQTT 3.1.1.
 *
 * The system has to be what gives in first. On two quick cores that all share it was Mosquitto and the sender: at 55,000 a second
 * they could bring no more. So these have the other cores for themselves, and the system, with all its threads, has a quarter of the
 * last one: about a core of a Raspberry Pi. The hub's second thread gains nothing by that: on a real Pi it has a core of its own.
 * A rate counts as sustained when every reading was taken in (the hub: found in its history; Node-RED: by its own count) and no more
 * than a second's worth was still in line at the end.
 */
export const THROUGHPUT: Bench = {
  summary: 'readings a second that are kept up with, every one stored, beside Node-RED, which stores none',
  knobs: {
    rounds: { usual: 3, of: 'interleaved rounds; medians are taken over them' },
    seconds: { usual: 20, of: 'length of each trial' },
    qos: {
      usual: 0,
      of: 'quality of service with which readings are published, 0 (as most devices speak) or 1',
    },
    share: { usual: 25, of: 'of one core, for the system with all its threads, %' },
  },
  peer: 'usual',
  run: (given) => {
    leaveLastCore();
    return withStand({ nodeRed: given.withNodeRed ? 'works' : 'none' }, ({ broker, contestants }) =>
      measure(given, contestants, broker.port),
    );
  },
};

async function measure(
  given: Given,
  contestants: readonly Contestant[],
  brokerPort: number,
): Promise<Outcome> {
  const rounds: Round[] = [];
  const count = given.number('rounds');
  for (let round = 1; round <= count; round++) {
    given.say(`round ${round} of ${count}`);
    const order = inTurn(contestants, round);
    // All of them run; they are tried in turn, rate by rate, so that nobody has the quiet minute for itself.
    const takeTurn = createTurns();
    const found = order.map((contestant) =>
      measureOne(contestant, brokerPort, round, { ...given, takeTurn }),
    );
    rounds.push(...(await Promise.all(found)));
  }
  return reportOf(
    contestants.map(({ name }) => name),
    rounds,
  );
}

type Turns = { readonly takeTurn: ReturnType<typeof createTurns> };

async function measureOne(
  contestant: Contestant,
  brokerPort: number,
  round: number,
  { number, say, takeTurn }: Given & Turns,
): Promise<Round> {
  const { name } = contestant;
  const prefix = prefixOf(contestant, String(round));
  const place: Place = { brokerPort, prefix, contacts: CONTACTS, sensors: SENSORS };
  const qos = number('qos') === 0 ? 0 : 1;
  return withRunning(contestant, place, async ({ pid }, witness) => {
    const trials: Trial[] = [];
    const tried = { contestant, place, pid, witness };
    const letGo = await ration(pid, number('share') / 100);
    const sustainedPerS = await highestThatHolds(SEARCH, (perSecond) =>
      takeTurn(async () => {
        const trial = await tryRate(tried, { perSecond, seconds: number('seconds'), qos }, trials.length);
        trials.push(trial);
        say(`  ${name} ${perSecond}/s: ${sayOf(trial)}`);
        return trial.why === null;
      }),
    );
    await letGo();
    const failed = trials.filter(({ why }) => why !== null).sort((a, b) => a.perSecond - b.perSecond);
    const stoppedBy = failed[0]?.why ?? null;
    const cpuUs =
      trials.findLast((each) => each.why === null && each.perSecond === sustainedPerS)?.cpuUs ?? null;
    return { system: name, round, sustainedPerS, stoppedBy, cpuUs, rssMb: rounded(rssMb(pid), 1), trials };
  });
}

const sayOf = ({ lagMs, taken, readings, offeredPerS, cpuUs, why }: Trial): string =>
  `${why ?? 'held'}, ${lagMs ?? '-'} ms behind, ${offeredPerS}/s offered, ${cpuUs} µs of processor each` +
  `, ${taken} of ${readings} taken in`;

function reportOf(names: readonly Name[], rounds: readonly Round[]): Outcome {
  const medians = names.map((system) => {
    const mine = rounds.filter((each) => each.system === system);
    return {
      system,
      sustainedPerS: Math.round(median(mine.map(({ sustainedPerS }) => sustainedPerS))),
      cpuUs: rounded(median(mine.flatMap((each) => each.cpuUs ?? [])), 1),
      rssMb: rounded(median(mine.map((each) => each.rssMb)), 1),
      byRound: mine.map(({ sustainedPerS }) => sustainedPerS),
      stoppedBy: mine.map(({ stoppedBy }) => stoppedBy ?? 'nothing'),
    };
  });
  const of = (name: Name) => medians.find(({ system }) => system === name)?.sustainedPerS;
  const ours = rounds.filter(({ system }) => system === 'homeward').flatMap(({ trials }) => trials);
  const held = ours.filter(({ why }) => why === null);
  const lost = held.reduce((sum, { readings, taken }) => sum + readings - taken, 0);
  return {
    tables: [
      {
        title: 'Readings a second that were kept up with',
        rows: [
          ['system', 'readings/s', 'by round', 'processor µs each', 'beyond it', 'memory after it MB'],
          ...medians.map((each) => [
            each.system,
            each.sustainedPerS,
            each.byRound.join(' '),
            each.cpuUs,
            each.stoppedBy.join(', '),
            each.rssMb,
          ]),
        ],
      },
    ],
    data: { rounds, medians },
    limits: [
      ...atLeast('readings/s, all stored / node-red', ratioOf(of('homeward'), of('node-red')), 2, '×'),
      ...atMost('readings that were kept up with and are not stored', lost, 0, 'readings'),
    ],
  };
}
