import { getRow, type Table } from '../house/table.ts';
import type { AirProfile } from './schema.ts';

/** What the household chose for its air. Durable: one row under `HOUSEHOLD`. */
export type AirSettings = {
  readonly profile: AirProfile;
  /** Children or somebody pregnant live here: modelled uptake of carbon monoxide times 1.5. */
  readonly sensitivePeople: boolean;
  /** Limits that the owner chose, by the limit's id, in its unit. */
  readonly own: Readonly<Record<string, number>>;
};

export const HOUSEHOLD = 'household';

/** Source: safety.md §1.3: the standard where nothing was chosen is EN. */
export const USUAL_SETTINGS: AirSettings = { profile: 'EN', sensitivePeople: false, own: {} };

export const settingsOf = (table: Table<AirSettings>): AirSettings =>
  getRow(table, HOUSEHOLD) ?? USUAL_SETTINGS;
