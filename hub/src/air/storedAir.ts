import { rowsOf, type Table, tableOf } from '../house/table.ts';
import type { AirRow, LimitProgress, Limits } from './airRow.ts';
import type { LimitSet } from './limits/table.ts';

/** A row as version 0.2 stored it: one value for all limits, which were named by kind and level. */
type OldRow = Omit<AirRow, 'limits'> & {
  readonly limits: Readonly<Record<string, Omit<LimitProgress, 'value'>>>;
  readonly value: number | boolean;
  readonly unit: string | null;
};

/** Rows of an earlier Homeward in today's form, without limits that there are no more. */
export const upgradeAir = (rows: Table<AirRow>, set: LimitSet): Table<AirRow> =>
  tableOf([...rowsOf<AirRow | OldRow>(rows)].map(([id, row]) => [id, upgradeRow(row, set)] as const));

function upgradeRow(row: AirRow | OldRow, set: LimitSet): AirRow {
  const { quantity, told, late } = row;
  const limits = 'value' in row ? upgradeLimits(row) : row.limits;
  const known = Object.entries(limits).filter(([id]) => set.byId.has(id));
  const upgraded = { quantity, limits: Object.fromEntries(known), told, late };
  return row.by === undefined ? upgraded : { ...upgraded, by: row.by };
}

function upgradeLimits({ quantity, limits, value }: OldRow): Limits {
  const measure = typeof value === 'boolean' ? 'contact' : 'value';
  return Object.fromEntries(
    Object.entries(limits).map(([name, progress]) => [
      `${quantity}/${name}/${measure}`,
      { ...progress, value } as LimitProgress,
    ]),
  );
}
