import type { EntityAnnouncement } from '../src/devices/entity.ts';
import type { Fact } from '../src/house/facts.ts';
import { type House, wakeAt } from '../src/house/house.ts';
import { step } from '../src/house/step.ts';
import type { Millis } from '../src/shared/time.ts';
import { at, availableAt, deviceAnnounced, emptyHouse, play, reading, siren } from './builders.ts';

/** A happening and when, s. */
export type Happening = readonly [s: number, fact: Fact];

const S = 1_000;

/** Everything that a siren board of ours can sound. */
export const BOARD_TONES = ['fire_t3', 'co_t4', 'gas', 'steady', 'chirp', 'chime'];

/** A siren of our own board `id`, which tells whether it is online. */
export const boardSiren = (id: string) =>
  siren('siren', {
    commandTopic: `${id}/set`,
    availability: [availableAt(`${id}/availability`)],
    settings: {
      component: 'siren',
      stateOn: 'ON',
      stateOff: 'OFF',
      payloadOn: 'ON',
      payloadOff: 'OFF',
      commandOffTemplate: null,
      availableTones: BOARD_TONES,
      supportsDuration: true,
      supportsVolume: false,
    },
  });

export const isOnline = (id: string, online: boolean): Fact => ({
  type: 'availabilityHeard',
  entityId: `${id}.siren`,
  topic: `${id}/availability`,
  online,
});

/** A house whose broker is there: found devices and paired boards by name, all of them online. */
export function homeWith(
  found: Readonly<Record<string, readonly EntityAnnouncement[]>>,
  boards: readonly string[] = [],
): House {
  const facts: Fact[] = [{ type: 'brokerFound' }];
  for (const [id, entities] of Object.entries(found)) facts.push(deviceAnnounced(id, entities));
  for (const id of boards) {
    facts.push({ type: 'devicePaired', deviceId: id, name: id, kind: 'board' });
    facts.push(deviceAnnounced(id, [boardSiren(id)], { pairedId: id }), isOnline(id, true));
  }
  return play(
    emptyHouse(),
    facts.map((fact) => [0, fact] as const),
  ).house;
}

/** What a siren was told, and when, s. */
export type Told = {
  readonly s: number;
  readonly id: string;
  readonly on: boolean;
  readonly tone?: string;
  readonly duration?: number;
};

export type Life = {
  readonly house: House;
  readonly told: readonly Told[];
  readonly facts: readonly Happening[];
};

/**
 * What the sirens are told. The clock wakes the house exactly when it asks for it, as the one timer does, up to the last happening.
 * @param isDumb whether that siren, then, neither hears nor says anything; the others do as they are told and say so
 */
export function live(
  before: House,
  happenings: readonly Happening[],
  isDumb: (id: string, s: number) => boolean = () => false,
): Life {
  let house = before;
  const told: Told[] = [];
  const facts: Happening[] = [];
  function take(mono: Millis, fact: Fact): void {
    const outcome = step(house, fact, at(mono));
    house = outcome.house;
    facts.push(...outcome.facts.map((each) => [mono / S, each] as const));
    for (const effect of outcome.effects) {
      if (effect.do !== 'commandSiren') continue;
      const id = effect.topic.slice(0, effect.topic.indexOf('/'));
      const { state, ...more } = JSON.parse(effect.payload) as { state: string };
      told.push({ s: mono / S, id, on: state === 'ON', ...more });
      if (!isDumb(id, mono / S)) take(mono, reading(`${id}.siren`, state === 'ON', { quantity: 'siren' }));
    }
  }
  for (const [n, [s, fact]] of happenings.entries()) {
    // After a start the house is told so before anything else.
    for (let due = wakeAt(house); n > 0 && due !== null && due <= s * S; due = wakeAt(house))
      take(due, { type: 'clockReached' });
    take(s * S, fact);
  }
  return { house, told, facts };
}
