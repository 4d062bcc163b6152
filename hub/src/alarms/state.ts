import { deleteRow, emptyTable, getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { earliest, type Millis } from '../shared/time.ts';
import { type AlarmRow, isDanger, pointOfRow } from './alarmRow.ts';
import { type Chatter, dueOfChatter } from './chatter.ts';
import { type Flood, floodEndsAt, NO_FLOOD } from './flood.ts';
import type { Ladder } from './ladder.ts';
import { dueOfRow } from './life.ts';
import { LIFE_KINDS } from './schema.ts';
import { steadyAt, type Trend } from './trend.ts';

/** What is kept on disk, by the names under which it is kept. */
export type StoredAlarms = {
  /** By point, as ladders and chatters are. */
  readonly alarms: Table<AlarmRow>;
  readonly ladders: Table<Ladder>;
  readonly chatters: Table<Chatter>;
  /** By receiver: the household, until people have receivers of their own. */
  readonly alarmFloods: Table<Flood>;
};

export const EMPTY_ALARMS: StoredAlarms = {
  alarms: emptyTable(),
  ladders: emptyTable(),
  chatters: emptyTable(),
  alarmFloods: emptyTable(),
};

export const HOUSEHOLD = 'household';

export type AlarmsState = {
  readonly rows: Table<AlarmRow>;
  readonly ladders: Table<Ladder>;
  readonly chatters: Table<Chatter>;
  readonly floods: Table<Flood>;
  /** By point. Volatile, as is all that follows. */
  readonly trends: Table<Trend>;
  /** The last transitions of an alarm, by point; house times. */
  readonly moved: Table<readonly Millis[]>;
  /**
   * The running life-safety alarm that the sirens give voice to; null: no such condition holds. Follows from the rows,
   * and stands here so that a new alarm need not look through all others.
   */
  readonly voice: AlarmRow | null;
  /** House time that is in the newest id. */
  readonly namedAt: Millis;
  /** Nothing is due before this house time; null: nothing is. */
  readonly wakeAt: Millis | null;
};

/** Takes up what was stored. */
export function alarmsFrom(stored: StoredAlarms): AlarmsState {
  const state: AlarmsState = {
    rows: stored.alarms,
    ladders: stored.ladders,
    chatters: stored.chatters,
    floods: stored.alarmFloods,
    trends: emptyTable(),
    moved: emptyTable(),
    voice: firstVoice(stored.alarms),
    namedAt: -1,
    wakeAt: null,
  };
  return { ...state, wakeAt: firstDue(state) };
}

export const storedAlarms = ({ rows, ladders, chatters, floods }: AlarmsState): StoredAlarms => ({
  alarms: rows,
  ladders,
  chatters,
  alarmFloods: floods,
});

export const floodOf = ({ floods }: AlarmsState): Flood => getRow(floods, HOUSEHOLD) ?? NO_FLOOD;

/** House time at which the first thing is due. */
export function firstDue({ rows, ladders, chatters, floods, trends }: AlarmsState): Millis | null {
  let due: Millis | null = null;
  for (const [, row] of rowsOf(rows)) due = earliest(due, dueOfRow(row));
  for (const [, { dueAt }] of rowsOf(ladders)) due = earliest(due, dueAt);
  for (const [, chatter] of rowsOf(chatters)) due = earliest(due, dueOfChatter(chatter));
  for (const [, flood] of rowsOf(floods)) due = earliest(due, floodEndsAt(flood));
  for (const [, trend] of rowsOf(trends)) due = earliest(due, steadyAt(trend));
  return due;
}

const comesBefore = (a: AlarmRow, b: AlarmRow | null): boolean =>
  b === null || LIFE_KINDS.indexOf(a.kind) < LIFE_KINDS.indexOf(b.kind);

function firstVoice(rows: Table<AlarmRow>): AlarmRow | null {
  let first: AlarmRow | null = null;
  for (const [, row] of rowsOf(rows)) if (isDanger(row) && comesBefore(row, first)) first = row;
  return first;
}

/** Puts a row, or takes it away, and keeps the voice in step. */
export function withRow(state: AlarmsState, point: string, row: AlarmRow | null): AlarmsState {
  const rows = row === null ? deleteRow(state.rows, point) : setRow(state.rows, point, row);
  const { voice } = state;
  if (voice !== null && pointOfRow(voice) === point) return { ...state, rows, voice: firstVoice(rows) };
  return { ...state, rows, voice: row !== null && isDanger(row) && comesBefore(row, voice) ? row : voice };
}
