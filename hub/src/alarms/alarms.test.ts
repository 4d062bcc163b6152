import { describe, expect, it } from 'vitest';
import {
  ack,
  CLOCK,
  type Doing,
  ended,
  idOf,
  met,
  NONE,
  playEachSecond,
  rowAt,
} from '../../test/alarmPlay.ts';
import { at } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { rowsOf } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import { reduceAlarms } from './alarms.ts';

function play(doings: readonly Doing[], before = NONE, from = 0) {
  const { state, facts } = playEachSecond(doings, before, from);
  return { state, facts, row: rowAt(state) };
}

describe('acknowledging', () => {
  it('names who and when, and silences nothing', () => {
    const { row } = play([met('critical'), ack]);
    expect(row).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'Ana',
      acknowledgedAt: at(1_000),
      active: true,
      level: 'critical',
    });
  });

  it('is forgotten when it gets worse: whoever saw a warning has not seen an alarm', () => {
    const { row } = play([met('warning'), ack, met('alarm')]);
    expect(row).toMatchObject({ state: 'unacknowledged', acknowledgedBy: null, acknowledgedAt: null });
  });

  it('is kept when it gets better', () => {
    expect(play([met('critical'), ack, met('alarm')]).row).toMatchObject({ acknowledgedBy: 'Ana' });
  });

  it('is forgotten when a latched alarm flares up, and the alarm stays the same one', () => {
    const before = play([met('alarm'), ack, ended()]).row;
    const after = play([met('alarm'), ack, ended(), met('critical', { value: 17, roomId: 'hall' })]).row;
    expect(after).toMatchObject({
      alarmId: before?.alarmId,
      acknowledgedBy: null,
      acknowledgedAt: null,
      clearedAt: null,
      roomId: 'hall',
      value: 17,
      since: at(3_000),
      active: true,
    });
  });

  it('counts for the first who asks only', () => {
    const { state } = play([met('alarm'), ack]);
    const second: Fact = { type: 'acknowledgeAsked', alarmId: idOf(state), by: 'Ben' };
    expect(reduceAlarms(state, second, at(9_000)).state).toBe(state);
  });

  it('of an old episode cannot acknowledge a new one', () => {
    const first = play([met('advisory')]);
    const second = play([ended(), met('advisory')], first.state, 5_000);
    const late: Fact = { type: 'acknowledgeAsked', alarmId: idOf(first.state), by: 'Ana' };
    expect(reduceAlarms(second.state, late, at(9_000)).state).toBe(second.state);
  });
});

it('names two episodes of one millisecond differently, whatever the wall clock says', () => {
  const sameUtc = (mono: number): Moment => ({ mono, utc: 0 });
  const first = reduceAlarms(NONE, met('advisory'), sameUtc(1)).state;
  const between = reduceAlarms(first, ended(), sameUtc(1)).state;
  const second = reduceAlarms(between, met('advisory'), sameUtc(1)).state;
  expect(idOf(second)).not.toBe(idOf(first));
});

it('keeps kinds and sensors apart: one row each', () => {
  const { state } = play([
    met('alarm'),
    met('alarm', { kind: 'co' }),
    met('alarm', { entityId: 'hall.o2' }),
    met('critical', { entityId: 'hall.o2' }),
  ]);
  expect(state.rows.size).toBe(3);
  expect(new Set([...rowsOf(state.rows)].map(([, row]) => row.alarmId)).size).toBe(3);
});

it('leaves alone what is no matter of alarms', () => {
  expect(reduceAlarms(NONE, CLOCK, at(0)).state).toBe(NONE);
});
