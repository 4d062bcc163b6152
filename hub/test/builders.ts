import fc from 'fast-check';
import type { AirContext } from '../src/air/context.ts';
import type { EntityAnnouncement, EntityConfig } from '../src/devices/entity.ts';
import type { SirenSettings } from '../src/devices/platforms/settings.ts';
import type { Fact } from '../src/house/facts.ts';
import { EMPTY_STORE, type House, houseFrom } from '../src/house/house.ts';
import type { Effect } from '../src/house/outcome.ts';
import { step } from '../src/house/step.ts';
import type { Millis, Moment } from '../src/shared/time.ts';

/** Wall clock at house time 0 in these tests: 1 November 2026, 00:00 UTC. */
export const UTC_AT_START: Millis = Date.UTC(2026, 10, 1);

/** The moment at that house time; the wall clock goes with it, unless it says something else. */
export const at = (mono: Millis, utc: Millis = UTC_AT_START + mono): Moment => ({ mono, utc });

/** A sensor that reports to `t/state` and promises nothing. */
export const SENSOR: EntityConfig = {
  component: 'sensor',
  stateTopic: 't/state',
  valueTemplate: null,
  commandTopic: null,
  commandTemplate: null,
  optimistic: false,
  attributesTopic: null,
  attributesTemplate: null,
  availability: [],
  availabilityMode: 'latest',
  expireAfterMs: null,
  offDelayMs: null,
  qos: 0,
  text: true,
  deviceClass: null,
  unit: null,
  entityCategory: null,
  settings: { component: 'sensor', tells: 'number', options: [] },
};

const STATES = { stateOn: 'ON', stateOff: 'OFF' };
const ON_OFF = { ...STATES, payloadOn: 'ON', payloadOff: 'OFF' };

export const CONTACT: EntityConfig = {
  ...SENSOR,
  component: 'binary_sensor',
  settings: { component: 'binary_sensor', ...STATES },
};

const SIREN_SETTINGS: SirenSettings = {
  component: 'siren',
  ...ON_OFF,
  commandOffTemplate: null,
  availableTones: ['fire_t3', 'co_t4', 'gas'],
  supportsDuration: true,
  supportsVolume: true,
};

/** A siren that tells its state and knows the tones of fire, carbon monoxide and gas. */
export const SIREN: EntityConfig = {
  ...SENSOR,
  component: 'siren',
  commandTopic: 't/set',
  settings: SIREN_SETTINGS,
};

/** A siren that knows only its own tone. */
export const TONELESS: Partial<EntityConfig> = { settings: { ...SIREN_SETTINGS, availableTones: [] } };

export const SWITCH: EntityConfig = {
  ...SENSOR,
  component: 'switch',
  commandTopic: 't/set',
  settings: { component: 'switch', ...ON_OFF },
};

const VALVE: EntityConfig = {
  ...SENSOR,
  component: 'valve',
  commandTopic: 't/set',
  settings: {
    component: 'valve',
    payloadOpen: 'OPEN',
    payloadClose: 'CLOSE',
    payloadStop: 'STOP',
    stateOpen: 'open',
    stateClosed: 'closed',
    stateOpening: 'opening',
    stateClosing: 'closing',
    reportsPosition: false,
    span: { closed: 0, open: 100 },
  },
};

/** What makes one availability topic whose payloads are the usual ones. */
export const availableAt = (topic: string) => ({
  topic,
  payloadAvailable: 'online',
  payloadNotAvailable: 'offline',
  template: null,
});

/** One entity in an announcement: oxygen, unless told otherwise. */
export const announced = (key: string, more: Partial<EntityAnnouncement> = {}): EntityAnnouncement => ({
  key,
  uniqueId: null,
  name: null,
  quantity: 'oxygen',
  fault: null,
  config: SENSOR,
  ...more,
});

export const oxygen = (key = 'o2', config: Partial<EntityConfig> = {}) =>
  announced(key, { quantity: 'oxygen', config: { ...SENSOR, unit: '%', ...config } });
export const carbonMonoxide = (key = 'co', config: Partial<EntityConfig> = {}) =>
  announced(key, { quantity: 'carbon_monoxide', config: { ...SENSOR, unit: 'ppm', ...config } });
export const smoke = (key = 'smoke', config: Partial<EntityConfig> = {}) =>
  announced(key, { quantity: 'smoke', config: { ...CONTACT, ...config } });
export const siren = (key = 'siren', config: Partial<EntityConfig> = {}) =>
  announced(key, { quantity: 'siren', config: { ...SIREN, ...config } });
export const lamp = (key = 'lamp', config: Partial<EntityConfig> = {}) =>
  announced(key, { quantity: 'switch', config: { ...SWITCH, ...config } });

/** A valve of gas or of water, or one that does not say what flows through it: commanded on `<key>/set`. */
export const valve = (key: string, deviceClass: 'gas' | 'water' | null) =>
  announced(key, { quantity: 'valve', config: { ...VALVE, commandTopic: `${key}/set`, deviceClass } });

type Announced = Extract<Fact, { type: 'deviceAnnounced' }>;
type Said = Partial<Omit<Announced, 'type' | 'device'>> & { readonly device?: Partial<Announced['device']> };

/** A discovery message of the found device `id`: its entities become `<id>.<key>`. */
export const deviceAnnounced = (id: string, entities: readonly EntityAnnouncement[], said: Said = {}) =>
  ({
    type: 'deviceAnnounced',
    discoveryTopic: `homeassistant/device/${id}/config`,
    pairedId: null,
    entities,
    removedKeys: [],
    ...said,
    device: {
      identifiers: [id],
      name: null,
      manufacturer: null,
      model: null,
      swVersion: null,
      suggestedArea: null,
      origin: null,
      ...said.device,
    },
  }) satisfies Announced;

type Reading = Extract<Fact, { type: 'reading' }>;

/** A live reading, new and of oxygen unless told otherwise. */
export const reading = (
  entityId: string,
  value: Reading['value'],
  more: Partial<Omit<Reading, 'type' | 'entityId' | 'value'>> = {},
): Reading => ({
  type: 'reading',
  entityId,
  quantity: 'oxygen',
  value,
  unit: null,
  retained: false,
  ageMs: 0,
  ...more,
});

export const smokeReading = (entityId: string, value: boolean, more: Parameters<typeof reading>[2] = {}) =>
  reading(entityId, value, { quantity: 'smoke', ...more });

export const availability = (entityId: string, online: boolean, topic = 'a'): Fact => ({
  type: 'availabilityHeard',
  entityId,
  topic,
  online,
});

/** What a house became, and everything that happened and was to be done on the way, in order. */
export type Story = {
  readonly house: House;
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
};

/** Lets facts happen one after the other, each with its house time, ms. */
export function play(before: House, happenings: Iterable<readonly [mono: Millis, fact: Fact]>): Story {
  let house = before;
  const facts: Fact[] = [];
  const effects: Effect[] = [];
  for (const [mono, fact] of happenings) {
    const outcome = step(house, fact, at(mono));
    house = outcome.house;
    facts.push(...outcome.facts);
    effects.push(...outcome.effects);
  }
  return { house, facts, effects };
}

/** A house with nothing in it. */
export const emptyHouse = (): House => houseFrom(EMPTY_STORE);

/** A house whose broker is there, with one found device per name: everything happened at house time 0. */
export function houseWith(devices: Readonly<Record<string, readonly EntityAnnouncement[]>>): House {
  const happenings: [Millis, Fact][] = [[0, { type: 'brokerFound' }]];
  for (const [id, entities] of Object.entries(devices)) happenings.push([0, deviceAnnounced(id, entities)]);
  return play(emptyHouse(), happenings).house;
}

/** Facts of one type, in order. */
export const ofType = <T extends Fact['type']>(
  facts: readonly Fact[],
  type: T,
): Extract<Fact, { type: T }>[] =>
  facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);

/** A kitchen that measures and a siren in the hall. */
export const SMALL_HOME = houseWith({
  kitchen: [oxygen('o2', { expireAfterMs: 60_000 }), carbonMonoxide(), smoke(), lamp()],
  hall: [siren('siren', { availability: [availableAt('a')] })],
});

/** Everything that may come from outside, about the small home. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.constantFrom(17, 19.4, 20.1, 20.9, null).map((value) => reading('kitchen.o2', value)),
  fc.constantFrom(0, 30, 300).map((value) => reading('kitchen.co', value, { quantity: 'carbon_monoxide' })),
  fc
    .tuple(fc.boolean(), fc.boolean())
    .map(([on, retained]) => smokeReading('kitchen.smoke', on, { retained })),
  fc.boolean().map((on) => reading('kitchen.lamp', on, { quantity: 'switch' })),
  fc.boolean().map((online) => availability('hall.siren', online)),
  fc
    .tuple(fc.constantFrom('kitchen.lamp', 'hall.siren'), fc.boolean())
    .map(([entityId, on]): Fact => ({ type: 'commandAsked', entityId, command: { on }, by: 'Ana' })),
  fc.constantFrom<Fact>(
    { type: 'clockReached' },
    { type: 'houseResumed' },
    { type: 'sirenTestAsked', by: 'Ana' },
    { type: 'brokerLost' },
    { type: 'brokerFound' },
    { type: 'deviceRemoveAsked', deviceId: 'hall', by: 'Ana' },
    { type: 'announcementWithdrawn', discoveryTopic: 'homeassistant/device/kitchen/config' },
    deviceAnnounced('kitchen', [oxygen('o2', { expireAfterMs: 60_000 }), smoke()]),
    deviceAnnounced('hall', [siren('siren', { availability: [availableAt('a')] })]),
    { type: 'devicePaired', deviceId: 'board', name: 'B', kind: 'board' },
    { type: 'boardStarted', deviceId: 'kitchen', boot: 'b1' },
    {
      type: 'boardAlarmHeard',
      deviceId: 'kitchen',
      entityId: 'kitchen.smoke',
      boot: 'b1',
      seq: 1,
      value: true,
      ageMs: 0,
    },
  ),
);
/** Facts one after the other, each with its house time, ms. */
export const anyStory = fc
  .array(fc.tuple(fc.constantFrom(0, 1, 5_000, 10_000, 60_000, 400_000), anyFact), {
    maxLength: 40,
    size: 'max',
  })
  .map((steps) => {
    let mono = 0;
    return steps.map(([later, fact]) => {
      mono += later;
      return [mono, fact] as const;
    });
  });

/** A sensor of its own, in no room, that may be believed. */
export const ALONE: AirContext = {
  roomOf: () => 'unplaced',
  deviceOf: () => null,
  isLeftOut: () => false,
  doubtOf: () => null,
};
