import { getRow } from '../house/table.ts';
import type { Entity } from './entity.ts';
import type { DeviceFact } from './facts.ts';
import { rangeOf, withoutDrift } from './quantity.ts';
import { type DevicesState, measuredBy } from './state.ts';
import type { Value } from './told.ts';
import { conversionFor, convert, unitOf } from './unit.ts';

export type Reading = Extract<DeviceFact, { type: 'reading' }>;

/**
 * What an entity said, as a fact in our units. A value in a unit that nobody knows is an unknown value.
 * @param retained the broker remembered it. Default false
 */
export function readingOf(
  state: DevicesState,
  entity: Entity,
  value: Value | null,
  retained = false,
): Reading {
  const known = getRow(state.entities, entity.id) ?? entity;
  const quantity = measuredBy(known);
  const { unit } = known.config;
  return {
    type: 'reading',
    entityId: entity.id,
    quantity,
    value: typeof value === 'number' ? inOurUnit(value, quantity, unit) : value,
    unit: unitOf(quantity, unit),
    retained,
    ageMs: 0,
  };
}

/** Whether the air can have that value at all: if not, the sensor is broken, and it has told nothing. */
export function isPossible({ quantity, value }: Pick<Reading, 'quantity' | 'value'>): boolean {
  const range = typeof value === 'number' ? rangeOf(quantity) : null;
  return range === null || ((value as number) >= range.min && (value as number) <= range.max);
}

/**
 * Whether it stands at an end of its sensor's converter: it was cut off there, or the input is torn or shorted. Only of a sensor that
 * announced its ends: where those of others lie nobody can know. Source: safety.md §3.2 "ADC rail".
 * @param value as it was told, in the unit of the sensor
 */
export function isOnRail({ config: { settings } }: Entity, value: Value | null): boolean {
  if (typeof value !== 'number' || settings.component !== 'sensor' || settings.rails === undefined)
    return false;
  const { min, max } = settings.rails;
  return (min !== null && value <= min) || (max !== null && value >= max);
}

function inOurUnit(value: number, quantity: Reading['quantity'], unit: string | null): number | null {
  const conversion = conversionFor(quantity, unit);
  return conversion === null ? null : withoutDrift(quantity, convert(value, conversion));
}
