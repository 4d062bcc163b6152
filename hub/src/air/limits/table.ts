import type { Quantity } from '../../devices/schema.ts';
import type { AirSettings } from '../settings.ts';
import { CARBON_DIOXIDE } from './carbonDioxide.ts';
import { CARBON_MONOXIDE } from './carbonMonoxide.ts';
import { CLIMATE } from './climate.ts';
import { EXPLOSIVE } from './explosive.ts';
import { FIRE, FIRE_CONFIRMED } from './fire.ts';
import { INDICES } from './indices.ts';
import { type Limit, limitOf, withOwn } from './limit.ts';
import { OUTLOOK } from './outlook.ts';
import { OXYGEN } from './oxygen.ts';
import { PARTICLES } from './particles.ts';
import { POLLUTANTS } from './pollutants.ts';
import { RADON } from './radon.ts';
import { isDangerous, isDose, unverifiedDoseOf, unverifiedOf } from './unverified.ts';
import { WATER } from './water.ts';

/** Every limit of safety.md §1.1. A new one is one object in one of these lists. */
export const LIMITS: readonly Limit[] = [
  ...OXYGEN,
  ...OUTLOOK,
  ...CARBON_MONOXIDE,
  ...CARBON_DIOXIDE,
  ...EXPLOSIVE,
  ...FIRE,
  ...PARTICLES,
  ...POLLUTANTS,
  ...INDICES,
  ...RADON,
  ...CLIMATE,
  ...WATER,
].map(limitOf);

export const CONFIRMED_FIRE: Limit = limitOf(FIRE_CONFIRMED);

const NONE: readonly Limit[] = [];

/** The limits as they hold in one house. */
export type LimitSet = {
  /** All of the table, in its order. */
  readonly all: readonly Limit[];
  readonly byId: ReadonlyMap<string, Limit>;
  readonly ofNumbers: ReadonlyMap<Quantity, readonly Limit[]>;
  readonly ofContacts: ReadonlyMap<Quantity, readonly Limit[]>;
  /** What a reading that cannot be trusted is held against. */
  readonly unverified: ReadonlyMap<Quantity, readonly Limit[]>;
};

/** The table with what the household chose. */
export function limitsWith({ own }: AirSettings): LimitSet {
  const all = LIMITS.map((limit) => {
    const chosen = Object.hasOwn(own, limit.id) ? own[limit.id] : undefined;
    return chosen === undefined ? limit : withOwn(limit, chosen);
  });
  const unverified = [
    ...all.filter(isDangerous).flatMap(unverifiedOf),
    ...all.filter(isDose).map(unverifiedDoseOf),
  ];
  return {
    all,
    byId: new Map([...all, ...unverified, CONFIRMED_FIRE].map((limit) => [limit.id, limit])),
    ofNumbers: byQuantity(all.filter((limit) => limit.crosses !== 'on')),
    ofContacts: byQuantity(all.filter((limit) => limit.crosses === 'on')),
    unverified: byQuantity(unverified),
  };
}

const byQuantity = (limits: readonly Limit[]): ReadonlyMap<Quantity, readonly Limit[]> =>
  new Map(
    limits.map(({ quantity }) => [quantity, limits.filter((limit) => limit.quantity === quantity)] as const),
  );

/** Limits that a value of this quantity can cross; numbers and contacts have limits of their own. */
export const limitsFor = (set: LimitSet, quantity: Quantity, value: unknown): readonly Limit[] =>
  (typeof value === 'boolean' ? set.ofContacts : set.ofNumbers).get(quantity) ?? NONE;

export const unverifiedFor = (set: LimitSet, quantity: Quantity): readonly Limit[] =>
  set.unverified.get(quantity) ?? NONE;
