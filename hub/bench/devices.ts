import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Given, Outcome } from './bench.ts';
import {
  type Contestant,
  contactTopics,
  devicesOf,
  inTurn,
  type Place,
  prefixOf,
  sensorTopics,
  sirenTopic,
} from './contestant.ts';
import { median, quantile, rounded } from './figures.ts';
import { atMost } from './judged.ts';
import { startLoad } from './load.ts';
import { withRunning, withStand } from './stand.ts';
import { restingRssMb } from './watch.ts';

/** One hub of so many devices in one round. */
type Round = {
  readonly devices: number;
  readonly round: number;
  readonly alarms: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly lost: number;
  /** Nobody speaks. */
  readonly idleMb: number;
  /** Every device speaks, in all 1,000 readings a second. */
  readonly busyMb: number;
  readonly readingsPerS: number;
};

const FEW = 10;
const READINGS_PER_S = 1_000;
const ALARM_EVERY_MS = 100;
/** So that ten devices have enough contacts to raise; 64 is the most that a device may have. */
const CONTACTS_PER_DEVICE = 50;
const IDLE_MS = 10_000;
const SETTLE_MS = 5_000;
const WATCH_MS = 5_000;

/** What a large home costs, at the same number of readings. */
export const DEVICES: Bench = {
  summary: 'alarm latency and memory with 10 and with 1,000 devices that say equally much in all',
  knobs: {
    rounds: { usual: 3, of: 'interleaved rounds; medians are taken over them' },
    count: { usual: 100, of: 'contacts that are raised in each round' },
    devices: { usual: 1_000, of: 'devices of the large home' },
    entities: { usual: 1, of: 'entities of each device; all but the first only stand there' },
  },
  peer: 'none',
  run: (given) =>
    withStand({}, async ({ broker, homeward }) => {
      const rounds: Round[] = [];
      const count = given.number('rounds');
      for (let round = 1; round <= count; round++) {
        for (const devices of inTurn([FEW, given.number('devices')], round)) {
          given.say(`round ${round} of ${count}: ${devices} devices`);
          rounds.push(await measureRound(homeward, broker.port, round, devices, given));
        }
      }
      return reportOf(rounds, given.number('devices'));
    }),
};

async function measureRound(
  hub: Contestant,
  brokerPort: number,
  round: number,
  devices: number,
  given: Given,
): Promise<Round> {
  const contacts = given.number('count');
  const sensors = devices - 1 - Math.ceil(contacts / CONTACTS_PER_DEVICE);
  if (sensors < 1) throw new Error(`${contacts} contacts are too many for ${devices} devices.`);
  const prefix = prefixOf(hub, `${devices}x${round}`);
  const place: Place = {
    brokerPort,
    prefix,
    contacts,
    sensors,
    entitiesPerSensor: given.number('entities'),
    contactsPerDevice: CONTACTS_PER_DEVICE,
  };
  return withRunning(hub, place, async ({ pid }, witness) => {
    await sleep(IDLE_MS - WATCH_MS);
    const idleMb = await restingRssMb(pid, WATCH_MS);
    const load = await startLoad({ brokerPort, topics: sensorTopics(place), perSecond: READINGS_PER_S });
    await sleep(SETTLE_MS);
    const latencies = await witness.raise(contactTopics(place), sirenTopic(place), ALARM_EVERY_MS);
    const busyMb = await restingRssMb(pid, WATCH_MS);
    const { perSecond } = await load.stop();
    return {
      devices: devicesOf(place),
      round,
      alarms: contacts,
      p50Ms: rounded(median(latencies), 3),
      p90Ms: rounded(quantile(latencies, 0.9), 3),
      lost: contacts - latencies.length,
      idleMb,
      busyMb,
      readingsPerS: perSecond,
    };
  });
}

function reportOf(rounds: readonly Round[], many: number): Outcome {
  const medians = [FEW, many].map((devices) => {
    const mine = rounds.filter((each) => each.devices === devices);
    const of = (figure: (round: Round) => number) => rounded(median(mine.map(figure)), 3);
    return {
      devices,
      p50Ms: of(({ p50Ms }) => p50Ms),
      p90Ms: of(({ p90Ms }) => p90Ms),
      idleMb: of(({ idleMb }) => idleMb),
      busyMb: of(({ busyMb }) => busyMb),
      lost: mine.reduce((sum, { lost }) => sum + lost, 0),
    };
  });
  const [few, large] = medians;
  if (few === undefined || large === undefined) throw new Error('There was no round.');
  const perDeviceKb = (of: 'idleMb' | 'busyMb') =>
    rounded((1_000 * (large[of] - few[of])) / (large.devices - few.devices), 1);
  const data = { idleKbPerDevice: perDeviceKb('idleMb'), busyKbPerDevice: perDeviceKb('busyMb') };
  return {
    tables: [
      {
        title: `Homes of ${FEW} and ${many} devices, ${READINGS_PER_S} readings a second in all`,
        rows: [
          ['devices', 'p50 ms', 'p90 ms', 'lost', 'at rest MB', 'at work MB'],
          ...medians.map((each) => [
            each.devices,
            each.p50Ms.toFixed(2),
            each.p90Ms.toFixed(2),
            each.lost,
            each.idleMb,
            each.busyMb,
          ]),
        ],
      },
    ],
    data: { rounds, medians, ...data },
    limits: [
      ...atMost(`alarm p50, ${many} devices / ${FEW}`, large.p50Ms / few.p50Ms, 1.3, '×'),
      ...atMost('alarms lost', few.lost + large.lost, 0, 'alarms'),
      ...atMost('memory a device, at rest', data.idleKbPerDevice, 20, 'KB'),
      ...atMost('memory a device, at work', data.busyKbPerDevice, 20, 'KB'),
    ],
  };
}
