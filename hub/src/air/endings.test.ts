import { describe, expect, it } from 'vitest';
import { ALONE, at, reading } from '../../test/builders.ts';
import type { Doubt } from '../devices/healthSchema.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import { rowsOf, tableOf } from '../house/table.ts';
import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import type { AirRow } from './airRow.ts';
import type { AirContext } from './context.ts';
import { airFrom, EMPTY_AIR, storedAir } from './state.ts';

/** One device in one room, of which somebody may doubt a sensor. */
function createAir(doubtOf: (entityId: string) => Doubt | null = () => null) {
  const context: AirContext = { ...ALONE, roomOf: () => 'room', deviceOf: () => 'device', doubtOf };
  let state = airFrom(EMPTY_AIR);
  const facts: Fact[] = [];
  return {
    facts,
    state: () => state,
    restart(mono: Millis): void {
      state = airFrom(storedAir(state));
      this.happen(mono, { type: 'houseResumed' });
    },
    happen(mono: Millis, fact: Fact): void {
      const outcome = reduceAir(state, fact, at(mono), context);
      state = outcome.state;
      facts.push(...(outcome.facts ?? []));
    },
    /** As another version stored them. */
    upgrade(from: (row: AirRow) => AirRow): void {
      const rows = [...rowsOf(state.rows)].map(([id, row]) => [id, from(row)] as const);
      state = { ...state, rows: tableOf(rows) };
    },
    say(mono: Millis, entityId: string, quantity: Quantity, value: number): void {
      this.happen(mono, reading(entityId, value, { quantity }));
    },
    told: (): string[] =>
      facts.flatMap((fact) => {
        if (fact.type === 'limitCrossed') return [`${fact.kind} ${fact.level} ${fact.cause}`];
        return fact.type === 'limitCleared' ? [`${fact.kind} clear`] : [];
      }),
  };
}

describe('what was raised ends', () => {
  it('heat: a thermometer that speaks seldom ends the alarm of its rise as soon as the room is cool', () => {
    const air = createAir();
    for (const [minute, value] of [22, 31, 41, 39].entries())
      air.say(minute * MINUTE_MS, 't', 'temperature', value);
    for (let minute = 13; minute <= 33; minute += 10) air.say(minute * MINUTE_MS, 't', 'temperature', 21);
    expect(air.told()).toEqual(['heat alarm limit', 'heat clear']);
    expect(air.state().rows.size).toBe(0);
  });

  /** Falls by 0.14 % a minute for 8 minutes; then it stays. */
  const fallen = (minute: number, end: number): number => {
    if (minute >= 33) return end;
    return 20.8 - 0.14 * Math.max(0, minute - 25);
  };

  it.each([
    [20.8, '%', true],
    [20.4, '%', false],
  ])('O2-5 %s %s oxygen ends what the outlook raised before the climate was lost: %s', (end, _, isOver) => {
    const air = createAir();
    for (let mono = 0; mono <= 60 * MINUTE_MS; mono += 10 * SECOND_MS) {
      const minute = mono / MINUTE_MS;
      if (minute === 33) air.restart(mono);
      if (minute < 33) air.say(mono, 't', 'temperature', 21);
      if (minute < 33) air.say(mono, 'h', 'humidity', 0);
      air.say(mono, 'o', 'oxygen', fallen(minute, end));
    }
    expect(air.told()).toContain('oxygen-low critical outlook');
    expect(air.told().at(-1) === 'oxygen-low clear').toBe(isOver);
  });
});

describe('another limit of the same level is told', () => {
  it('AIR-2 what could not be trusted, when it can', () => {
    let doubt: Doubt | null = 'rate';
    const air = createAir(() => doubt);
    for (let mono = 0; mono <= 5 * MINUTE_MS; mono += 5 * SECOND_MS) {
      if (mono === MINUTE_MS) doubt = null;
      air.say(mono, 'g', 'lel_methane', 14);
    }
    expect(air.told()).toEqual(['gas warning unverified', 'gas alarm unverified', 'gas alarm limit']);
  });

  it('and not again after a restart, of a row that is stored with it or without', () => {
    const air = createAir();
    air.say(0, 'c', 'carbon_monoxide', 400);
    expect(air.told()).toEqual(['co critical limit']);
    air.restart(SECOND_MS);
    air.say(2 * SECOND_MS, 'c', 'carbon_monoxide', 400);
    air.upgrade(({ by: _, ...row }) => row);
    air.restart(3 * SECOND_MS);
    air.say(4 * SECOND_MS, 'c', 'carbon_monoxide', 400);
    expect(air.told()).toEqual(['co critical limit']);
  });
});
