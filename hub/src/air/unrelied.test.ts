import { describe, expect, it } from 'vitest';
import { ALONE, at, reading } from '../../test/builders.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import type { Millis } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import { airFrom, EMPTY_AIR } from './state.ts';

const UNRELIED = { type: 'healthChanged', entityId: 's', to: 'disabled' } as Fact;

/** What is told of one sensor that says this, and on which nobody relies a millisecond later. */
function toldOf(quantity: Quantity, value: number | boolean, sinceS = 0) {
  let state = airFrom(EMPTY_AIR);
  const told: string[] = [];
  const take = (mono: Millis, fact: Fact) => {
    const outcome = reduceAir(state, fact, at(mono), ALONE);
    state = outcome.state;
    for (const each of outcome.facts ?? []) {
      if (each.type === 'limitCrossed') told.push(`${each.kind} ${each.level} ${each.cause}`);
      if (each.type === 'limitCleared') told.push(`${each.kind} clear`);
    }
  };
  for (let s = 0; s <= sinceS; s += 45) take(s * 1_000, reading('s', value, { quantity }));
  take(sinceS * 1_000 + 1, UNRELIED);
  take(sinceS * 1_000 + 60_000, { type: 'clockReached' });
  return { told, holds: state.rows.size > 0 };
}

describe('a sensor on which nobody relies any more', () => {
  it.each<[what: string, quantity: Quantity, value: number | boolean, told: string[]]>([
    ['a danger that holds', 'carbon_monoxide', 400, ['co critical limit']],
    ['the contact of a detector', 'smoke', true, ['smoke alarm contact']],
    ['what was told in doubt', 'oxygen', -1, ['oxygen-low warning unverified']],
  ])('keeps what no setting may end: %s', (_, quantity, value, told) => {
    expect(toldOf(quantity, value)).toEqual({ told, holds: true });
  });

  it('ends what it raised of comfort', () => {
    const told = ['air-quality advisory limit', 'air-quality clear'];
    expect(toldOf('voc_index', 200, 900)).toEqual({ told, holds: false });
  });

  it('that raised nothing has nothing to end', () => {
    expect(toldOf('oxygen', 20.9)).toEqual({ told: [], holds: false });
  });

  it('leaves a danger on its way to the next reading, which is taken with doubt', () => {
    expect(toldOf('oxygen', 19.4)).toEqual({ told: [], holds: false });
  });
});
