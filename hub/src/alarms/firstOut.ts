import { eachRow, type Table } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { type AlarmRow, isAside } from './alarmRow.ts';
import { FIRST_OUT_MS } from './limits.ts';
import type { AlarmKind } from './schema.ts';

/** Kinds that one event brings about in one room. Source: safety.md ALM-7; which ones, ours. */
const GROUPS: readonly ReadonlySet<AlarmKind>[] = [
  new Set(['smoke', 'heat', 'co', 'co2', 'oxygen-low', 'air-quality', 'hot']),
  new Set(['gas', 'oxygen-low']),
  new Set(['water', 'humidity']),
  new Set(['intrusion', 'tamper']),
];

const NO_ROOM = 'unplaced';

/** A house alarm: it stands for no sensor, but for what happened to many. */
export const isOfHouse = (entityId: string): boolean => entityId.startsWith('~');

/**
 * The alarm of which `row` is a consequence: the first of the group in the same room, not older than ten minutes, that still
 * holds; of trouble, the house alarm that lost many devices at once, wherever they stand. Null: it is the first itself.
 */
export function firstOutOf(rows: Table<AlarmRow>, row: AlarmRow, now: Millis): string | null {
  // What stands in no known room has no neighbours.
  if (row.roomId === NO_ROOM && row.kind !== 'trouble') return null;
  let alarmId: string | null = null;
  let first: Millis = Number.POSITIVE_INFINITY;
  eachRow(rows, (other) => {
    if (other.since.mono >= first || !isCause(other, row, now)) return;
    alarmId = other.alarmId;
    first = other.since.mono;
  });
  return alarmId;
}

function isCause(other: AlarmRow, row: AlarmRow, now: Millis): boolean {
  if (other.alarmId === row.alarmId || !other.active || isAside(other) || other.firstOutId !== null)
    return false;
  if (now - other.since.mono > FIRST_OUT_MS) return false;
  if (other.kind === 'trouble' && row.kind === 'trouble')
    return isOfHouse(other.entityId) && !isOfHouse(row.entityId);
  if (other.roomId !== row.roomId || row.roomId === NO_ROOM) return false;
  return GROUPS.some((group) => group.has(other.kind) && group.has(row.kind));
}
