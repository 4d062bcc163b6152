/** A column as SQLite describes it. `hidden` 0: an ordinary one, neither generated nor of a virtual table. */
export type ColumnInfo = { readonly name: string; readonly hidden: number };

/** What stands in `sqlite_schema` under a name that we look for. */
export type TableInfo = {
  readonly name: string;
  /** False: a view, a virtual table, or one without row ids. */
  readonly isPlain: boolean;
  readonly columns: readonly ColumnInfo[];
};

/** The tables of a Home Assistant recorder that hold what we want. */
export const RECORDER_TABLES = [
  'states',
  'states_meta',
  'state_attributes',
  'statistics',
  'statistics_meta',
] as const;
export type RecorderTable = (typeof RECORDER_TABLES)[number];

/** How this recorder stores things; each null when it has no such thing. */
export type RecorderForm = {
  /** Rows (row id, number or name of the entity, seconds, text of the time, state): every state, oldest row first. */
  readonly states: string | null;
  /** Rows (number, entity id): since 2023.4 states name their entity by a number. */
  readonly entities: string | null;
  /** Attributes (JSON) of the state with a row id. */
  readonly attributes: string | null;
  /** Rows (number, statistic id, unit, name). */
  readonly statisticsMeta: string | null;
  /** Rows (row id, number, seconds, text of the time, mean, min, max, state): one an hour. */
  readonly statistics: string | null;
};

/** Longest text that is looked at: of a time, a state, an entity id, a name. Whatever is longer is no such thing. */
const MAX_TEXT = 255;

/** Most bytes of attributes; Home Assistant keeps none that are longer. */
export const MAX_ATTRIBUTES = 16_384;

/**
 * The queries that read this recorder: of today's form (2023.4 on, entities and times as numbers), of the older one
 * (names and times as text), and of one that is being migrated, which has some rows of each.
 * @returns null: it is none
 */
export function recorderForm(tables: readonly TableInfo[]): RecorderForm | null {
  const has = createHas(tables);
  const states = statesQuery(has);
  const statistics = statisticsQuery(has);
  if (states === null && statistics === null) return null;
  return {
    states,
    entities: has('states_meta', 'metadata_id', 'entity_id')
      ? `select metadata_id, ${short('entity_id')} from states_meta not indexed`
      : null,
    attributes: attributesQuery(has),
    statisticsMeta: statistics === null ? null : metaQuery(has),
    statistics,
  };
}

type Has = (table: RecorderTable, ...columns: readonly string[]) => boolean;

function createHas(tables: readonly TableInfo[]): Has {
  return (name, ...columns) => {
    const table = tables.find((one) => one.name === name);
    // A generated column is a program that somebody else wrote.
    const plain = table?.columns.filter(({ hidden }) => hidden === 0).map((column) => column.name) ?? [];
    return table?.isPlain === true && columns.every((column) => plain.includes(column));
  };
}

/** A column as a value that is bounded, whatever stands in it: a huge text is not even fetched. */
const short = (column: string): string =>
  `case when octet_length(${column}) <= ${MAX_TEXT} and typeof(${column}) <> 'blob' then ${column} end`;

function timesOf(has: Has, table: RecorderTable, number: string, text: string): [string, string] | null {
  const hasNumber = has(table, number);
  const hasText = has(table, text);
  if (!hasNumber && !hasText) return null;
  return [hasNumber ? short(number) : 'null', hasText ? short(text) : 'null'];
}

function statesQuery(has: Has): string | null {
  const times = timesOf(has, 'states', 'last_updated_ts', 'last_updated');
  const isNumbered = has('states', 'metadata_id') && has('states_meta', 'metadata_id', 'entity_id');
  const isNamed = has('states', 'entity_id');
  if (times === null || !has('states', 'state') || !(isNumbered || isNamed)) return null;
  const source = !isNamed
    ? short('metadata_id')
    : isNumbered
      ? `coalesce(${short('metadata_id')}, ${short('entity_id')})`
      : short('entity_id');
  return `select rowid, ${source}, ${times.join(', ')}, ${short('state')} from states not indexed`;
}

/** Since 2022.4 states share their attributes; before, each had its own. */
function attributesQuery(has: Has): string | null {
  const json = (column: string) =>
    `case when octet_length(${column}) <= ${MAX_ATTRIBUTES} and typeof(${column}) = 'text' then ${column} end`;
  const own = has('states', 'attributes')
    ? `(select ${json('attributes')} from states where rowid = r)`
    : 'null';
  const shared =
    has('states', 'attributes_id') && has('state_attributes', 'attributes_id', 'shared_attrs')
      ? `(select ${json('shared_attrs')} from state_attributes
          where rowid = (select attributes_id from states where rowid = r))`
      : 'null';
  return own === 'null' && shared === 'null'
    ? null
    : `select coalesce(${shared}, ${own}) from (select ? as r)`;
}

function metaQuery(has: Has): string {
  const name = has('statistics_meta', 'name') ? short('name') : 'null';
  return `select id, ${short('statistic_id')}, ${short('unit_of_measurement')}, ${name}
      from statistics_meta not indexed`;
}

function statisticsQuery(has: Has): string | null {
  const times = timesOf(has, 'statistics', 'start_ts', 'start');
  const isKnown =
    has('statistics', 'metadata_id', 'mean', 'min', 'max', 'state') &&
    has('statistics_meta', 'id', 'statistic_id', 'unit_of_measurement');
  if (times === null || !isKnown) return null;
  const values = ['mean', 'min', 'max', 'state'].map(short).join(', ');
  return `select rowid, ${short('metadata_id')}, ${times.join(', ')}, ${values} from statistics not indexed`;
}
