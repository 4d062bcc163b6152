import { describe, expect, it } from 'vitest';
import {
  CLOCK,
  type Doing,
  ended,
  met,
  NONE,
  onlyRow,
  playAlarms,
  rowAt,
  SENSOR,
  shelve,
  unshelve,
} from '../../test/alarmPlay.ts';
import { at, ofType, reading } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { emptyTable, rowsOf, setRow, tableOf } from '../house/table.ts';
import { HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import type { AlarmRow } from './alarmRow.ts';
import { findAlarm, isDangerAt, reduceAlarms } from './alarms.ts';
import { areFresh, isChatter, withMove } from './chatter.ts';
import { firstOutOf } from './firstOut.ts';
import { floodEndsAt } from './flood.ts';
import { end } from './life.ts';
import { applyAll, applyMove } from './move.ts';
import { reduceSounder, sounderFrom } from './sounder.ts';
import { alarmsFrom, EMPTY_ALARMS, storedAlarms } from './state.ts';
import { upgradeAlarms } from './stored.ts';

const rowOf = (more: Partial<AlarmRow> = {}): AlarmRow => ({
  ...(onlyRow(playAlarms(NONE, [[0, met('alarm')]]).state) as AlarmRow),
  ...more,
});

describe('whose alarm the sirens sound for', () => {
  it('is asked of one sensor: nobody, a warning, another one', () => {
    expect(isDangerAt(NONE, SENSOR)).toBe(false);
    expect(isDangerAt(playAlarms(NONE, [[0, met('warning')]]).state, SENSOR)).toBe(false);
    const { state } = playAlarms(NONE, [
      [0, met('warning', { entityId: 'hall.o2' })],
      [1, met('alarm')],
    ]);
    expect([SENSOR, 'hall.o2', 'attic.o2'].map((id) => isDangerAt(state, id))).toEqual([true, false, false]);
  });

  it('an alarm is found by its id, and no other', () => {
    const { state } = playAlarms(NONE, [
      [0, met('alarm')],
      [1, met('alarm', { entityId: 'hall.o2' })],
    ]);
    for (const [, row] of rowsOf(state.rows)) expect(findAlarm(state, row.alarmId)).toBe(row);
    expect(findAlarm(state, 'nobody')).toBeUndefined();
  });
});

describe('ALM-1: what does not move', () => {
  it('a condition that does not hold does not end, and nothing is no move', () => {
    expect(end(rowOf({ active: false }), at(1))).toBeNull();
    expect(applyMove(NONE, null, at(0))).toEqual({ state: NONE });
    const nothing = { event: 'raised', before: null, after: null, by: null } as const;
    expect(applyMove(NONE, nothing, at(0))).toEqual({ state: NONE });
  });

  it('an acknowledgement of nobody in particular is told all the same', () => {
    const row = rowOf();
    const after: AlarmRow = { ...row, state: 'acknowledged' };
    const { facts = [] } = applyMove(
      NONE,
      { event: 'acknowledged', before: row, after, by: null },
      at(1_000),
    );
    expect(ofType(facts, 'alarmAcknowledged')).toMatchObject([{ by: '' }]);
  });

  it('a ladder that was stored without its alarm climbs nowhere', () => {
    const { ladders } = playAlarms(NONE, [[0, met('alarm')]]).state;
    const state = alarmsFrom({ ...EMPTY_ALARMS, ladders });
    const { state: after, facts } = reduceAlarms({ ...state, wakeAt: 0 }, CLOCK, at(HOUR_MS));
    expect(facts).toEqual([]);
    // Nor does it wake the house again and again.
    expect([after.wakeAt, after.ladders.size]).toEqual([null, 0]);
  });
});

it('ALM-7: what goes by itself with the alarm that explained it is moved once', () => {
  // So many that some stand before it in the table, and some after it.
  const sinks = Array.from({ length: 16 }, (_, n) => `sink${n}`);
  const { state } = playAlarms(NONE, [
    [0, met('alarm')],
    ...sinks.map((entityId): readonly [Millis, Doing] => [
      1,
      (before) => ({
        type: 'suppressAsked',
        kind: 'water',
        entityId,
        roomId: 'kitchen',
        alarmId: rowAt(before)?.alarmId ?? 'nobody',
      }),
    ]),
  ]);
  expect(state.rows.size).toBe(17);
  const gone = (row: AlarmRow) => ({ event: 'reset', before: row, after: null, by: null }) as const;
  const { state: after, facts = [] } = applyAll(state, gone, at(2));
  expect(after.rows.size).toBe(0);
  expect(ofType(facts, 'alarmReturned')).toHaveLength(17);
});

it('a siren that is gone, and had not stopped, changes no call', () => {
  const { state: sounding } = playAlarms(NONE, [[0, met('alarm')]]);
  const begun = reduceSounder(sounderFrom(sounding.rows), sounding.rows, CLOCK, at(0)).state;
  const gone: Fact = { type: 'entityRetired', entityId: 'siren' } as Fact;
  expect(reduceSounder(begun, sounding.rows, gone, at(1)).state).toBe(begun);
});

describe('ALM-6: chatter', () => {
  const AIR = { kind: 'air-quality', entityId: 'hall.pm', roomId: 'hall', latching: false } as const;
  const on = met('warning', AIR);
  const off = ended(AIR.kind, AIR.entityId);

  it('is three moves within a minute, the last millisecond included', () => {
    expect(isChatter([0, 1, MINUTE_MS])).toBe(true);
    expect(isChatter([0, 1, MINUTE_MS + 1])).toBe(false);
    expect(isChatter([0, 1])).toBe(false);
    expect(withMove([1, 2, 3], 4)).toEqual([2, 3, 4]);
    expect([areFresh([], 5), areFresh([0], MINUTE_MS), areFresh([0], MINUTE_MS + 1)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('its end waits for its time, though the clock wakes for something else before', () => {
    const { state } = playAlarms(NONE, [
      [0, on],
      [1_000, off],
      [2_000, on],
      [3_000, off],
    ]);
    const early = playAlarms({ ...state, wakeAt: 4_000 }, [[4_000, CLOCK]]);
    expect(early.facts).toEqual([]);
    expect(rowAt(early.state, AIR.kind, AIR.entityId)?.active).toBe(true);
    const late = playAlarms(early.state, [[3_000 + MINUTE_MS, CLOCK]]);
    expect(ofType(late.facts, 'alarmCleared')).toHaveLength(1);
  });
});

it('ALM-5: a flood of which nothing newer is known ends ten minutes after it began', () => {
  expect(floodEndsAt({ newest: [], since: at(5) })).toBe(5 + 10 * MINUTE_MS);
  expect(floodEndsAt({ newest: [1, 2, 3, 4, 5, 6], since: at(5) })).toBe(2 + 10 * MINUTE_MS);
});

it('ALM-5: nothing is told of the end of a flood that never was, or goes on', () => {
  const one = playAlarms(NONE, [[0, met('alarm')]]).state;
  expect(ofType(playAlarms(one, [[HOUR_MS, CLOCK]]).facts, 'alarmFloodEnded')).toEqual([]);
  const many = Array.from({ length: 11 }, (_, n) => [n, met('alarm', { entityId: `s${n}` })] as const);
  const flood = playAlarms(NONE, many);
  expect(ofType(flood.facts, 'alarmFloodBegan')).toHaveLength(1);
  expect(ofType(playAlarms(flood.state, [[MINUTE_MS, CLOCK]]).facts, 'alarmFloodEnded')).toEqual([]);
  expect(ofType(playAlarms(flood.state, [[11 * MINUTE_MS, CLOCK]]).facts, 'alarmFloodEnded')).toHaveLength(1);
});

it('ALM-3: what was put aside while it was normal latches no more than its condition does', () => {
  const latching = (does: boolean) =>
    playAlarms(NONE, [
      [0, shelve(60)],
      [1_000, met('alarm', { latching: does })],
      [2_000, unshelve()],
      [3_000, ended()],
    ]).state;
  expect([latching(true), latching(false)].map((state) => onlyRow(state)?.state)).toEqual([
    'latched',
    'cleared',
  ]);
});

it('ALM-2: a danger that gets worse ends its own hush, and no other', () => {
  const danger = (entityId: string, value: number) =>
    met('alarm', { kind: 'co', entityId, value, unit: 'ppm' });
  const ppm = (value: number) => reading('bed.co', value, { quantity: 'carbon_monoxide' });
  const hushOf =
    (entityId: string) =>
    (state: Parameters<typeof rowAt>[0]): Fact => ({
      type: 'hushAsked',
      alarmId: rowAt(state, 'co', entityId)?.alarmId ?? 'nobody',
      by: 'Ana',
    });
  const { state } = playAlarms(NONE, [
    [0, danger('bed.co', 100)],
    [1, danger('hall.co', 100)],
    [62_000, hushOf('bed.co')],
    [62_000, hushOf('hall.co')],
    [63_000, ppm(200)],
  ]);
  expect(rowAt(state, 'co', 'bed.co')?.hushedUntil).toBeNull();
  expect(rowAt(state, 'co', 'hall.co')?.hushedUntil).not.toBeNull();
});

describe('ALM-7: first-out', () => {
  const cause = (alarmId: string, mono: number): AlarmRow =>
    rowOf({ alarmId, kind: 'smoke', entityId: alarmId, since: at(mono) });
  const late = rowOf({ alarmId: 'late', kind: 'heat', entityId: 'late', since: at(9_000) });

  it.each([
    [['a', 1_000] as const, ['b', 2_000] as const],
    [['b', 2_000] as const, ['a', 1_000] as const],
  ])('is the first in time, wherever it stands in the list: %j %j', (one, other) => {
    const rows = tableOf([one, other].map(([id, mono]) => [id, cause(id, mono)] as const));
    expect(firstOutOf(rows, late, 9_000)).toBe('a');
  });

  it('is not older than ten minutes', () => {
    const rows = setRow(emptyTable<AlarmRow>(), 'a', cause('a', 1_000));
    expect(firstOutOf(rows, late, 1_000 + 10 * MINUTE_MS)).toBe('a');
    expect(firstOutOf(rows, late, 1_001 + 10 * MINUTE_MS)).toBeNull();
  });
});

it('an alarm of an earlier version sounds as its level does', () => {
  const { alarms, ...others } = storedAlarms(playAlarms(NONE, [[0, met('alarm')]]).state);
  const { sound: _, ...old } = rowOf();
  const stored = (level: 'alarm' | 'advisory') => ({
    ...others,
    alarms: setRow(alarms, 'oxygen-low:x', { ...old, level } as AlarmRow),
  });
  const soundAt = (level: 'alarm' | 'advisory') =>
    [...rowsOf(upgradeAlarms(stored(level)).alarms)].find(([point]) => point === 'oxygen-low:x')?.[1].sound;
  expect([soundAt('alarm'), soundAt('advisory')]).toEqual(['siren', 'none']);
});

describe('the sounder', () => {
  const a = rowOf({ alarmId: 'a', entityId: 'a' });
  const b = rowOf({ alarmId: 'b', entityId: 'b' });

  it('speaks for the first of two that came in the same moment, by their names', () => {
    for (const pair of [
      [a, b],
      [b, a],
    ]) {
      const rows = tableOf(pair.map((row) => [`oxygen-low:${row.entityId}`, row] as const));
      expect(sounderFrom(rows).sound?.alarmId).toBe('a');
    }
  });

  it('does not call once more for an alarm that is gone already, or that is silent', () => {
    const silent = rowOf({ alarmId: 'b', entityId: 'b', sound: 'none' });
    const raised = { type: 'alarmRaised', alarmId: 'b', kind: 'oxygen-low', level: 'alarm' } as const;
    for (const rows of [
      tableOf([['oxygen-low:a', a] as const]),
      tableOf([['oxygen-low:a', a] as const, ['oxygen-low:b', silent] as const]),
    ]) {
      const begun = reduceSounder(sounderFrom(rows), rows, CLOCK, at(0)).state;
      const fact = { ...raised, entityId: 'b', roomId: 'hall', value: 1 };
      expect(reduceSounder(begun, rows, fact, at(SECOND_MS)).facts ?? []).toEqual([]);
    }
  });
});
