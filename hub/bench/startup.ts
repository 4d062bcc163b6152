import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Outcome } from './bench.ts';
import {
  type Contestant,
  contactTopic,
  devicesOf,
  inTurn,
  type Name,
  type Place,
  prefixOf,
  sirenTopic,
} from './contestant.ts';
import { median } from './figures.ts';
import { atMost, ratioOf } from './judged.ts';
import { withStand } from './stand.ts';
import { Witness } from './witness.ts';

/** One start. Milliseconds from the start of the process. */
type Start = {
  readonly system: Name;
  readonly devices: number;
  readonly round: number;
  readonly listeningMs: number;
  readonly firstAlarmMs: number;
};

const FEW = 10;
const ASK_EVERY_MS = 5;
const LIMIT_MS = 60_000;

/** From the start of the program to somebody who watches. A new process each time; its files are in memory. */
export const STARTUP: Bench = {
  summary: 'from the start until it listens, and until the first alarm is handled, with 10 and 1,000 devices',
  knobs: {
    rounds: { usual: 5, of: 'interleaved rounds; medians are taken over them' },
    devices: { usual: 1_000, of: 'devices of the large home' },
  },
  peer: 'usual',
  run: (given) =>
    withStand({ nodeRed: given.withNodeRed ? 'looks' : 'none' }, async ({ broker, contestants }) => {
      const rounds = given.number('rounds');
      const homes = [FEW, given.number('devices')];
      const starts: Start[] = [];
      const places = contestants.flatMap((contestant) =>
        homes.map((devices) => ({ contestant, place: placeOf(contestant, broker.port, devices) })),
      );
      try {
        for (const { contestant, place } of places) {
          given.say(`${contestant.name} gets to know ${devicesOf(place)} devices`);
          await contestant.prepare(place);
        }
        for (let round = 1; round <= rounds; round++) {
          given.say(`round ${round} of ${rounds}`);
          for (const { contestant, place } of inTurn(places, round)) {
            starts.push(await measureStart(contestant, place, round));
          }
        }
      } finally {
        for (const { contestant, place } of places) await contestant.clean(place);
      }
      return reportOf(
        contestants.map(({ name }) => name),
        homes,
        starts,
      );
    }),
};

/** A contact, a siren, and sensors. */
const placeOf = (contestant: Contestant, brokerPort: number, devices: number): Place => ({
  brokerPort,
  prefix: prefixOf(contestant, `start${devices}`),
  contacts: 1,
  sensors: devices - 2,
});

async function measureStart(contestant: Contestant, place: Place, round: number): Promise<Start> {
  const witness = await Witness.open(place.brokerPort);
  let stop = async () => {};
  let listening = Promise.resolve(Number.NaN);
  try {
    contestant.renew(place);
    const start = () => {
      const running = contestant.launch(place);
      stop = () => running.stop();
      listening = untilListening(contestant, place);
    };
    const topic = contactTopic(place, 0);
    const firstAlarmMs = await witness.untilFirst(topic, sirenTopic(place), start, LIMIT_MS);
    const times = {
      listeningMs: Math.round(await listening),
      firstAlarmMs: Math.round(firstAlarmMs),
    };
    return { system: contestant.name, devices: devicesOf(place), round, ...times };
  } finally {
    await stop();
    await witness.close();
  }
}

async function untilListening(contestant: Contestant, place: Place): Promise<number> {
  const since = performance.now();
  while (!(await contestant.isListening(place))) {
    if (performance.now() - since > LIMIT_MS) return Number.NaN;
    await sleep(ASK_EVERY_MS);
  }
  return performance.now() - since;
}

function reportOf(names: readonly Name[], homes: readonly number[], starts: readonly Start[]): Outcome {
  const medians = names.flatMap((system) =>
    homes.map((devices) => {
      const mine = starts.filter((each) => each.system === system && each.devices === devices);
      return {
        system,
        devices,
        listeningMs: median(mine.map(({ listeningMs }) => listeningMs)),
        firstAlarmMs: median(mine.map(({ firstAlarmMs }) => firstAlarmMs)),
      };
    }),
  );
  const of = (system: Name, devices: number) =>
    medians.find((each) => each.system === system && each.devices === devices)?.firstAlarmMs;
  return {
    tables: [
      {
        title: 'From the start of the process, ms',
        rows: [
          ['system', 'devices', 'listens', 'first alarm handled'],
          ...medians.map(({ system, devices, listeningMs, firstAlarmMs }) => [
            system,
            devices,
            listeningMs,
            firstAlarmMs,
          ]),
        ],
      },
    ],
    data: { starts, medians },
    limits: homes.flatMap((devices) =>
      atMost(
        `start to first alarm, ${devices} devices / node-red`,
        ratioOf(of('homeward', devices), of('node-red', devices)),
        1,
        '×',
      ),
    ),
  };
}
