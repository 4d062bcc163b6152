import type { SlotName } from './messages.ts';
import type { SeriesTable } from './seriesWorker.ts';

/** Which series the numbers of this run of the program mean. A series is made with its first reading. */
export function createSlots(series: SeriesTable) {
  const named: SlotName[] = [];
  const ids: number[] = [];
  return {
    name(names: readonly SlotName[]): void {
      for (const name of names) named[name.slot] = name;
    },
    /** Undefined: no such slot. */
    idOf(slot: number): number | undefined {
      const known = ids[slot];
      const name = named[slot];
      if (known !== undefined || name === undefined) return known;
      const { id } = series.open(name.entity, name.unit, name.states);
      ids[slot] = id;
      return id;
    },
    /** That series is gone: what comes for it now makes another. */
    forget(id: number): void {
      ids.forEach((known, slot) => {
        if (known === id) delete ids[slot];
      });
    },
    /** A transaction that failed took back what was made in it. */
    forgetAll(): void {
      ids.length = 0;
    },
  };
}
