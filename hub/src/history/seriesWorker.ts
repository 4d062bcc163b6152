import type { Sqlite } from '../io/sqlite.ts';

/** A series as it stands in the file. */
export type Series = {
  readonly id: number;
  readonly entity: string;
  readonly unit: string | null;
  readonly states: boolean;
};

type SeriesRow = { id: number; entity: string; unit: string; states: number };

const seriesOf = ({ id, entity, unit, states }: SeriesRow): Series => ({
  id,
  entity,
  unit: unit === '' ? null : unit,
  states: states === 1,
});

/** The table of series. */
export function createSeries(db: Sqlite) {
  const add = db.prepare('insert into series (entity, unit, states) values (?, ?, ?) on conflict do nothing');
  const find = db.prepare('select * from series where entity = ? and unit = ? and states = ?');
  const one = db.prepare('select * from series where id = ?');
  const ofEntity = db.prepare('select * from series where entity = ? order by id');
  const all = db.prepare('select * from series order by id');
  const lastReading = db.prepare('select t from reading where series = ? order by t desc limit 1').pluck();
  const lastHour = db.prepare('select hour from hourly where series = ? order by hour desc limit 1').pluck();

  const ofEntityNow = (entity: string): Series[] => (ofEntity.all(entity) as SeriesRow[]).map(seriesOf);

  return {
    /** The series of that name; a new one when there is none. */
    open(entity: string, unit: string | null, states: boolean): Series {
      add.run(entity, unit ?? '', states ? 1 : 0);
      return seriesOf(find.get(entity, unit ?? '', states ? 1 : 0) as SeriesRow);
    },
    get(id: number): Series | null {
      const row = one.get(id) as SeriesRow | undefined;
      return row === undefined ? null : seriesOf(row);
    },
    all: (): Series[] => (all.all() as SeriesRow[]).map(seriesOf),
    ofEntity: ofEntityNow,
    /** The one that was heard last: an entity whose unit changed goes on in another. Null: none. */
    latest(entity: string): Series | null {
      const found = ofEntityNow(entity);
      if (found.length < 2) return found[0] ?? null;
      const heard = ({ id }: Series): [number, number] => [
        (lastReading.get(id) as number | undefined) ?? -1,
        (lastHour.get(id) as number | undefined) ?? -1,
      ];
      const ranked = found.map((series) => ({ series, heard: heard(series) }));
      ranked.sort((a, b) => b.heard[0] - a.heard[0] || b.heard[1] - a.heard[1]);
      return ranked[0]?.series ?? null;
    },
  };
}

export type SeriesTable = ReturnType<typeof createSeries>;
