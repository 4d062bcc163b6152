import { Refusal } from '../shared/errors.ts';
import type { ImportFailure, ImportSource } from './schema.ts';

/** How a value becomes ours: times `factor`, plus `offset`. */
export type Conversion = { readonly factor: number; readonly offset: number };

/** One series that goes to an entity. */
export type PlannedSeries = {
  readonly entity: string;
  /** Unit in which the history keeps it; '': none. */
  readonly unit: string;
  /** On and off: other values are none. */
  readonly states: boolean;
  /** Of its readings. */
  readonly conversion: Conversion;
  /** Of its long-term statistics, which may be in another unit; null: nobody knows that one, they stay out. */
  readonly ofHours: Conversion | null;
};

/** An entity that a series can go to. */
export type DeskTarget = {
  /** In which its readings are kept. */
  readonly unit: string | null;
  readonly states: boolean;
  /** How values of that unit become ours; null: nobody knows it. */
  readonly conversionFrom: (unit: string | null) => Conversion | null;
};

/** What goes where, by the name of the source in the file. */
export type ImportPlan = ReadonlyMap<string, PlannedSeries>;

/** A source as a look through the file found it. */
export type FoundSource = Omit<ImportSource, 'match'> & {
  /** Unit of its long-term statistics, where it has such. */
  readonly hourUnit: string | null;
};

/** What a file holds. */
export type Found = {
  readonly kind: 'home-assistant' | 'csv';
  readonly sources: readonly FoundSource[];
};

/** What was laid ready. */
export type Staged = {
  /** Readings and hours that are there to be taken in. */
  readonly rows: number;
  /** Those that came twice, and those that are no values. */
  readonly doubles: number;
};

/** Why it did not work; `line` of a CSV file, from 1. */
export type Failed = { readonly failure: ImportFailure; readonly line: number | null };

/** A value in our unit, rounded as a live reading is; null: a state that is neither on nor off, or beyond all numbers. */
export function convertTo(value: number, { states }: PlannedSeries, by: Conversion): number | null {
  if (states) return value === 0 || value === 1 ? value : null;
  const isSame = by.factor === 1 && by.offset === 0;
  const ours = isSame ? value : Number((value * by.factor + by.offset).toPrecision(9));
  return Number.isFinite(ours) ? ours : null;
}

/** What is known of the sources while a file is looked through. */
export function createTally(most: number, onTooMany: () => never) {
  const sources = new Map<string, Tallied>();
  const take = (source: string): Tallied => {
    const known = sources.get(source);
    if (known !== undefined) return known;
    if (sources.size >= most) onTooMany();
    const tallied: Tallied = {
      rows: 0,
      from: Infinity,
      to: -Infinity,
      unit: null,
      hourUnit: null,
      name: null,
    };
    sources.set(source, tallied);
    return tallied;
  };
  return {
    /** Counts one value. */
    count(source: string, t: number): Tallied {
      const tallied = take(source);
      tallied.rows += 1;
      if (t < tallied.from) tallied.from = t;
      if (t > tallied.to) tallied.to = t;
      return tallied;
    },
    /** Those that have values, by name. */
    found: (): FoundSource[] =>
      [...sources]
        .map(([source, tallied]) => ({ source, ...tallied }))
        .sort((a, b) => (a.source < b.source ? -1 : 1)),
  };
}

type Tallied = {
  rows: number;
  from: number;
  to: number;
  unit: string | null;
  hourUnit: string | null;
  name: string | null;
};

/** What the thread that owns the history is asked, until it is done: each `go` is one piece. */
export type MergeQuestion =
  | { readonly do: 'state' }
  | { readonly do: 'begin'; readonly id: string }
  | {
      readonly do: 'go';
      /** Where everything was laid ready. */
      readonly staged: string;
      /** Bytes that stay free on the disk: taking it back needs some too. */
      readonly reserveBytes: number;
      /** Epoch ms UTC. */
      readonly now: number;
    }
  /** Takes it back, by the next `go`s; too late once it is whole. */
  | { readonly do: 'undo' };

export type MergeAnswer = {
  /** Of the import that it is about; null: there was none yet. */
  readonly id: string | null;
  /** `readings`, `hours`: it goes in. `rolling`, `cleaning`: it stays, and is worked into the charts. `none`: nothing of it is there. */
  readonly phase: 'none' | 'readings' | 'hours' | 'rolling' | 'cleaning' | 'done' | 'undoing';
  readonly rows: number;
  readonly doubles: number;
  /** The disk has no room for the next piece. */
  readonly isFull: boolean;
};

/**
 * What a person wants: which source goes to which entity. What is not named stays out.
 * @throws Refusal `bad-request` which names the source that is not in the file, or cannot go there
 */
export function planOf(
  { sources }: Found,
  map: Readonly<Record<string, string>>,
  target: (entity: string) => DeskTarget | null,
): ImportPlan {
  const plan = new Map<string, PlannedSeries>();
  for (const [name, entity] of Object.entries(map)) {
    const source = sources.find((one) => one.source === name);
    const to = target(entity);
    const conversion = source === undefined ? null : (to?.conversionFrom(source.unit) ?? null);
    if (source === undefined || to === null || conversion === null)
      throw new Refusal('bad-request', { detail: `map.${name}` });
    const ofHours = to.conversionFrom(source.hourUnit);
    plan.set(name, { entity, unit: to.unit ?? '', states: to.states, conversion, ofHours });
  }
  if (plan.size === 0) throw new Refusal('bad-request', { detail: 'map' });
  return plan;
}
