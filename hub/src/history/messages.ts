import type { Millis } from '../shared/time.ts';
import type { ChartColumns } from './chartColumns.ts';
import type { ChartPlan } from './chartPlan.ts';
import type { MergeAnswer, MergeQuestion } from './importPlan.ts';

/** A series as the main thread knows it: under a number that lasts as long as the program. */
export type SlotName = {
  readonly slot: number;
  readonly entity: string;
  /** '': none. */
  readonly unit: string;
  /** On and off. */
  readonly states: boolean;
};

/** Readings that are written in one transaction. */
export type Batch = {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly slots: Uint32Array;
  /** Epoch ms. */
  readonly times: Float64Array;
  readonly values: Float64Array;
};

export type Retention = { readonly rawDays: number; readonly hourlyDays: number };

/** A chart of one entity. */
export type ChartQuestion = {
  readonly entity: string;
  readonly from: Millis;
  readonly to: Millis;
  readonly buckets: number;
  readonly now: Millis;
};

export type ChartAnswer = ChartColumns &
  Pick<ChartPlan, 't0' | 'step'> & {
    readonly unit: string | null;
    readonly states: boolean;
    readonly before: number | null;
  };

/** Where a CSV file goes on: after that key of that series. */
export type CsvPlace = { readonly series: number; readonly key: number };

export type CsvQuestion = {
  readonly entity: string;
  readonly from: Millis;
  readonly to: Millis;
  /** Null: from the beginning. */
  readonly after: CsvPlace | null;
};

/** Null as `next`: that was all. */
export type CsvAnswer = { readonly text: string; readonly next: CsvPlace | null };

/** Where samples go on: after that key of that series. */
export type SamplesPlace = CsvPlace;

export type SamplesQuestion = {
  readonly entity: string;
  readonly from: Millis;
  readonly to: Millis;
  /** Null: from the beginning. */
  readonly after: SamplesPlace | null;
  /** Where there are more readings than this, their hours are told instead. */
  readonly most: number;
};

/** A page of what was measured, in the order of time. Of readings all three columns are the same. */
export type SamplesAnswer = {
  readonly source: 'readings' | 'hours';
  /** Epoch ms: of a reading, or of the beginning of an hour. */
  readonly times: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
  readonly unit: string | null;
  /** Null: that was all. */
  readonly next: SamplesPlace | null;
};

/** When one of on and off changed. */
export type ChangesQuestion = {
  readonly entity: string;
  readonly from: Millis;
  readonly to: Millis;
  /** Changes that are told at most. */
  readonly most: number;
};

/** Values: 1 on, 0 off, null not known. `isWhole`: false when there were more, or when no readings are kept any more of that time. */
export type ChangesAnswer = {
  readonly before: number | null;
  readonly times: readonly Millis[];
  readonly values: readonly (number | null)[];
  readonly isWhole: boolean;
};

export type FileStatus = {
  readonly rows: number;
  readonly bytes: number;
  readonly freeBytes: number;
  readonly oldest: Millis | null;
};

/** What the worker can be asked: question and answer by name. Null: no such series. */
export type Questions = {
  /** The same as the JSON that the app gets, UTF-8: the main thread has only to hand it on. */
  readonly range: { readonly question: ChartQuestion; readonly answer: Uint8Array<ArrayBuffer> | null };
  readonly chart: { readonly question: ChartQuestion; readonly answer: ChartAnswer | null };
  readonly changes: { readonly question: ChangesQuestion; readonly answer: ChangesAnswer | null };
  readonly samples: { readonly question: SamplesQuestion; readonly answer: SamplesAnswer | null };
  readonly csv: { readonly question: CsvQuestion; readonly answer: CsvAnswer | null };
  readonly merge: { readonly question: MergeQuestion; readonly answer: MergeAnswer };
  readonly status: { readonly question: Record<string, never>; readonly answer: FileStatus };
};

export type QuestionName = keyof Questions;

/** Why nothing is recorded. `newer`: the file was written by a newer Homeward. */
export type Pause = 'disk-full' | 'damaged' | 'newer';

/** How the worker begins. */
export type WorkerStart = {
  readonly file: string;
  readonly migrations: string;
  /** Bytes that are left free on the disk. */
  readonly reserveBytes: number;
  /** Names this run of the program. */
  readonly run: string;
  readonly retention: Retention;
};

export type ToWorker =
  | {
      readonly do: 'record';
      readonly batch: Batch;
      readonly names: readonly SlotName[];
      readonly now: Millis;
    }
  | { readonly do: 'keep'; readonly retention: Retention; readonly now: Millis }
  | { readonly do: 'ask'; readonly id: number; readonly name: QuestionName; readonly question: unknown }
  | { readonly do: 'stop' };

export type FromWorker =
  /** Written. `dropped`: readings of it that could not be. */
  | { readonly is: 'taken'; readonly seq: number; readonly dropped: number }
  /** Not written, nor what comes after it: to be sent again later. */
  | { readonly is: 'refused'; readonly seq: number; readonly why: Pause }
  | { readonly is: 'answer'; readonly id: number; readonly answer: unknown }
  /** The file cannot be read now, or a bug. */
  | { readonly is: 'noAnswer'; readonly id: number; readonly why: string; readonly isBug: boolean }
  | { readonly is: 'pause'; readonly why: Pause | null }
  | { readonly is: 'said'; readonly event: string; readonly detail: Readonly<Record<string, unknown>> }
  | { readonly is: 'stopped' };
