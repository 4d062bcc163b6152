import { median, rounded } from './figures.ts';
import { startImporting, writeHome } from './historyImporter.ts';

export type BesideImports = {
  readonly quiet: readonly number[];
  readonly busy: readonly number[];
  readonly imports: number;
  /** Of the middle one. */
  readonly seconds: number;
  readonly rows: number;
};

export type ImportTurns = {
  readonly port: number;
  readonly token: string;
  /** An empty place for the file. */
  readonly folder: string;
  /** Entities of the house that are given a past. */
  readonly entities: readonly string[];
  /** Readings in each file. */
  readonly rows: number;
  /** Alarms beside imports, and as many quiet ones. */
  readonly count: number;
  /** Raises the next so many alarms; answers their latencies, ms. */
  readonly raise: (count: number) => Promise<readonly number[]>;
  readonly say: (line: string) => void;
};

/** Between two looks whether the import still goes on. */
const ALARMS_AT_ONCE = 5;

/** Alarm latencies while one import follows the other, and as many quiet ones after each of them. */
export async function takeImportTurns(turns: ImportTurns): Promise<BesideImports> {
  const { port, token, folder, entities, rows, count, raise, say } = turns;
  const map = Object.fromEntries(entities.map((entity, n) => [`sensor.room_${n}_co2`, entity]));
  const seen = { quiet: [] as number[], busy: [] as number[] };
  const imported: { seconds: number; rows: number }[] = [];
  for (let left = count; left > 0; ) {
    const file = writeHome(folder, Object.keys(map), rows, imported.length);
    say(`import ${imported.length + 1}: ${left} alarms left`);
    const before = left;
    const importing = await startImporting({ port, token, file, map });
    while (left > 0 && !importing.isOver()) {
      const some = Math.min(left, ALARMS_AT_ONCE);
      seen.busy.push(...(await raise(some)));
      left -= some;
    }
    imported.push(await importing.done);
    seen.quiet.push(...(await raise(before - left)));
  }
  return {
    ...seen,
    imports: imported.length,
    seconds: rounded(median(imported.map(({ seconds }) => seconds)), 1),
    rows: median(imported.map((each) => each.rows)),
  };
}
