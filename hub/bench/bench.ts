/** A number that may be given on the command line, as `--<name> N`. */
export type Knob = { readonly usual: number; readonly of: string };

/** What a benchmark is started with. */
export type Given = {
  /** The value of a knob of this benchmark. */
  readonly number: (knob: string) => number;
  /** Also against Node-RED. */
  readonly withNodeRed: boolean;
  /** Progress, for the one who waits. */
  readonly say: (line: string) => void;
};

/** Rows of a table; the first one is its head. */
export type Table = {
  readonly title: string;
  readonly rows: readonly (readonly (string | number)[])[];
};

/** One figure and what it has to be. */
export type Judged = {
  readonly figure: string;
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly unit: '×' | 'µs' | 'MB' | 'KB' | 'ms' | '%' | 'bytes' | 'alarms' | 'readings' | 'tries' | 'σ';
  readonly met: boolean;
};

/** What was measured: tables to read, `data` for whoever reckons with it, and the verdict. */
export type Outcome = {
  readonly tables: readonly Table[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly limits: readonly Judged[];
};

export type Bench = {
  readonly summary: string;
  readonly knobs: Readonly<Record<string, Knob>>;
  /** `asked`: Node-RED only with `--peer node-red`; `usual`: unless `--peer none`; `none`: never. */
  readonly peer: 'asked' | 'usual' | 'none';
  readonly run: (given: Given) => Promise<Outcome>;
};
