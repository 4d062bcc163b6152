import fc from 'fast-check';
import { inputsOf } from '../../src/devices/platform.ts';
import { rowsOf } from '../../src/house/table.ts';
import { anyAnnouncement } from '../anyAnnouncement.ts';
import { anyState } from '../anyState.ts';
import { createDice, type FuzzOutcome, hear } from './fuzzStory.ts';
import { createMemoryHouse, type MemoryHouse } from './memoryHouse.ts';
import { prototypeKeys, settle, VICTIM, wrongs } from './victim.ts';

/** After so many messages what was announced by then is looked through. */
const CHUNK = 500;
/** Of them announcements; the others are states of what was announced. */
const ANNOUNCEMENTS = 150;
/** Names that the announcements share: most announce again, and otherwise, what is there already. */
const NAMES = 40;
/** Sources: README of devices, limits. */
const MAX_DEVICES = 2_000;
const MAX_ENTITIES = 64;

/** F-11: announcements of every platform and whatever their devices may say, straight into the wire, from a seed. */
export function fuzzPlatforms(messages: number, seed: number): FuzzOutcome {
  const dice = createDice(seed);
  const house = createMemoryHouse();
  const before = settle(house);
  const prototypes = prototypeKeys();
  const violations = new Set<string>();
  let slowestMs = 0;
  let done = 0;
  const say = (topic: string, payload: string | Uint8Array) => {
    const since = performance.now();
    const threw = hear(house, topic, Buffer.from(payload), dice.below(10) === 0);
    slowestMs = Math.max(slowestMs, performance.now() - since);
    if (threw !== null) violations.add(`message ${done} of seed ${seed} on ${topic.slice(0, 80)}: ${threw}`);
    done += 1;
    house.pass(dice.below(2_000));
    house.effects.length = 0;
  };
  for (let chunk = 0; done < messages; chunk++) {
    const sample = { seed: seed * 100_003 + chunk };
    for (const { topic, payload } of fc.sample(anyAnnouncement, { ...sample, numRuns: ANNOUNCEMENTS })) {
      const [node, id] = [dice.below(NAMES), dice.below(NAMES)];
      const place = topic.replace('/n/', `/n${node}/`).replace('/o/', `/o${dice.below(4)}/`);
      say(place, payload.replace('"ids":"x"', `"ids":"x${id}"`).replace('"u"', `"u${node}"`));
    }
    const topics = topicsOf(house);
    for (const state of fc.sample(anyState, { ...sample, numRuns: CHUNK - ANNOUNCEMENTS })) {
      say(topics.length === 0 ? 's/t' : dice.oneOf(topics), state);
    }
    for (const each of [...wrongs(house, before, prototypes), ...growth(house)]) {
      violations.add(`by message ${done} of seed ${seed}: ${each}`);
    }
  }
  return {
    messages: done,
    dropped: house.drops.count,
    devices: house.read().devices.devices.size,
    slowestMs,
    violations: [...violations].slice(0, 50),
  };
}

/** What the house listens to because somebody announced it, but for what is the victim's alone. */
const topicsOf = (house: MemoryHouse): string[] => [
  ...new Set(
    [...rowsOf(house.read().devices.entities)].flatMap(([, { config, deviceId }]) =>
      deviceId === VICTIM
        ? []
        : [
            ...inputsOf(config).map(({ topic }) => topic.replaceAll('+', 'any')),
            ...config.availability.map(({ topic }) => topic),
          ],
    ),
  ),
];

function growth(house: MemoryHouse): string[] {
  const { devices, entitiesOf } = house.read().devices;
  const found = devices.size > MAX_DEVICES ? [`${devices.size} devices`] : [];
  for (const [id, entities] of rowsOf(entitiesOf)) {
    if (entities.length > MAX_ENTITIES) found.push(`${id} has ${entities.length} entities`);
  }
  return found;
}
