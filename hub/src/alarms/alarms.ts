import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import type { AlarmRow } from './alarmRow.ts';
import type { AlarmRef } from './facts.ts';
import {
  type AlarmKind,
  type AlarmLevel,
  compareLevels,
  isSounding,
  LIFE_KINDS,
  LIFE_SAFETY,
} from './schema.ts';

export type AlarmsState = {
  readonly rows: Table<AlarmRow>;
  /**
   * The running life-safety alarm that the sirens give voice to; null: no such condition holds. Follows from the rows,
   * and stands here so that a new alarm need not look through all others.
   */
  readonly voice: AlarmRow | null;
};

/** Takes up stored rows. */
export const alarmsFrom = (rows: Table<AlarmRow>): AlarmsState => ({ rows, voice: firstVoice(rows) });

const isDanger = (row: AlarmRow): boolean => row.active && isSounding(row.level) && LIFE_SAFETY.has(row.kind);

const comesBefore = (a: AlarmRow, b: AlarmRow | null): boolean =>
  b === null || LIFE_KINDS.indexOf(a.kind) < LIFE_KINDS.indexOf(b.kind);

function firstVoice(rows: Table<AlarmRow>): AlarmRow | null {
  let first: AlarmRow | null = null;
  for (const [, row] of rowsOf(rows)) if (isDanger(row) && comesBefore(row, first)) first = row;
  return first;
}

/** Puts a row, or takes it away, and keeps the voice in step. */
function withRow(state: AlarmsState, point: string, row: AlarmRow | null): AlarmsState {
  const rows = row === null ? deleteRow(state.rows, point) : setRow(state.rows, point, row);
  const { voice } = state;
  if (voice !== null && pointOf(voice.kind, voice.entityId) === point) return alarmsFrom(rows);
  return { rows, voice: row !== null && isDanger(row) && comesBefore(row, voice) ? row : voice };
}

/** Where the alarm of a kind stands for a sensor: one row each, whatever its level. */
export const pointOf = (kind: AlarmKind, entityId: string): string => `${kind}:${entityId}`;

/** Whether a condition of that kind holds anywhere. */
export function holds(state: AlarmsState, kind: AlarmKind): boolean {
  for (const [, row] of rowsOf(state.rows)) if (row.active && row.kind === kind) return true;
  return false;
}

/** Whether that entity's alarm is one that the sirens sound for now. */
export function isDangerAt(state: AlarmsState, entityId: string): boolean {
  if (state.voice === null) return false;
  for (const [, row] of rowsOf(state.rows)) if (row.entityId === entityId && isDanger(row)) return true;
  return false;
}

/** Finds an alarm by its id. Alarms are few: they are looked through. */
export function findAlarm(state: AlarmsState, alarmId: string): AlarmRow | undefined {
  for (const [, row] of rowsOf(state.rows)) if (row.alarmId === alarmId) return row;
  return undefined;
}

export function reduceAlarms(state: AlarmsState, fact: Fact, now: Moment): Outcome<AlarmsState> {
  switch (fact.type) {
    case 'conditionMet':
      return conditionMet(state, fact, now);
    case 'conditionEnded':
      return conditionEnded(state, fact, now);
    case 'acknowledgeAsked':
      return acknowledge(state, fact, now);
    case 'resetAsked':
      return reset(state, fact);
    default:
      return { state };
  }
}

type Met = Extract<Fact, { type: 'conditionMet' }>;

function conditionMet(state: AlarmsState, met: Met, now: Moment): Outcome<AlarmsState> {
  const point = pointOf(met.kind, met.entityId);
  const old = getRow(state.rows, point);
  if (old === undefined) return raise(state, point, met, now);
  if (!old.active) return raiseAgain(state, point, old, met, now);
  return changeLevel(state, point, old, met);
}

/** A → B: a new episode. */
function raise(state: AlarmsState, point: string, met: Met, now: Moment): Outcome<AlarmsState> {
  const { type: _, ...condition } = met;
  const { kind, level, entityId, roomId, value } = met;
  const row: AlarmRow = {
    // House time, for it never runs backwards: a clock that was set must not give two episodes one name.
    alarmId: `${kind}.${entityId}.${now.mono.toString(36)}`,
    ...condition,
    count: 1,
    state: 'unacknowledged',
    active: true,
    peak: level,
    since: now,
    clearedAt: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
  };
  return {
    state: withRow(state, point, row),
    facts: [{ type: 'alarmRaised', ...refOf(row), roomId, value }],
  };
}

/** E, F → B: the same episode flares up again, and somebody has to see it again. */
function raiseAgain(
  state: AlarmsState,
  point: string,
  old: AlarmRow,
  met: Met,
  now: Moment,
): Outcome<AlarmsState> {
  const row: AlarmRow = {
    ...old,
    level: met.level,
    peak: worseOf(old.peak, met.level),
    value: met.value,
    unit: met.unit,
    late: met.late,
    sound: met.sound,
    cause: met.cause,
    limit: met.limit,
    count: old.count + 1,
    roomId: met.roomId,
    state: 'unacknowledged',
    active: true,
    since: now,
    clearedAt: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
  };
  return {
    state: withRow(state, point, row),
    facts: [{ type: 'alarmRaised', ...refOf(row), roomId: row.roomId, value: row.value }],
  };
}

/** B, C: the level moved. Upwards it is unacknowledged again: whoever saw a warning has not seen an alarm. */
function changeLevel(state: AlarmsState, point: string, old: AlarmRow, met: Met): Outcome<AlarmsState> {
  if (met.level === old.level) return { state };
  const up = compareLevels(met.level, old.level) > 0;
  const row: AlarmRow = {
    ...old,
    level: met.level,
    peak: worseOf(old.peak, met.level),
    latching: old.latching || met.latching,
    value: met.value,
    unit: met.unit,
    sound: met.sound,
    cause: met.cause,
    limit: met.limit,
    ...(up ? { state: 'unacknowledged', acknowledgedBy: null, acknowledgedAt: null } : {}),
  };
  return {
    state: withRow(state, point, row),
    facts: [{ type: 'alarmLevelChanged', ...refOf(row), from: old.level }],
  };
}

/** B → E, C → F; back to A when it never was an alarm (an advisory needs nobody's hand), or does not latch. */
function conditionEnded(
  state: AlarmsState,
  fact: Extract<Fact, { type: 'conditionEnded' }>,
  now: Moment,
): Outcome<AlarmsState> {
  const point = pointOf(fact.kind, fact.entityId);
  const old = getRow(state.rows, point);
  if (!old?.active) return { state };
  if (!old.latching || !isSounding(old.peak)) {
    return {
      state: withRow(state, point, null),
      facts: [
        { type: 'alarmCleared', ...refOf(old) },
        { type: 'alarmReturned', ...refOf(old), by: null },
      ],
    };
  }
  const row: AlarmRow = { ...old, state: 'latched', active: false, level: old.peak, clearedAt: now };
  return { state: withRow(state, point, row), facts: [{ type: 'alarmCleared', ...refOf(row) }] };
}

/** B → C, E → F. A second acknowledgement changes nothing. */
function acknowledge(
  state: AlarmsState,
  fact: Extract<Fact, { type: 'acknowledgeAsked' }>,
  now: Moment,
): Outcome<AlarmsState> {
  const old = findAlarm(state, fact.alarmId);
  if (old === undefined || old.acknowledgedBy !== null) return { state };
  const row: AlarmRow = {
    ...old,
    state: old.state === 'latched' ? 'latched' : 'acknowledged',
    acknowledgedBy: fact.by,
    acknowledgedAt: now,
  };
  return {
    state: withRow(state, pointOf(old.kind, old.entityId), row),
    facts: [{ type: 'alarmAcknowledged', ...refOf(row), by: fact.by }],
  };
}

/** F → A. */
function reset(state: AlarmsState, fact: Extract<Fact, { type: 'resetAsked' }>): Outcome<AlarmsState> {
  const old = findAlarm(state, fact.alarmId);
  if (old === undefined || !mayReset(old)) return { state };
  return {
    state: withRow(state, pointOf(old.kind, old.entityId), null),
    facts: [{ type: 'alarmReturned', ...refOf(old), by: fact.by }],
  };
}

/** Only what has cleared and was seen may be put back to normal. */
export const mayReset = (row: AlarmRow): boolean => row.state === 'latched' && row.acknowledgedBy !== null;

const worseOf = (a: AlarmLevel, b: AlarmLevel): AlarmLevel => (compareLevels(a, b) >= 0 ? a : b);
const refOf = ({ alarmId, kind, level, entityId }: AlarmRow): AlarmRef => ({
  alarmId,
  kind,
  level,
  entityId,
});
