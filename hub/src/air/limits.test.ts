import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmLevel } from '../alarms/schema.ts';
import { compareLevels } from '../alarms/schema.ts';
import type { Quantity } from '../devices/schema.ts';
import { crosses, isClear, isPlausible, LIMITS, type Limit, limitsFor } from './limits.ts';

function limitOf(quantity: Quantity, level: AlarmLevel, isContact = false): Limit {
  const found = limitsFor(quantity, isContact ? true : 0).find((limit) => limit.level === level);
  if (found === undefined) throw new Error(`no limit ${quantity}/${level}`);
  return found;
}

/** The nearest numbers below and above that are not the same. */
const justBelow = (x: number) => x - 1e-9;
const justAbove = (x: number) => x + 1e-9;

describe('where a limit is crossed', () => {
  it.each<[Quantity, AlarmLevel, below: boolean, at: number, isCrossedAt: boolean, above: boolean]>([
    ['oxygen', 'advisory', true, 20.3, true, false],
    ['oxygen', 'warning', true, 20.0, true, false],
    ['oxygen', 'alarm', true, 19.5, false, false],
    ['oxygen', 'critical', true, 18.0, true, false],
    ['carbon_monoxide', 'critical', false, 300, true, true],
  ])('%s %s: below %s, at %f %s, above %s', (quantity, level, below, limit, isCrossedAt, above) => {
    const each = limitOf(quantity, level);
    expect(crosses(each, justBelow(limit))).toBe(below);
    expect(crosses(each, limit)).toBe(isCrossedAt);
    expect(crosses(each, justAbove(limit))).toBe(above);
  });

  it.each<[Quantity]>([['smoke'], ['carbon_monoxide']])(
    'a contact of %s crosses when it is on',
    (quantity) => {
      const limit = limitOf(quantity, 'alarm', true);
      expect([crosses(limit, true), crosses(limit, false)]).toEqual([true, false]);
      expect([isClear(limit, true), isClear(limit, false)]).toEqual([false, true]);
    },
  );

  it('is the other side of a limit that a number must not exceed, too', () => {
    const above: Limit = { ...limitOf('oxygen', 'alarm'), crosses: 'above', limit: 23.5, hysteresis: 0.5 };
    expect([23.4, 23.5, 23.6].map((value) => crosses(above, value))).toEqual([false, false, true]);
    expect([22.9, 23, 23.1].map((value) => isClear(above, value))).toEqual([true, true, false]);
  });
});

describe('where a limit is clear again', () => {
  it.each<[Quantity, AlarmLevel, at: number, below: boolean, isClearAt: boolean, above: boolean]>([
    ['oxygen', 'advisory', 20.5, false, false, true],
    ['oxygen', 'warning', 20.2, false, false, true],
    ['oxygen', 'alarm', 19.7, false, true, true],
    ['oxygen', 'critical', 18.2, false, false, true],
    ['carbon_monoxide', 'critical', 25, true, false, false],
  ])('%s %s clears at %f: below %s, at it %s, above %s', (quantity, level, edge, below, isClearAt, above) => {
    const each = limitOf(quantity, level);
    expect(isClear(each, justBelow(edge))).toBe(below);
    expect(isClear(each, edge)).toBe(isClearAt);
    expect(isClear(each, justAbove(edge))).toBe(above);
  });

  it('is never where it is crossed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LIMITS),
        fc.oneof(fc.double(), fc.boolean()),
        (limit, value) => !(crosses(limit, value) && isClear(limit, value)),
      ),
    );
  });

  it('lies beyond the hysteresis: a value that only just stopped crossing is not clear', () => {
    for (const limit of LIMITS.filter(({ hysteresis }) => hysteresis > 0)) {
      const nearlySafe = limit.crosses === 'atLeast' ? justBelow(limit.limit) : justAbove(limit.limit);
      expect(crosses(limit, nearlySafe), limit.level).toBe(false);
      expect(isClear(limit, nearlySafe), limit.level).toBe(false);
    }
  });
});

describe('the table', () => {
  it('lets a worse level of the same numbers begin where a milder one holds already', () => {
    for (const mild of LIMITS) {
      for (const bad of limitsFor(mild.quantity, mild.crosses === 'on')) {
        if (bad.kind !== mild.kind || compareLevels(bad.level, mild.level) <= 0) continue;
        expect(crosses(mild, bad.limit - 0.001), `${mild.level} under ${bad.level}`).toBe(true);
      }
    }
  });

  it('names a source, a span of time and a sane number of readings for each limit', () => {
    for (const limit of LIMITS) {
      expect(limit.source.length).toBeGreaterThan(20);
      expect(limit.onDelayMs).toBeGreaterThanOrEqual(0);
      expect(limit.offDelayMs).toBeGreaterThanOrEqual(0);
      expect(limit.confirmReadings).toBeGreaterThanOrEqual(1);
      expect(limit.latching).toBe(true);
    }
  });

  it('has each limit once by kind, level and sort of value', () => {
    const names = LIMITS.map(({ kind, level, crosses: how }) => `${kind}/${level}/${how === 'on'}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('knows nothing of quantities that the hub does not watch', () => {
    expect(limitsFor('temperature', -300)).toEqual([]);
    expect(limitsFor('smoke', 1)).toEqual([]);
    expect(limitsFor('oxygen', true)).toEqual([]);
  });
});

describe('what can be true at all', () => {
  it.each<[Quantity, number | boolean, boolean]>([
    ['oxygen', -0.001, false],
    ['oxygen', 0, true],
    ['oxygen', 30, true],
    ['oxygen', 30.001, false],
    ['carbon_monoxide', -1, false],
    ['carbon_monoxide', 0, true],
    ['carbon_monoxide', 10_000, true],
    ['carbon_monoxide', 10_001, false],
    ['carbon_monoxide', 1e308, false],
    ['temperature', -4_000, true],
    ['smoke', true, true],
    ['smoke', false, true],
  ])('%s of %s: %s', (quantity, value, isTrue) => {
    expect(isPlausible(quantity, value)).toBe(isTrue);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('never %f', (value) => {
    for (const quantity of ['oxygen', 'carbon_monoxide', 'temperature', 'other'] as const) {
      expect(isPlausible(quantity, value)).toBe(false);
    }
  });
});
