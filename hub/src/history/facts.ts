import type { ImportFailure } from './schema.ts';

/** What people do with what was measured, for the journal only: no reducer reads these. `by`: the id of who did it. */
export type HistoryFact =
  /** How long readings are kept from now on: what is older goes. */
  | {
      readonly type: 'retentionChanged';
      readonly by: string;
      readonly rawDays: number;
      readonly hourlyDays: number;
    }
  /** Readings of so many series are being taken in from a file. */
  | {
      readonly type: 'importStarted';
      readonly by: string;
      readonly importId: string;
      readonly fileName: string;
      readonly series: number;
    }
  /** `rows`: readings that were taken in. `failure` null: all were; else none. */
  | {
      readonly type: 'importEnded';
      readonly importId: string;
      readonly fileName: string;
      readonly rows: number;
      readonly failure: ImportFailure | null;
    }
  /** Past readings of an entity were taken out as a file. */
  | { readonly type: 'seriesExported'; readonly by: string; readonly entityId: string };
