import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { findRow, getRow, someRow } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import { type AlarmRow, isAside, isDanger, pointOf } from './alarmRow.ts';
import { putBack, shelve, suppress, takeOut, unshelve, unsuppress } from './aside.ts';
import { endCondition, settleDue, withoutEnd } from './due.ts';
import type { AlarmPoint } from './facts.ts';
import { hush, mustSound, resumeTrends, takeValue } from './hush.ts';
import { acknowledge, type Met, meet, raise, reset, retire } from './life.ts';
import { applyAll, applyMove } from './move.ts';
import type { AlarmsState } from './state.ts';

/** Whether that entity's alarm is one that the sirens sound for now. */
export function isDangerAt(state: AlarmsState, entityId: string): boolean {
  if (state.voice === null) return false;
  return someRow(state.rows, (row) => row.entityId === entityId && isDanger(row));
}

/** Finds an alarm by its id. Alarms are few: they are looked through. */
export const findAlarm = (state: AlarmsState, alarmId: string): AlarmRow | undefined =>
  findRow(state.rows, (row) => row.alarmId === alarmId);

const rowAt = (state: AlarmsState, { kind, entityId }: AlarmPoint): AlarmRow | null =>
  getRow(state.rows, pointOf(kind, entityId)) ?? null;

export function reduceAlarms(state: AlarmsState, fact: Fact, now: Moment): Outcome<AlarmsState> {
  switch (fact.type) {
    case 'reading':
      return takeValue(state, fact, now);
    case 'conditionMet':
      return meetCondition(state, fact, now);
    case 'conditionEnded':
      return endCondition(state, fact, now);
    case 'clockReached':
      return settleDue(state, now);
    case 'houseResumed':
      return resumeTrends(state, now);
    case 'entityRetired':
      return applyAll(
        state,
        (row) => (row.entityId === fact.entityId && isAside(row) ? retire(row) : null),
        now,
      );
    case 'acknowledgeAsked':
    case 'resetAsked':
    case 'hushAsked':
      return takeAsked(state, fact, now);
    default:
      return putAside(state, fact, now);
  }
}

function meetCondition(before: AlarmsState, met: Met, now: Moment): Outcome<AlarmsState> {
  const state = withoutEnd(before, pointOf(met.kind, met.entityId));
  const old = rowAt(state, met);
  if (old !== null) return applyMove(state, meet(old, met, now), now);
  const [named, id] = withId(state, met, now);
  return applyMove(named, raise(met, id, now), now);
}

/**
 * A name for a new episode. House time, for it never runs backwards: a clock that was set must not give two episodes one name; nor
 * must two that begin within one millisecond.
 */
function withId(state: AlarmsState, { kind, entityId }: AlarmPoint, now: Moment): [AlarmsState, string] {
  const namedAt = Math.max(now.mono, state.namedAt + 1);
  return [{ ...state, namedAt }, `${kind}.${entityId}.${namedAt.toString(36)}`];
}

type Asked = Extract<Fact, { type: 'acknowledgeAsked' | 'resetAsked' | 'hushAsked' }>;

function takeAsked(state: AlarmsState, { type, alarmId, by }: Asked, now: Moment): Outcome<AlarmsState> {
  const row = findAlarm(state, alarmId);
  if (row === undefined) return { state };
  if (type === 'acknowledgeAsked') return applyMove(state, acknowledge(row, by, now), now);
  if (type === 'resetAsked') return applyMove(state, reset(row, by), now);
  return applyMove(state, hush(state, row, by, now), now);
}

function putAside(before: AlarmsState, fact: Fact, now: Moment): Outcome<AlarmsState> {
  switch (fact.type) {
    case 'shelveAsked': {
      const old = rowAt(before, fact);
      if (old !== null && mustSound(before.trends, old)) return { state: before };
      const [state, id] = withId(before, fact, now);
      return kept(before, applyMove(state, shelve(old, fact, id, now), now));
    }
    case 'takenOutAsked': {
      const old = rowAt(before, fact);
      if (old !== null && mustSound(before.trends, old)) return { state: before };
      const [state, id] = withId(before, fact, now);
      return kept(before, applyMove(state, takeOut(old, fact, id, now), now));
    }
    case 'suppressAsked': {
      const [state, id] = withId(before, fact, now);
      if (findAlarm(state, fact.alarmId) === undefined) return { state: before };
      return kept(before, applyMove(state, suppress(rowAt(state, fact), fact, id, now), now));
    }
    case 'unshelveAsked':
      return applyMove(before, unshelve(rowAt(before, fact), fact.by, now), now);
    case 'putBackAsked':
      return applyMove(before, putBack(rowAt(before, fact), fact.by, now), now);
    case 'suppressEnded':
      return applyMove(before, unsuppress(rowAt(before, fact), now), now);
    default:
      return { state: before };
  }
}

/** What was refused changed nothing, not even the next name. */
const kept = (before: AlarmsState, outcome: Outcome<AlarmsState>): Outcome<AlarmsState> =>
  outcome.facts === undefined ? { state: before } : outcome;
