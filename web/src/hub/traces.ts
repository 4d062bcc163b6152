import type { HouseSnapshot } from '@homeward/hub/api';

/** One value as it was received. `at`: epoch ms UTC, the hub's clock. */
export type Sample = { readonly at: number; readonly value: number };

/** What was received since the app was opened, by entity, oldest first. */
export type Traces = ReadonlyMap<string, readonly Sample[]>;

/** Kept per entity: at one report in 3 s about five minutes, enough to tell rising from falling. */
const KEPT = 100;

/** Adds the numbers that are new in `house`. */
export const keepTraces = (traces: Traces, house: HouseSnapshot): Traces => {
  const kept = new Map<string, readonly Sample[]>();
  for (const device of Object.values(house.devices)) {
    for (const { id, value, at } of Object.values(device.entities)) {
      const before = traces.get(id) ?? [];
      const isNew = typeof value === 'number' && at !== null && (before.at(-1)?.at ?? 0) < at;
      kept.set(id, isNew ? [...before, { at, value }].slice(-KEPT) : before);
    }
  }
  return kept;
};
