import { describe, expect, it } from 'vitest';
import { ended, met, NONE, playEachSecond } from '../../test/alarmPlay.ts';
import { at, ofType } from '../../test/builders.ts';
import { rowsOf } from '../house/table.ts';
import type { AlarmKind, AlarmLevel } from './schema.ts';
import { isSounding } from './schema.ts';
import { chooseSound } from './sounder.ts';
import type { AlarmsState } from './state.ts';

/** What may happen at once, worst first: the order in which a sounder ranks it. Source: safety.md §1.5. */
const SIX: readonly (readonly [kind: AlarmKind, entityId: string, level: AlarmLevel])[] = [
  ['smoke', 'hall.smoke', 'alarm'],
  ['co', 'bed.co', 'alarm'],
  ['gas', 'kitchen.gas', 'alarm'],
  ['oxygen-low', 'bed.o2', 'alarm'],
  ['intrusion', 'hall.door', 'alarm'],
  ['trouble', 'attic.co', 'warning'],
];

function* permutationsOf<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [at, item] of items.entries())
    for (const rest of permutationsOf(items.filter((_, n) => n !== at))) yield [item, ...rest];
}

const begin = ([kind, entityId, level]: (typeof SIX)[number]) =>
  met(level, {
    kind,
    entityId,
    roomId: entityId.split('.')[0] as string,
    sound: isSounding(level) ? 'siren' : 'chime',
  });

/** What the sirens sound for each of the six alone. Source: safety.md §1.5. */
const TONES = ['fire_t3', 'co_t4', 'gas', 'gas', 'steady', 'chirp'];

/** What they sound for several at once, at noon. */
const toneAt = (state: AlarmsState, mono: number) =>
  chooseSound(state.rows, at(mono, Date.UTC(2026, 10, 1, 12))).sound?.pattern.tone;
const worstTone = (indexes: readonly number[]) =>
  indexes.length === 0 ? undefined : TONES[Math.min(...indexes)];

/** The worst of those kinds that endanger life; null: none of them holds. */
const worstOf = (indexes: readonly number[]): AlarmKind | null => {
  const worst = Math.min(...indexes);
  return worst < 4 ? (SIX[worst]?.[0] ?? null) : null;
};

const ORDERS = [...permutationsOf(SIX.map((_, n) => n))];

/** All that may differ between two orders is when and as what each came. */
const endOf = (state: AlarmsState) =>
  [...rowsOf(state.rows)]
    .map(([point, { state: is, active, level, peak, count, latching }]) => ({
      point,
      is,
      active,
      level,
      peak,
      count,
      latching,
    }))
    .sort((a, b) => a.point.localeCompare(b.point));

describe('F-26: six alarms of different kinds at once', () => {
  it('comes in 720 orders', () => expect(ORDERS).toHaveLength(720));

  it('speaks at each step for the worst that holds, logs every one, and ends the same in every order', () => {
    const expected = endOf(playEachSecond(SIX.map(begin)).state);
    for (const order of ORDERS) {
      let state = NONE;
      const raised: AlarmKind[] = [];
      order.forEach((index, n) => {
        const step = playEachSecond([begin(SIX[index] as (typeof SIX)[number])], state, n * 1_000);
        state = step.state;
        expect(state.voice?.kind ?? null).toBe(worstOf(order.slice(0, n + 1)));
        expect(toneAt(state, n * 1_000)).toBe(worstTone(order.slice(0, n + 1)));
        expect(ofType(step.facts, 'alarmMoved')).toHaveLength(1);
        raised.push(...ofType(step.facts, 'alarmRaised').map(({ kind }) => kind));
      });
      expect(raised).toEqual(order.map((index) => SIX[index]?.[0]));
      expect(endOf(state)).toEqual(expected);
    }
  });

  it('speaks for the worst that is left, in whatever order they end', () => {
    const all = playEachSecond(SIX.map(begin)).state;
    for (const order of ORDERS) {
      let state = all;
      order.forEach((index, n) => {
        const [kind, entityId] = SIX[index] as (typeof SIX)[number];
        const step = playEachSecond([ended(kind, entityId)], state, 120_000 + n * 1_000);
        state = step.state;
        expect(state.voice?.kind ?? null).toBe(worstOf(order.slice(n + 1)));
        expect(toneAt(state, 120_000 + n * 1_000)).toBe(worstTone(order.slice(n + 1)));
        expect(ofType(step.facts, 'alarmCleared').map((cleared) => cleared.kind)).toEqual([kind]);
      });
    }
  });
});
