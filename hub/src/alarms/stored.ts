import { rowsOf, type Table, tableOf } from '../house/table.ts';
import type { AlarmRow } from './alarmRow.ts';
import { REMIND_MS } from './limits.ts';
import { isSounding } from './schema.ts';
import type { StoredAlarms } from './state.ts';

/** What earlier versions did not know of an alarm. */
type Added =
  | 'sound'
  | 'cause'
  | 'limit'
  | 'isLifeSensor'
  | 'isUrgent'
  | 'count'
  | 'hushedUntil'
  | 'shelf'
  | 'service'
  | 'suppressedBy'
  | 'firstOutId'
  | 'stale'
  | 'remindAt';
export type OldAlarmRow = Omit<AlarmRow, Added> & Partial<Pick<AlarmRow, Added>>;

const upgradeRow = (row: OldAlarmRow): AlarmRow => ({
  sound: isSounding(row.level) ? 'siren' : 'none',
  cause: 'limit',
  limit: null,
  isLifeSensor: true,
  isUrgent: false,
  count: 1,
  hushedUntil: null,
  shelf: null,
  service: null,
  suppressedBy: null,
  firstOutId: null,
  stale: false,
  remindAt: row.active ? row.since.mono + REMIND_MS : null,
  ...row,
});

function upgraded(rows: Table<AlarmRow | OldAlarmRow>): Table<AlarmRow> {
  return tableOf([...rowsOf(rows)].map(([point, row]) => [point, upgradeRow(row)] as const));
}

/** What an earlier Homeward stored, in today's form. */
export const upgradeAlarms = <S extends StoredAlarms>(stored: S): S => ({
  ...stored,
  alarms: upgraded(stored.alarms),
});
