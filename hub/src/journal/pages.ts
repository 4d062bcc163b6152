import type { Sqlite } from '../io/sqlite.ts';
import { areaOf, fieldsOf, typesOf } from './entry.ts';
import { LOOKED_THROUGH } from './limits.ts';
import type { JournalPage, JournalQuery, JournalRow } from './schema.ts';

/** One row as it stands in the database. */
export type Stored = {
  readonly seq: number;
  readonly mono: number;
  readonly utc: number;
  readonly type: string;
  readonly who: string | null;
  readonly place: string | null;
  readonly why: string | null;
  readonly json: string;
  readonly isSealed: number;
  readonly hash: Uint8Array;
};

export type PagePorts = {
  /** Lets go of the main thread between two looks. */
  readonly pause: () => Promise<void>;
  /** Name of the person with that id, or that is called so; null: nobody. */
  readonly nameOrNull: (who: string) => string | null;
  /** All that may stand in a row for the person of that name. */
  readonly aliasesOf: (name: string) => readonly string[];
  /** Whoever asked has left. */
  readonly isGone: () => boolean;
};

/** Columns of a `Stored`. */
export const STORED = 'seq, mono, utc, type, who, place, why, json, sealed is not null as isSealed, hash';

/** In any case, width or form. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Reads the journal for people, newest first, so many rows at a time that nobody waits for it. */
export function createPages(db: Sqlite) {
  const bottomOf = db
    .prepare(
      `select min(seq) from (select seq from journal where seq >= 1 and seq < ? order by seq desc limit ${LOOKED_THROUGH})`,
    )
    .pluck();

  /** Rows from `bottom` on and before `top` that the query lets through, newest first. */
  function look(query: JournalQuery, names: readonly string[], top: number, bottom: number): Stored[] {
    const { sql, values } = conditionsOf(query, names);
    const rows = db
      .prepare(
        `select ${STORED} from journal
         where seq < ? and seq >= ?${sql} order by seq desc`,
      )
      .all(top, bottom, ...values) as Stored[];
    if (query.text === undefined) return rows;
    const text = folded(query.text);
    return rows.filter(({ type, who, place, why, json }) =>
      folded([type, who ?? '', place ?? '', why ?? '', json].join('\n')).includes(text),
    );
  }

  return async function page(query: JournalQuery, ports: PagePorts): Promise<JournalPage> {
    const names = query.who === undefined ? [] : ports.aliasesOf(query.who);
    const found: Stored[] = [];
    for (
      let top = query.before ?? Number.MAX_SAFE_INTEGER;
      found.length <= query.limit && !ports.isGone();
    ) {
      const bottom = bottomOf.get(top) as number | null;
      if (bottom === null) break;
      found.push(...look(query, names, top, bottom));
      top = bottom;
      await ports.pause();
    }
    const rows = found.slice(0, query.limit);
    return {
      rows: rows.map((row) => viewOf(row, ports.nameOrNull)),
      next: found.length > query.limit ? (rows.at(-1)?.seq ?? null) : null,
    };
  };
}

function conditionsOf({ area, type, kind, where, from, to, who }: JournalQuery, names: readonly string[]) {
  const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');
  const types = area === undefined ? [] : typesOf(area);
  const asked: [sql: string, values: readonly (string | number)[] | null][] = [
    [`type in (${marks(types)})`, area === undefined ? null : types],
    ['type = ?', type === undefined ? null : [type]],
    // Whoever edits the file may leave no JSON: that row is of no kind.
    ["json_valid(json) and json ->> '$.kind' = ?", kind === undefined ? null : [kind]],
    [`who in (${marks(names)})`, who === undefined ? null : names],
    // A device stands for all of its parts too: their ids begin with its own and a dot.
    [
      '(place = ? or substr(place, 1, length(?)) = ?)',
      where === undefined ? null : [where, `${where}.`, `${where}.`],
    ],
    ['utc >= ?', from === undefined ? null : [from]],
    ['utc < ?', to === undefined ? null : [to]],
  ];
  const given = asked.filter(([, values]) => values !== null);
  return {
    sql: given.map(([sql]) => ` and ${sql}`).join(''),
    values: given.flatMap(([, values]) => values ?? []),
  };
}

export const viewOf = (row: Stored, nameOf: PagePorts['nameOrNull']): JournalRow => ({
  seq: row.seq,
  at: row.utc,
  houseMs: row.mono,
  area: areaOf(row.type),
  type: row.type,
  who: row.who === null ? null : (nameOf(row.who) ?? row.who),
  where: row.place,
  why: row.why,
  fact: fieldsOf(row.json),
  isSealed: row.isSealed === 1,
  // A row that somebody put there has none; it is shown all the same, and found by verifying.
  hash: Buffer.from(row.hash ?? []).toString('hex'),
});
