import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { openScratch } from '../io/sqlite.ts';
import { convertTo, type ImportPlan, type PlannedSeries } from './importPlan.ts';
import { hourOf } from './timeKey.ts';

/** The disk has no room for it, or would have none for what matters more. */
export class DiskFull extends Error {}

/** Rows between two looks at the room on the disk: 1 MB at most. */
const LOOK_EVERY = 50_000;

const FORM = `
  create table series (id integer primary key, entity text not null, unit text not null, states integer not null) strict;
  create table reading (series integer not null, t integer not null, v real not null, primary key (series, t, v))
    without rowid, strict;
  create table hour (series integer not null, hour integer not null, low real not null, mean real not null,
    high real not null, primary key (series, hour)) without rowid, strict;
`;

/**
 * A database of its own in which a file is laid ready: in our units, in order, each reading once. When it is whole, the
 * history takes it in; when anything went wrong, it is deleted and the history never saw it.
 * @param reserveBytes room that stays free on its disk
 */
export function createStage(file: string, plan: ImportPlan, reserveBytes: number) {
  const db = openScratch(file);
  db.exec(FORM);
  const addSeries = db.prepare('insert into series (id, entity, unit, states) values (?, ?, ?, ?)');
  const addReading = db.prepare('insert or ignore into reading (series, t, v) values (?, ?, ?)');
  const addHour = db.prepare(
    'insert or ignore into hour (series, hour, low, mean, high) values (?, ?, ?, ?, ?)',
  );
  const ids = new Map<string, { id: number; planned: PlannedSeries }>();
  let rows = 0;
  let doubles = 0;
  db.exec('begin');
  for (const [source, planned] of plan) {
    const id = ids.size + 1;
    addSeries.run(id, planned.entity, planned.unit, planned.states ? 1 : 0);
    ids.set(source, { id, planned });
  }

  function tally(isNew: boolean): void {
    if (isNew) rows += 1;
    else doubles += 1;
    if ((rows + doubles) % LOOK_EVERY !== 0) return;
    const { bavail, bsize } = statfsSync(dirname(file));
    if (bavail * bsize < reserveBytes) throw new DiskFull();
  }

  return {
    /** A reading of a source; `v` null: it is no value. What the plan does not name stays out. */
    reading(source: string, t: number, v: number | null): void {
      const known = ids.get(source);
      if (known === undefined) return;
      const value = v === null ? null : convertTo(v, known.planned, known.planned.conversion);
      tally(value !== null && addReading.run(known.id, t, value).changes > 0);
    },
    /** An hour of long-term statistics. */
    hour(source: string, t: number, { low, mean, high }: { low: number; mean: number; high: number }): void {
      const by = ids.get(source)?.planned.ofHours;
      const known = ids.get(source);
      if (known === undefined || by === null || by === undefined || known.planned.states) return;
      const ours = [low, mean, high].map((value) => convertTo(value, known.planned, by));
      if (ours.includes(null)) return tally(false);
      // A unit that counts the other way round swaps them.
      const [least, middle, most] = (ours as number[]).sort((a, b) => a - b);
      tally(addHour.run(known.id, hourOf(t), least, middle, most).changes > 0);
    },
    finish(): { rows: number; doubles: number } {
      db.exec('commit');
      db.close();
      return { rows, doubles };
    },
    abandon: () => void db.close(),
  };
}
