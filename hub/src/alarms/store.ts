import type Database from 'better-sqlite3';
import { changedRows, type Table, tableOf } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { type AlarmRow, refOf } from './alarmRow.ts';
import type { MovedFact } from './facts.ts';
import type {
  AlarmEpisode,
  AlarmEvent,
  AlarmHistory,
  AlarmHistoryQuery,
  AlarmTransition,
} from './lifeSchema.ts';
import { KEEP_TRANSITIONS_MS } from './limits.ts';
import { type AlarmKind, type AlarmLevel, compareLevels, type Room } from './schema.ts';

type AlarmMoved = Extract<MovedFact, { type: 'alarmMoved' }>;

/** One row as it stands in the database. */
type Stored = {
  readonly seq: number;
  readonly alarm_id: string;
  readonly kind: AlarmKind;
  readonly entity_id: string;
  readonly room_id: string;
  readonly event: AlarmEvent;
  readonly from_state: AlarmTransition['from'];
  readonly to_state: AlarmTransition['to'];
  readonly level: AlarmLevel;
  readonly value_json: string;
  readonly actor: string | null;
  readonly mono: Millis;
  readonly utc: Millis;
  readonly row_json: string | null;
};

/** So many transitions are shown of one episode. */
const MAX_SHOWN = 100;

/** How many old transitions go at a time, so that nobody waits for it. */
export const PRUNE_AT_ONCE = 200;

const COLUMNS =
  'point, alarm_id, kind, entity_id, room_id, event, from_state, to_state, level, value_json, actor, mono, utc, row_json';

/** The transitions of all alarms in `safety.db`. What stands is what the last transition of each point says. */
export function createTransitionStore(db: Database.Database) {
  const insert = db.prepare(
    `insert into alarm_transition (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const last = db.prepare(
    `select point, row_json from alarm_transition
     where seq in (select max(seq) from alarm_transition group by point) and row_json is not null`,
  );
  const prune = db.prepare(
    `delete from alarm_transition where seq in (
       select old.seq from alarm_transition as old
       where old.mono < ? and exists (
         select 1 from alarm_transition as newer where newer.point = old.point and newer.seq > old.seq)
       order by old.mono limit ${PRUNE_AT_ONCE})`,
  );

  function add(moved: AlarmMoved, { mono, utc }: Moment): void {
    const { kind, entityId, row } = moved;
    insert.run(
      `${kind}:${entityId}`,
      moved.alarmId,
      kind,
      entityId,
      moved.roomId,
      moved.event,
      moved.from,
      moved.to,
      moved.level,
      JSON.stringify(moved.value),
      moved.by,
      mono,
      utc,
      row === null ? null : JSON.stringify(row),
    );
  }

  return {
    /** One transition. Call it in the transaction that saves what followed from it. */
    add,
    /**
     * Writes down where alarms stand of which no transition was handed over: the disk said no for so long that the news was
     * thrown away. `told`: points of which there was one.
     */
    addUntold(before: Table<AlarmRow>, after: Table<AlarmRow>, told: ReadonlySet<string>, now: Moment): void {
      const old = new Map<string, AlarmRow | undefined>();
      for (const [point, row] of changedRows(after, before)) old.set(point, row);
      for (const [point, row] of changedRows(before, after))
        if (!told.has(point)) add(untold(old.get(point), row), now);
    },
    /** @throws when a row is not JSON: the file was damaged or edited */
    load: (): Table<AlarmRow> =>
      tableOf(
        (last.all() as { point: string; row_json: string }[]).map(({ point, row_json }) => [
          point,
          JSON.parse(row_json) as AlarmRow,
        ]),
      ),
    /** Forgets some of what is too old, never the last of a point. Answers whether there may be more. */
    prune: (now: Millis): boolean => prune.run(now - KEEP_TRANSITIONS_MS).changes === PRUNE_AT_ONCE,
  };
}

/** Shows one episode from its first row. */
function createEpisodeView(db: Database.Database) {
  const episode = db.prepare(
    `select * from alarm_transition where alarm_id = ? order by seq desc limit ${MAX_SHOWN}`,
  );
  const levels = db.prepare('select distinct level from alarm_transition where alarm_id = ?').pluck();

  return (begin: Stored, roomOf: (id: string) => Room): AlarmEpisode => {
    const rows = (episode.all(begin.alarm_id) as Stored[]).reverse();
    const newest = rows.at(-1);
    const first = begin.row_json === null ? null : (JSON.parse(begin.row_json) as Partial<AlarmRow>);
    const all = levels.all(begin.alarm_id) as AlarmEpisode['peak'][];
    return {
      id: begin.alarm_id,
      kind: begin.kind,
      peak: all.sort(compareLevels).at(-1) ?? begin.level,
      cause: first?.cause ?? 'limit',
      room: roomOf(begin.room_id),
      entityId: begin.entity_id,
      since: begin.utc,
      endedAt: newest?.to_state === 'normal' ? newest.utc : null,
      unit: first?.unit ?? null,
      transitions: rows.map(viewTransition),
    };
  };
}

/** Reads what became of each alarm. Nothing of it blocks for long: a page has 50 episodes at most, each its last 100 rows. */
export function createEpisodeReader(db: Database.Database) {
  const viewEpisode = createEpisodeView(db);

  /** Where episodes began, newest first: one more than asked for, so that it is known whether there is another page. */
  function begins({ before, limit, kind, entityId, room }: AlarmHistoryQuery): Stored[] {
    const asked: [column: string, value: string | number | undefined][] = [
      ['kind = ?', kind],
      ['entity_id = ?', entityId],
      ['room_id = ?', room],
      ['seq < ?', before === undefined ? undefined : Number(before)],
    ];
    const given = asked.filter(([, value]) => value !== undefined);
    const where = ["from_state = 'normal'", ...given.map(([column]) => column)].join(' and ');
    return db
      .prepare(`select * from alarm_transition where ${where} order by seq desc limit ?`)
      .all(...given.map(([, value]) => value), limit + 1) as Stored[];
  }

  /** The life of each alarm, newest first. */
  return (query: AlarmHistoryQuery, roomOf: (id: string) => Room): AlarmHistory => {
    const found = begins(query);
    const page = found.slice(0, query.limit);
    return {
      episodes: page.map((begin) => viewEpisode(begin, roomOf)),
      next: found.length > page.length ? String(page.at(-1)?.seq) : null,
    };
  };
}

/** One episode with both times of its ends; `ended` null: it is not back to normal. */
export type FoundEpisode = {
  readonly episode: AlarmEpisode;
  readonly roomId: string;
  readonly began: Moment;
  readonly ended: Moment | null;
};

/** Finds the episode of that id; null: there is none, or none any more. */
export function createEpisodeFinder(db: Database.Database) {
  const viewEpisode = createEpisodeView(db);
  const first = db.prepare('select * from alarm_transition where alarm_id = ? order by seq limit 1');
  const last = db.prepare('select * from alarm_transition where alarm_id = ? order by seq desc limit 1');
  return (alarmId: string, roomOf: (id: string) => Room): FoundEpisode | null => {
    const begin = first.get(alarmId) as Stored | undefined;
    if (begin === undefined) return null;
    const { to_state, mono, utc } = last.get(alarmId) as Stored;
    return {
      episode: viewEpisode(begin, roomOf),
      roomId: begin.room_id,
      began: { mono: begin.mono, utc: begin.utc },
      ended: to_state === 'normal' ? { mono, utc } : null,
    };
  };
}

const viewTransition = (row: Stored): AlarmTransition => ({
  at: row.utc,
  event: row.event,
  from: row.from_state,
  to: row.to_state,
  level: row.level,
  value: JSON.parse(row.value_json) as AlarmTransition['value'],
  by: row.actor,
});

function untold(before: AlarmRow | undefined, after: AlarmRow | undefined): AlarmMoved {
  const row = (after ?? before) as AlarmRow;
  return {
    type: 'alarmMoved',
    ...refOf(row),
    event: after === undefined ? 'retired' : after.active ? 'raised' : 'cleared',
    from: before?.state ?? 'normal',
    to: after?.state ?? 'normal',
    roomId: row.roomId,
    value: row.value,
    by: null,
    row: after ?? null,
  };
}
