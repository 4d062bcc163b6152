import { getRow, type Table } from '../house/table.ts';
import type { AirLimitsPatch, AirProfile } from './schema.ts';

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

/** The settings with what was chosen. A limit of null is as the table has it again. */
export function withPatch(
  before: AirSettings,
  { profile, sensitivePeople, own }: AirLimitsPatch,
): AirSettings {
  const chosen = new Map(Object.entries(before.own));
  for (const { id, limit } of own ?? []) {
    if (limit === null) chosen.delete(id);
    else chosen.set(id, limit);
  }
  return {
    profile: profile ?? before.profile,
    sensitivePeople: sensitivePeople ?? before.sensitivePeople,
    own: Object.fromEntries(chosen),
  };
}
