import { rowsOf } from '../../src/house/table.ts';
import { announcementOf, CO } from '../testBoard.ts';
import { badAnnouncements, illegalTopics, JUNK, TEMPLATES } from './junk.ts';
import { createMemoryHouse, type MemoryHouse } from './memoryHouse.ts';
import { PARTS, prototypeKeys, settle, wrongs } from './victim.ts';

export type FuzzOutcome = {
  readonly messages: number;
  readonly dropped: number;
  readonly devices: number;
  /** The slowest single message, ms. */
  readonly slowestMs: number;
  readonly violations: readonly string[];
};

/** Numbers from a seed: the same messages each time. (mulberry32) */
export function createDice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, oneOf: <T>(list: readonly T[]): T => list[below(list.length)] as T };
}

type Dice = ReturnType<typeof createDice>;

const OFFENDER = 'offender';

/** Pieces that make trouble when they land in the middle of something else. */
const SPLICES = [
  '"__proto__":',
  '{"a":',
  '[[[[',
  '\\u0000',
  '1e400',
  '-0',
  '"',
  '\\',
  '\ufeff',
  '\ud800',
  'NaN',
  '{{',
  '}}',
  '%}',
  '~',
  '#',
  '+',
  '/',
];

/** Messages that are right: each is a beginning for wrong ones. */
const SEEDS: readonly string[] = [
  JSON.stringify({ boot: 'a', seq: 1, upMs: 1_000, smoke: 'OFF', co: 5, oxygen: 20.9 }),
  JSON.stringify({ boot: 'a', seq: 2, upMs: 2_000, entity: 'smoke', value: 'OFF' }),
  JSON.stringify({ boot: 'a', seq: 3, upMs: 3_000, entity: 'co', value: 3 }),
  JSON.stringify(announcementOf({ id: OFFENDER, parts: PARTS })),
  ...badAnnouncements(OFFENDER, 'nobody'),
  ...TEMPLATES.map((template) =>
    JSON.stringify(
      announcementOf({ id: OFFENDER, parts: { t: { ...CO, more: { value_template: template } } } }),
    ),
  ),
  'online',
  'ON',
  '',
];

const BODIES: readonly Buffer[] = [...SEEDS.map((seed) => Buffer.from(seed)), ...Object.values(JUNK)];

const TOPICS: readonly string[] = [
  `homeward/${OFFENDER}/state`,
  `homeward/${OFFENDER}/alarm`,
  `homeward/${OFFENDER}/availability`,
  `homeassistant/device/${OFFENDER}/config`,
  `homeassistant/sensor/${OFFENDER}/co/config`,
  `homeassistant/binary_sensor/${OFFENDER}/smoke/config`,
  `homeassistant/siren/${OFFENDER}/config`,
  ...illegalTopics(OFFENDER),
];

/** F-11: wrong messages straight into the wire, from a seed. */
export function fuzzWire(messages: number, seed: number, onProgress?: (done: number) => void): FuzzOutcome {
  const dice = createDice(seed);
  const house = createMemoryHouse();
  const before = settle(house);
  const prototypes = prototypeKeys();
  const violations = new Set<string>();
  let slowestMs = 0;
  for (let nth = 1; nth <= messages; nth++) {
    const topic = topicOf(dice);
    const payload = mutate(dice, dice.oneOf(BODIES));
    const since = performance.now();
    const threw = hear(house, topic, payload, dice.below(10) === 0);
    slowestMs = Math.max(slowestMs, performance.now() - since);
    if (threw !== null) violations.add(`message ${nth} of seed ${seed} on ${topic.slice(0, 80)}: ${threw}`);
    house.pass(dice.below(50));
    house.effects.length = 0;
    if (nth % 10_000 !== 0 && nth !== messages) continue;
    for (const each of wrongs(house, before, prototypes)) violations.add(`by message ${nth}: ${each}`);
    onProgress?.(nth);
  }
  const devices = [...rowsOf(house.read().devices.devices)].length;
  return {
    messages,
    dropped: house.drops.count,
    devices,
    slowestMs,
    violations: [...violations].slice(0, 50),
  };
}

export function hear(house: MemoryHouse, topic: string, payload: Buffer, retain: boolean): string | null {
  try {
    house.hear(topic, payload, retain);
    return null;
  } catch (error) {
    return `threw ${String(error).slice(0, 200)}`;
  }
}

function topicOf(dice: Dice): string {
  const topic = dice.oneOf(TOPICS);
  if (dice.below(20) > 0) return topic;
  const at = dice.below(topic.length);
  return topic.slice(0, at) + dice.oneOf(SPLICES) + topic.slice(at + dice.below(4));
}

function mutate(dice: Dice, body: Buffer): Buffer {
  // Megabytes are copied only now and then: they are refused by their length.
  if (body.length > 65_536) return dice.below(50) === 0 ? body : body.subarray(0, dice.below(2_000));
  let result = body;
  for (let times = dice.below(4); times > 0; times--) result = mutateOnce(dice, result);
  return result;
}

function mutateOnce(dice: Dice, body: Buffer): Buffer {
  const at = dice.below(body.length + 1);
  switch (dice.below(5)) {
    case 0:
      return body.subarray(0, at);
    case 1: {
      const copy = Buffer.from(body);
      if (copy.length > 0) copy[at % copy.length] = dice.below(256);
      return copy;
    }
    case 2:
      return Buffer.concat([body.subarray(0, at), Buffer.from(dice.oneOf(SPLICES)), body.subarray(at)]);
    case 3:
      return Buffer.concat([body.subarray(0, at), body.subarray(at + dice.below(20))]);
    default: {
      const other = dice.oneOf(BODIES).subarray(0, 2_000);
      return Buffer.concat([body.subarray(0, at), other.subarray(dice.below(other.length + 1))]);
    }
  }
}
