import { type AlarmRow, isAside, pointOfRow } from '../alarms/alarmRow.ts';
import { mayHush } from '../alarms/hush.ts';
import { priorityOfRow } from '../alarms/ladder.ts';
import { type Alarm, type AlarmFlood, isSounding, LIFE_SAFETY } from '../alarms/schema.ts';
import { floodOf } from '../alarms/state.ts';
import { UNPLACED } from '../devices/state.ts';
import type { House } from './house.ts';
import { getRow, rowsOf, type Table } from './table.ts';
import { roomOf } from './view.ts';

/** How the app sees one alarm. */
export function viewAlarm(house: House, row: AlarmRow): Alarm {
  const { alarms } = house;
  return {
    id: row.alarmId,
    kind: row.kind,
    level: row.level,
    state: row.state,
    room: roomOf(house, row.roomId),
    entityId: row.entityId,
    since: row.since.utc,
    active: row.active,
    priority: priorityOfRow(row),
    sound: row.sound,
    cause: row.cause,
    count: row.count,
    mayHush: mayHush(alarms.trends, row),
    firstOut: firstOuts(alarms.rows).has(row.alarmId),
    chattering: getRow(alarms.chatters, pointOfRow(row)) !== undefined,
    stale: row.stale,
    banner: isAside(row) && LIFE_SAFETY.has(row.kind),
    ...whereKnown(row),
    ...viewAside(row),
  };
}

/** What only some alarms have. */
const whereKnown = (row: AlarmRow): Partial<Alarm> => ({
  ...(row.value === null ? {} : { value: row.value }),
  ...(row.unit === null ? {} : { unit: row.unit }),
  ...(row.limit === null ? {} : { limit: row.limit }),
  ...(row.clearedAt === null ? {} : { clearedAt: row.clearedAt.utc }),
  ...(row.acknowledgedBy === null ? {} : { acknowledgedBy: row.acknowledgedBy }),
  ...(row.acknowledgedAt === null ? {} : { acknowledgedAt: row.acknowledgedAt.utc }),
  ...(row.firstOutId === null ? {} : { firstOutId: row.firstOutId }),
  ...(row.late ? { late: true } : {}),
});

/** What keeps it from being heard or told. */
function viewAside({ hushedUntil, shelf, service, suppressedBy }: AlarmRow): Partial<Alarm> {
  return {
    ...(hushedUntil === null ? {} : { hushedUntil: hushedUntil.utc }),
    ...(shelf === null ? {} : { shelf: { until: shelf.until.utc, by: shelf.by, reason: shelf.reason } }),
    ...(service === null
      ? {}
      : { service: { since: service.since.utc, by: service.by, reason: service.reason } }),
    ...(suppressedBy === null ? {} : { suppressedBy }),
  };
}

const known = new WeakMap<Table<AlarmRow>, ReadonlySet<string>>();

/** Alarms of which others are a consequence, remembered for as long as no alarm changes. */
function firstOuts(rows: Table<AlarmRow>): ReadonlySet<string> {
  const before = known.get(rows);
  if (before !== undefined) return before;
  const ids = new Set<string>();
  for (const [, { firstOutId }] of rowsOf(rows)) if (firstOutId !== null) ids.add(firstOutId);
  known.set(rows, ids);
  return ids;
}

/** How the app sees a flood of alarms; null: there is none. */
export function viewFlood({ alarms }: House): AlarmFlood | null {
  const { since } = floodOf(alarms);
  if (since === null) return null;
  let merged = 0;
  for (const [, row] of rowsOf(alarms.rows)) if (!isAside(row) && priorityOfRow(row) > 2) merged += 1;
  return { since: since.utc, merged };
}

/**
 * What an alarm makes of the verdict. One that has cleared is a matter to look at, and more so while nobody has seen it; one
 * that was put aside is no alarm, but nobody may think that all is well.
 */
export function verdictOfAlarm(alarm: Alarm): 'alarm' | 'warning' | 'check' {
  // A room whose sensor fails is blind by itself; trouble is no danger.
  if (alarm.kind === 'trouble') return 'check';
  if (alarm.state === 'shelved' || alarm.state === 'outOfService' || alarm.state === 'suppressed')
    return alarm.active && isSounding(alarm.level) ? 'warning' : 'check';
  if (!alarm.active) return alarm.acknowledgedBy === undefined ? 'warning' : 'check';
  if (isSounding(alarm.level)) return 'alarm';
  return alarm.level === 'warning' ? 'warning' : 'check';
}

/** The room in which an alarm of that entity would be; null: there is no such entity. */
export function roomIdOf({ devices }: House, entityId: string): string | null {
  const entity = getRow(devices.entities, entityId);
  if (entity === undefined) return null;
  return getRow(devices.devices, entity.deviceId)?.roomId ?? UNPLACED;
}
