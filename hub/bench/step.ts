import type { Quantity } from '../src/devices/schema.ts';
import { unitOf } from '../src/devices/unit.ts';
import type { Fact } from '../src/house/facts.ts';
import { EMPTY_STORE, type House, houseFrom, wakeAt } from '../src/house/house.ts';
import { step } from '../src/house/step.ts';
import { rowsOf } from '../src/house/table.ts';
import type { Millis } from '../src/shared/time.ts';
import { announced, at, deviceAnnounced, reading, SENSOR } from '../test/builders.ts';
import type { Bench, Given, Outcome } from './bench.ts';
import { median, quantile, rounded } from './figures.ts';
import { atMost, ratioOf } from './judged.ts';

const SIZES = [10, 100, 1_000, 2_000] as const;

type Air = { readonly quantity: Quantity; readonly value: number; readonly wander: number };

/** What sensors of the air tell in good air, and by how much they wander. In the order in which devices are given them. */
const AIR: readonly Air[] = [
  { quantity: 'oxygen', value: 20.9, wander: 0.05 },
  { quantity: 'carbon_monoxide', value: 1, wander: 1 },
  { quantity: 'carbon_dioxide', value: 650, wander: 120 },
  { quantity: 'temperature', value: 21, wander: 1.5 },
  { quantity: 'humidity', value: 45, wander: 5 },
  { quantity: 'pm25', value: 6, wander: 3 },
  { quantity: 'lel_methane', value: 0.5, wander: 0.5 },
  { quantity: 'lel_lpg', value: 0.5, wander: 0.5 },
  { quantity: 'pressure', value: 1_013, wander: 4 },
  { quantity: 'pm10', value: 10, wander: 4 },
  { quantity: 'voc_index', value: 100, wander: 20 },
  { quantity: 'nitrogen_dioxide', value: 0.01, wander: 0.005 },
  { quantity: 'formaldehyde', value: 0.02, wander: 0.01 },
  { quantity: 'radon', value: 40, wander: 10 },
];

/** Every so many devices the room is used up: its oxygen holds a limit all the time. */
const STALE_EVERY = 10;
const STALE_OXYGEN = 20.2;

/** Readings that each home takes in before it is measured: the code is compiled, and a limit holds where it will. */
const WARM_UP = 100_000;

type Home = {
  readonly devices: number;
  house: House;
  now: Millis;
  nth: number;
  readonly sensors: readonly Sensor[];
  readonly roundsUs: number[];
};

type Sensor = Air & { readonly entityId: string; readonly unit: string | null };

/**
 * What one reading costs in the place that every reading goes through, whatever the home's size: processor time of all threads, with
 * the garbage that it leaves. What a busy neighbour adds is not in it, but for the caches that are shared with it.
 */
export const STEP: Bench = {
  summary: 'one reading through step, in homes of 10 to 2,000 devices, all quantities of the air mixed',
  knobs: {
    rounds: { usual: 9, of: 'rounds, the homes in turn; medians are taken over them' },
    readings: { usual: 100_000, of: 'of each home in each round, one each millisecond of house time' },
    entities: { usual: 4, of: 'sensors of each device' },
  },
  peer: 'none',
  run: async (given) => measure(given),
};

function measure(given: Given): Outcome {
  const homes = SIZES.map((devices) => homeOf(devices, given.number('entities')));
  const readings = given.number('readings');
  for (const home of homes) takeReadings(home, WARM_UP);
  for (let round = 1; round <= given.number('rounds'); round++) {
    for (const home of homes) {
      const before = process.cpuUsage();
      takeReadings(home, readings);
      const { user, system } = process.cpuUsage(before);
      home.roundsUs.push((user + system) / readings);
    }
    given.say(
      `round ${round}: ${homes.map(({ roundsUs }) => `${rounded(roundsUs.at(-1) ?? 0)} µs`).join(', ')}`,
    );
  }
  return reportOf(homes);
}

function homeOf(devices: number, entities: number): Home {
  let house = houseFrom(EMPTY_STORE);
  for (let device = 0; device < devices; device++) {
    const parts = Array.from({ length: entities }, (_, part) => {
      const { quantity } = airOf(device * entities + part);
      return announced(`${quantity}-${part}`, {
        quantity,
        config: { ...SENSOR, unit: unitOf(quantity, null) },
      });
    });
    house = step(house, deviceAnnounced(`device-${device}`, parts), at(0)).house;
  }
  house = step(house, { type: 'brokerFound' }, at(0)).house;
  return { devices, house, now: 0, nth: 0, sensors: sensorsOf(house), roundsUs: [] };
}

/** By the house's own words for them, as the wire has them. */
function sensorsOf({ devices }: House): Sensor[] {
  const air = new Map(AIR.map((each) => [each.quantity, each]));
  return [...rowsOf(devices.entities)].map(([, { id, deviceId, quantity, config }]) => {
    const { value, wander } = air.get(quantity) ?? airOf(0);
    const isStale = quantity === 'oxygen' && Number(deviceId.split('-')[1]) % STALE_EVERY === 0;
    return { entityId: id, quantity, unit: config.unit, value: isStale ? STALE_OXYGEN : value, wander };
  });
}

const airOf = (nth: number) => AIR[nth % AIR.length] as Air;

/** As the shell lets them in: what is due by the clock comes in its turn, and is part of the price. */
function takeReadings(home: Home, readings: number): void {
  for (let n = 0; n < readings; n++) {
    home.now += 1;
    settle(home, readingOf(home));
    const due = wakeAt(home.house);
    if (due !== null && due <= home.now) settle(home, { type: 'clockReached' });
  }
}

function settle(home: Home, fact: Fact): void {
  home.house = step(home.house, fact, at(home.now)).house;
}

/** The sensors by turns; the value wanders up and down, so that the next one is another one. */
function readingOf(home: Home): Fact {
  const nth = home.nth++;
  const { entityId, quantity, unit, value, wander } = home.sensors[nth % home.sensors.length] as Sensor;
  return reading(entityId, value + wander * (((nth * 7) % 13) / 6 - 1), { quantity, unit });
}

function reportOf(homes: readonly Home[]): Outcome {
  const figures = homes.map(({ devices, sensors, roundsUs }) => ({
    devices,
    sensors: sensors.length,
    medianUs: rounded(median(roundsUs)),
    slowestUs: rounded(quantile(roundsUs, 1)),
  }));
  const of = (devices: number) => figures.find((each) => each.devices === devices)?.medianUs;
  return {
    tables: [
      {
        title: 'One reading through step, µs',
        rows: [
          ['devices', 'sensors', 'median of rounds', 'slowest round'],
          ...figures.map((each) => [each.devices, each.sensors, each.medianUs, each.slowestUs]),
        ],
      },
    ],
    data: { homes: figures },
    limits: [
      ...atMost('dearest home, one reading', Math.max(...figures.map(({ medianUs }) => medianUs)), 30, 'µs'),
      ...atMost('2,000 devices / 10 devices', ratioOf(of(2_000), of(10)), 1.3, '×'),
    ],
  };
}
