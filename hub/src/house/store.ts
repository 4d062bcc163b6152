import type Database from 'better-sqlite3';
import { pointOf } from '../alarms/alarmRow.ts';
import { createEpisodeFinder, createEpisodeReader, createTransitionStore } from '../alarms/store.ts';
import { upgradeAlarms } from '../alarms/stored.ts';
import { upgradeStored } from '../devices/stored.ts';
import { isDiskFailure } from '../io/sqlite.ts';
import { type Entry, entryOf } from '../journal/entry.ts';
import { openChain } from '../journal/store.ts';
import type { Moment } from '../shared/time.ts';
import type { JournalEntry } from './committer.ts';
import type { Fact } from './facts.ts';
import { differsOnDisk, EMPTY_STORE, type House, type StoredHouse, storedPart } from './house.ts';
import { changedRows, type Table, tableOf } from './table.ts';

/** The clock's stand that is saved with every commit, so that house time goes on after a restart. */
export type SavedClock = Moment & { readonly bootId: string; readonly uptimeMs: number };

/** What of a fact is not to be read by everybody who reads the journal; null: nothing. */
export type Seal = (fact: Fact, at: Moment) => Uint8Array | null;

const DOMAINS = Object.keys(EMPTY_STORE) as (keyof StoredHouse)[];

/** Where alarms stand follows from their transitions. */
const AS_ROWS = DOMAINS.filter((domain) => domain !== 'alarms');

/**
 * State of the house and its journal in `safety.db`.
 * @param seal the sealed part of a fact's row. Default: none has one
 * @param report told of a row of the journal that could not be written, though the disk is well: somebody edited the file
 */
export function createHouseStore(
  db: Database.Database,
  anchor: () => SavedClock,
  report: (error: unknown) => void,
  seal: Seal = () => null,
) {
  const put = db.prepare(
    'insert into house_state (domain, id, json) values (?, ?, ?) on conflict (domain, id) do update set json = excluded.json',
  );
  const drop = db.prepare('delete from house_state where domain = ? and id = ?');
  const setClock = db.prepare(
    `insert into house_clock (one, mono, utc, boot_id, uptime_ms) values (1, ?, ?, ?, ?)
     on conflict (one) do update set mono = excluded.mono, utc = excluded.utc,
       boot_id = excluded.boot_id, uptime_ms = excluded.uptime_ms`,
  );

  const transitions = createTransitionStore(db);
  const journal = openChain(db, anchor);

  const addRow = db.transaction((row: Entry) => journal.append(row));

  /** The state of the house is saved whatever became of the journal; only a disk that says no stops both. */
  function append(row: Entry, { fact, at }: JournalEntry): void {
    try {
      journal.guarded(() => addRow({ ...row, sealed: seal(fact, at) }));
    } catch (error) {
      if (isDiskFailure(error) || !db.inTransaction) throw error;
      report(error);
    }
  }

  function saveClock(): void {
    const { mono, utc, bootId, uptimeMs } = anchor();
    setClock.run(mono, utc, bootId, uptimeMs);
  }

  const commit = db.transaction((before: House, after: House, entries: readonly JournalEntry[]) => {
    const old = storedPart(before);
    const now = storedPart(after);
    for (const domain of AS_ROWS) {
      for (const [id, row] of changedRows<unknown>(old[domain], now[domain])) {
        if (row === undefined) drop.run(domain, id);
        else put.run(domain, id, JSON.stringify(row));
      }
    }
    transitions.addUntold(old.alarms, now.alarms, writeEntries(entries), anchor());
    saveClock();
  });

  /** Answers the points of which a transition was among them. */
  function writeEntries(entries: readonly JournalEntry[]): ReadonlySet<string> {
    const moved = new Set<string>();
    for (const entry of entries) {
      const { fact, at } = entry;
      if (fact.type === 'alarmMoved') {
        transitions.add(fact, at);
        moved.add(pointOf(fact.kind, fact.entityId));
      }
      const row = entryOf(fact, at);
      if (row !== null) append(row, entry);
    }
    return moved;
  }

  return {
    /** Saves what differs and the entries, all or nothing, but for rows that the journal refuses. Throws when the disk says no. */
    commit: (before: House, after: House, entries: readonly JournalEntry[]): void =>
      journal.guarded(() => commit(before, after, entries)),
    differs: differsOnDisk,
    saveClock,
    load: (): StoredHouse => upgradeAlarms(upgradeStored({ ...loadHouse(db), alarms: transitions.load() })),
    alarmHistory: createEpisodeReader(db),
    findEpisode: createEpisodeFinder(db),
    journal,
    /** Writes where house time stands, and forgets some of what is too old. */
    saveAndPrune(): void {
      saveClock();
      transitions.prune(anchor().mono);
    },
  };
}

/** @throws when a row is not JSON: the file was damaged or edited */
function loadHouse(db: Database.Database): StoredHouse {
  const rows = db.prepare('select domain, id, json from house_state').all() as {
    domain: string;
    id: string;
    json: string;
  }[];
  const of = (domain: keyof StoredHouse): Table<never> =>
    tableOf(
      rows.filter((row) => row.domain === domain).map((row) => [row.id, JSON.parse(row.json) as never]),
    );
  return Object.fromEntries(DOMAINS.map((domain) => [domain, of(domain)])) as unknown as StoredHouse;
}

/** Where the house's time stood at the last commit; null: this is the first start. */
export function loadClock(db: Database.Database): SavedClock | null {
  const row = db.prepare('select mono, utc, boot_id, uptime_ms from house_clock').get() as
    | { mono: number; utc: number; boot_id: string; uptime_ms: number }
    | undefined;
  return row === undefined
    ? null
    : { mono: row.mono, utc: row.utc, bootId: row.boot_id, uptimeMs: row.uptime_ms };
}
