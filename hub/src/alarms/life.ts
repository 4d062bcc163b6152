import { earliest, type Millis, type Moment } from '../shared/time.ts';
import { type AlarmRow, isAside, latches, mayAcknowledge, mayReset } from './alarmRow.ts';
import type { ConditionFact } from './facts.ts';
import type { AlarmEvent } from './lifeSchema.ts';
import { REMIND_MS, SHOW_AGAIN_MS, UNSEEN_MS } from './limits.ts';
import { type AlarmCause, type AlarmLevel, compareLevels } from './schema.ts';

/** One transition of one alarm. Null stands for normal. */
export type Move = {
  readonly event: AlarmEvent;
  readonly before: AlarmRow | null;
  readonly after: AlarmRow | null;
  /** Null: the house. */
  readonly by: string | null;
};

export type Met = Extract<ConditionFact, { type: 'conditionMet' }>;

const UNSEEN = { acknowledgedBy: null, acknowledgedAt: null, hushedUntil: null } as const;

const ofTheHouse = (event: AlarmEvent, before: AlarmRow | null, after: AlarmRow | null): Move => ({
  event,
  before,
  after,
  by: null,
});

/** What the condition says of the row. */
const conditionOf = (met: Met) => ({
  roomId: met.roomId,
  level: met.level,
  value: met.value,
  unit: met.unit,
  late: met.late,
  sound: met.sound,
  cause: met.cause,
  limit: met.limit,
  isLifeSensor: met.isLifeSensor ?? true,
  isUrgent: met.isUrgent ?? false,
});

/** A → B: a new episode. `alarmId`: no other episode has it. */
export function raise(met: Met, alarmId: string, now: Moment): Move {
  return ofTheHouse('raised', null, {
    alarmId,
    kind: met.kind,
    entityId: met.entityId,
    ...conditionOf(met),
    state: 'unacknowledged',
    active: true,
    latching: met.latching,
    peak: met.level,
    count: 1,
    since: now,
    clearedAt: null,
    ...UNSEEN,
    shelf: null,
    service: null,
    suppressedBy: null,
    firstOutId: null,
    stale: false,
    remindAt: now.mono + REMIND_MS,
  });
}

/** The condition holds, and the alarm has a row. Null: that is nothing new. */
export function meet(old: AlarmRow, met: Met, now: Moment): Move | null {
  if (isAside(old)) return recordMet(old, met, now);
  if (!old.active) return ofTheHouse('raised', old, { ...comeBack(old, met, now), state: 'unacknowledged' });
  return changeRunning(old, met);
}

/** The sirens join in, at no milder a level. */
export const bringsSiren = (before: AlarmRow, after: Pick<AlarmRow, 'sound' | 'level'>): boolean =>
  after.sound === 'siren' && before.sound !== 'siren' && compareLevels(after.level, before.level) >= 0;

/** A life depends on it from now on. */
export const becomesUrgent = (before: Pick<AlarmRow, 'isUrgent'>, after: Pick<Met, 'isUrgent'>): boolean =>
  after.isUrgent === true && !before.isUrgent;

/** D, E, F → B: the same episode flares up, and somebody has to see it again. */
const comeBack = (old: AlarmRow, met: Met, now: Moment): AlarmRow => ({
  ...old,
  ...conditionOf(met),
  peak: worseOf(old.peak, met.level),
  latching: old.latching || met.latching,
  count: old.count + 1,
  active: true,
  since: now,
  clearedAt: null,
  ...UNSEEN,
  stale: false,
  remindAt: now.mono + REMIND_MS,
});

/** Whether it says something of the alarm that was not known: another level, reason, value or sound, or that it latches. */
const saysMore = (old: AlarmRow, met: Met): boolean =>
  met.level !== old.level ||
  met.cause !== old.cause ||
  met.limit !== old.limit ||
  met.value !== old.value ||
  met.sound !== old.sound ||
  (met.isLifeSensor ?? true) !== old.isLifeSensor ||
  (met.isUrgent ?? false) !== old.isUrgent ||
  (met.latching && !old.latching);

const eventOf = (old: AlarmRow, met: Met): AlarmEvent =>
  met.level === old.level ? 'changed' : 'level-changed';

/**
 * B, C: the level moved, or its reason did. Upwards, or when the sirens join in, it is unacknowledged again: whoever saw a warning has
 * not seen an alarm.
 */
function changeRunning(old: AlarmRow, met: Met): Move | null {
  if (!saysMore(old, met)) return null;
  const isWorse = compareLevels(met.level, old.level) > 0 || bringsSiren(old, met) || becomesUrgent(old, met);
  const after: AlarmRow = {
    ...old,
    ...conditionOf(met),
    roomId: old.roomId,
    late: old.late,
    peak: worseOf(old.peak, met.level),
    latching: old.latching || met.latching,
    ...(isWorse ? { ...UNSEEN, state: 'unacknowledged' } : {}),
  };
  return ofTheHouse(eventOf(old, met), old, after);
}

/**
 * G, H, I: it is only written down; but whoever put a warning aside has not put an alarm aside. Nor is a trouble that waits one that does
 * not: when a life comes to depend on it, it comes back from out of service too (F-25).
 */
function recordMet(old: AlarmRow, met: Met, now: Moment): Move | null {
  const isPutAside = old.shelf !== null || old.service !== null;
  const comesBack = met.comesBack === true && isPutAside;
  if (old.active && !saysMore(old, met) && !comesBack) return null;
  const row = old.active ? { ...changed(old, met) } : { ...comeBack(old, met, now), remindAt: old.remindAt };
  const isUrgentAnew = met.isUrgent === true && !(old.active && old.isUrgent);
  const isPastShelf = old.shelf !== null && compareLevels(met.level, old.shelf.level) > 0;
  if (isPastShelf || comesBack || (isPutAside && isUrgentAnew)) {
    // Not "put back": that is what a person does.
    return ofTheHouse('unshelved', old, backInView(row, now));
  }
  return ofTheHouse(old.active ? eventOf(old, met) : 'raised', old, row);
}

const changed = (old: AlarmRow, met: Met): AlarmRow => ({
  ...old,
  ...conditionOf(met),
  peak: worseOf(old.peak, met.level),
  latching: old.latching || met.latching,
});

/** The condition ended. B → D or E, C → A or F; an advisory needs nobody's hand: → A. Null: it did not hold. */
export function end(old: AlarmRow, now: Moment): Move | null {
  if (!old.active) return null;
  const cleared: AlarmRow = { ...old, active: false, clearedAt: now, hushedUntil: null, isUrgent: false };
  if (isAside(old)) return ofTheHouse('cleared', old, cleared);
  const gone: AlarmRow = { ...cleared, level: old.peak, stale: false, remindAt: null };
  if (latches(old)) return ofTheHouse('cleared', old, { ...gone, state: 'latched' });
  const needsEyes = old.state === 'unacknowledged' && old.peak !== 'advisory';
  return ofTheHouse('cleared', old, needsEyes ? { ...gone, state: 'cleared' } : null);
}

/** B → C, D → A, E → F. Null: somebody was faster, or there is nothing to see. */
export function acknowledge(old: AlarmRow, by: string, now: Moment): Move | null {
  if (!mayAcknowledge(old)) return null;
  const seen: AlarmRow = { ...old, acknowledgedBy: by, acknowledgedAt: now };
  const after: AlarmRow | null =
    old.state === 'cleared' ? null : old.state === 'latched' ? seen : { ...seen, state: 'acknowledged' };
  return { event: 'acknowledged', before: old, after, by };
}

/** F → A. */
export const reset = (old: AlarmRow, by: string): Move | null =>
  mayReset(old) ? { event: 'reset', before: old, after: null, by } : null;

/** D → A: nobody looked for a day. */
export const retire = (old: AlarmRow): Move => ofTheHouse('retired', old, null);

/** House time at which a returned alarm that nobody looked at leaves by itself; null: it does not. */
export const retiresAt = ({ state, clearedAt }: AlarmRow): Millis | null =>
  state === 'cleared' && clearedAt !== null ? clearedAt.mono + UNSEEN_MS : null;

/** Troubles that get worse by themselves until somebody does something: to have seen them is not enough. */
const WORSENING: ReadonlySet<AlarmCause> = new Set<AlarmCause>(['battery', 'battery-volts']);

/** House time at which somebody has to see it again though somebody did; null: never. */
export const showsAgainAt = ({ state, active, cause, acknowledgedAt }: AlarmRow): Millis | null =>
  state === 'acknowledged' && active && acknowledgedAt !== null && WORSENING.has(cause)
    ? acknowledgedAt.mono + SHOW_AGAIN_MS
    : null;

/** C → B: it is as it was. */
export const showAgain = (old: AlarmRow): Move =>
  ofTheHouse('shown-again', old, { ...old, state: 'unacknowledged', ...UNSEEN });

/** House time at which something of the row is due by itself; null: nothing is. */
export const dueOfRow = (row: AlarmRow): Millis | null =>
  earliest(
    row.hushedUntil?.mono ?? null,
    row.shelf?.until.mono ?? null,
    row.remindAt,
    retiresAt(row),
    showsAgainAt(row),
  );

/** What a row is when it is put aside no more and its condition holds: B, as if it were new. */
export const backInView = (row: AlarmRow, now: Moment): AlarmRow => ({
  ...row,
  state: 'unacknowledged',
  ...UNSEEN,
  shelf: null,
  service: null,
  suppressedBy: null,
  stale: false,
  remindAt: now.mono + REMIND_MS,
});

const worseOf = (a: AlarmLevel, b: AlarmLevel): AlarmLevel => (compareLevels(a, b) >= 0 ? a : b);
