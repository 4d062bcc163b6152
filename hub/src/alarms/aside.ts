import { MINUTE_MS, type Moment } from '../shared/time.ts';
import { type AlarmRow, isAside } from './alarmRow.ts';
import type { AskedFact } from './facts.ts';
import { backInView, type Move } from './life.ts';
import type { AlarmEvent } from './lifeSchema.ts';
import { maxShelfMinutes, REMIND_MS } from './limits.ts';
import { LIFE_SAFETY } from './schema.ts';

type Asked<T extends AskedFact['type']> = Extract<AskedFact, { type: T }>;
type Placed = Asked<'shelveAsked'> | Asked<'takenOutAsked'> | Asked<'suppressAsked'>;

/** The row of an alarm that is normal and put aside: nothing is known of it yet. */
const normalRow = ({ kind, entityId, roomId }: Placed, alarmId: string, now: Moment): AlarmRow => ({
  alarmId,
  kind,
  entityId,
  roomId,
  level: 'advisory',
  peak: 'advisory',
  state: 'shelved',
  active: false,
  latching: false,
  value: null,
  unit: null,
  late: false,
  sound: 'none',
  cause: 'limit',
  limit: null,
  isLifeSensor: true,
  isUrgent: false,
  count: 0,
  since: now,
  clearedAt: null,
  acknowledgedBy: null,
  acknowledgedAt: null,
  hushedUntil: null,
  shelf: null,
  service: null,
  suppressedBy: null,
  firstOutId: null,
  stale: false,
  remindAt: null,
});

const QUIET = { hushedUntil: null, stale: false, remindAt: null } as const;

/** Whether the table lets it be put on the shelf: A to D, and G for longer. E and F wait for a person already. */
export const mayShelve = (row: AlarmRow | null): boolean =>
  row === null || row.state === 'shelved' || (row.state !== 'latched' && !isAside(row));

/**
 * A, B, C, D → G, and G for another time. An alarm is put aside up to the level that it has; one that is normal, or came while
 * it was on the shelf of all levels, at every level.
 */
export function shelve(
  old: AlarmRow | null,
  asked: Asked<'shelveAsked'>,
  id: string,
  now: Moment,
): Move | null {
  if (!mayShelve(old)) return null;
  const row = old ?? normalRow(asked, id, now);
  const forMs = Math.min(asked.minutes, maxShelfMinutes(asked.kind)) * MINUTE_MS;
  const after: AlarmRow = {
    ...row,
    ...QUIET,
    state: 'shelved',
    shelf: {
      until: { mono: now.mono + forMs, utc: now.utc + forMs },
      by: asked.by,
      reason: asked.reason,
      level: old === null ? 'critical' : (old.shelf?.level ?? old.level),
    },
  };
  return { event: 'shelved', before: old, after, by: asked.by };
}

/** H is for what another alarm explains. What endangers a life is never explained away. */
export function suppress(
  old: AlarmRow | null,
  asked: Asked<'suppressAsked'>,
  id: string,
  now: Moment,
): Move | null {
  if (LIFE_SAFETY.has(asked.kind) || asked.alarmId === old?.alarmId) return null;
  if (old !== null && !mayExplain(old, asked.alarmId)) return null;
  const after: AlarmRow = {
    ...(old ?? normalRow(asked, id, now)),
    ...QUIET,
    state: 'suppressed',
    suppressedBy: asked.alarmId,
    firstOutId: asked.alarmId,
  };
  return { event: 'suppressed', before: old, after, by: null };
}

/** What another alarm explains already may turn out to come from a third. */
const mayExplain = (old: AlarmRow, alarmId: string): boolean =>
  old.state === 'suppressed' ? old.suppressedBy !== alarmId : !isAside(old) && old.state !== 'latched';

/** Any → I: also what is on the shelf, explained or latched. */
export function takeOut(
  old: AlarmRow | null,
  asked: Asked<'takenOutAsked'>,
  id: string,
  now: Moment,
): Move | null {
  if (old?.state === 'outOfService') return null;
  const { by, reason } = asked;
  const after: AlarmRow = {
    ...(old ?? normalRow(asked, id, now)),
    ...QUIET,
    state: 'outOfService',
    shelf: null,
    suppressedBy: null,
    service: { since: now, by, reason },
    remindAt: now.mono + REMIND_MS,
  };
  return { event: 'taken-out', before: old, after, by };
}

/** G, H, I → A or B by what is true now. */
const leave = (event: AlarmEvent, old: AlarmRow, by: string | null, now: Moment): Move => ({
  event,
  before: old,
  after: old.active ? backInView(old, now) : null,
  by,
});

export const unshelve = (old: AlarmRow | null, by: string | null, now: Moment): Move | null =>
  old?.state === 'shelved' ? leave('unshelved', old, by, now) : null;

export const unsuppress = (old: AlarmRow | null, now: Moment): Move | null =>
  old?.state === 'suppressed' ? leave('unsuppressed', old, null, now) : null;

export const putBack = (old: AlarmRow | null, by: string, now: Moment): Move | null =>
  old?.state === 'outOfService' ? leave('put-back', old, by, now) : null;
