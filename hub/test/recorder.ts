import Database from 'better-sqlite3';

/*
 * Recorder databases of Home Assistant, written from the columns that its documentation and source name
 * (homeassistant/components/recorder/db_schema.py).
 */

/** Since 2023.4 (schema 38 and later): entities and times are numbers; the old columns are there, and empty. */
const TODAY = `
  create table schema_changes (change_id integer primary key, schema_version integer, changed datetime);
  create table states_meta (metadata_id integer not null primary key, entity_id varchar(255));
  create unique index ix_states_meta_entity_id on states_meta (entity_id);
  create table state_attributes (attributes_id integer not null primary key, hash bigint, shared_attrs text);
  create table states (
    state_id integer not null primary key, entity_id char(0), state varchar(255), attributes char(0),
    event_id smallint, last_changed char(0), last_changed_ts float, last_reported_ts float, last_updated char(0),
    last_updated_ts float, old_state_id integer, attributes_id integer, context_id char(0), origin_idx smallint,
    context_id_bin blob, metadata_id integer
  );
  create index ix_states_metadata_id_last_updated_ts on states (metadata_id, last_updated_ts);
`;

/** Before: the name in every row, the time as text in UTC. */
const BEFORE = `
  create table states (
    state_id integer not null primary key, domain varchar(64), entity_id varchar(255), state varchar(255),
    attributes text, event_id integer, last_changed datetime, last_updated datetime, old_state_id integer,
    attributes_id integer
  );
`;

const STATISTICS = `
  create table statistics_meta (
    id integer not null primary key, statistic_id varchar(255), source varchar(32),
    unit_of_measurement varchar(255), has_mean boolean, has_sum boolean, name varchar(255)
  );
  create table statistics (
    id integer not null primary key, created datetime, created_ts float, metadata_id integer, start datetime,
    start_ts float, mean float, min float, max float, last_reset datetime, last_reset_ts float, state float, sum float
  );
`;

export type RecordedState = { entity: string; t: number; state: string | null };
export type RecordedHour = {
  entity: string;
  t: number;
  mean?: number;
  min?: number;
  max?: number;
  state?: number;
};
export type RecordedHome = {
  readonly states: Iterable<RecordedState>;
  readonly hours?: readonly RecordedHour[];
  /** Attributes by entity. */
  readonly attributes?: Readonly<Record<string, object>>;
  /** Units of the statistics by entity. */
  readonly units?: Readonly<Record<string, string>>;
};

/** Writes such a file. @param form `today`: since 2023.4; `before`: older. */
export function writeRecorder(file: string, form: 'today' | 'before', home: RecordedHome): void {
  const db = new Database(file);
  // As Home Assistant has it; the file alone is uploaded.
  db.pragma('journal_mode = WAL');
  db.exec(form === 'today' ? TODAY : BEFORE);
  db.exec('begin');
  if (form === 'today') writeToday(db, home);
  else writeBefore(db, home);
  db.exec('commit');
  db.exec('begin');
  db.exec(STATISTICS);
  writeHours(db, home);
  db.exec('commit');
  db.close();
}

function writeToday(db: Database.Database, { states, attributes = {} }: RecordedHome): void {
  const ids = new Map<string, number>();
  const meta = db.prepare('insert into states_meta (metadata_id, entity_id) values (?, ?)');
  const shared = db.prepare('insert into state_attributes (attributes_id, shared_attrs) values (?, ?)');
  const insert = db.prepare(
    'insert into states (state, last_updated_ts, attributes_id, metadata_id) values (?, ?, ?, ?)',
  );
  for (const { entity, t, state } of states) {
    let id = ids.get(entity);
    if (id === undefined) {
      id = ids.size + 1;
      ids.set(entity, id);
      meta.run(id, entity);
      shared.run(id, JSON.stringify(attributes[entity] ?? {}));
    }
    insert.run(state, t / 1_000, id, id);
  }
}

function writeBefore(db: Database.Database, { states, attributes = {} }: RecordedHome): void {
  const insert = db.prepare(
    'insert into states (domain, entity_id, state, attributes, last_changed, last_updated) values (?, ?, ?, ?, ?, ?)',
  );
  for (const { entity, t, state } of states) {
    const time = new Date(t).toISOString().replace('T', ' ').replace('Z', '000');
    insert.run(entity.split('.')[0], entity, state, JSON.stringify(attributes[entity] ?? {}), time, time);
  }
}

function writeHours(db: Database.Database, { hours = [], units = {} }: RecordedHome): void {
  const ids = new Map<string, number>();
  const meta = db.prepare(
    "insert into statistics_meta (id, statistic_id, source, unit_of_measurement, has_mean) values (?, ?, 'recorder', ?, 1)",
  );
  const insert = db.prepare(
    'insert into statistics (metadata_id, start_ts, mean, min, max, state) values (?, ?, ?, ?, ?, ?)',
  );
  for (const { entity, t, mean, min, max, state } of hours) {
    let id = ids.get(entity);
    if (id === undefined) {
      id = ids.size + 1;
      ids.set(entity, id);
      meta.run(id, entity, units[entity] ?? null);
    }
    insert.run(id, t / 1_000, mean ?? null, min ?? null, max ?? null, state ?? null);
  }
}
