/** What a long run found. */
export type Verdict = {
  readonly name: string;
  /** Figures worth a line in the summary. */
  readonly figures: Readonly<Record<string, number | string>>;
  readonly violations: readonly string[];
};

export type Campaign = {
  readonly summary: string;
  /** What `--rounds` counts, and how many there are without it. */
  readonly rounds: { readonly of: string; readonly usual: number };
  run(rounds: number, say: (line: string) => void): Promise<Verdict>;
};

/** The value below which this share of sorted numbers lies; 0 of none. */
export const quantileOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
