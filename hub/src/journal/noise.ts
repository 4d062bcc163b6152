import type { Millis } from '../shared/time.ts';
import { type Entry, noisyBy, ownEntry } from './entry.ts';
import { ANYBODYS_MS, ANYBODYS_ROWS, PERSONS_ROWS } from './limits.ts';

/** What was caused since `since`, house time, of which only so much is written. */
export type Noise = {
  readonly since: Millis;
  /** Rows that were written, by whose they are. */
  readonly rows: Readonly<Record<string, number>>;
  /** Times that were only counted, by type and, when it is known, person. */
  readonly counted: Readonly<Record<string, number>>;
};

export const QUIET: Noise = { since: Number.NEGATIVE_INFINITY, rows: {}, counted: {} };

/** Of whose rows an entry is one, and how many of these are written; null: all are. */
function budgetOf({ type, who }: Entry): { readonly whose: string; readonly rows: number } | null {
  const noisy = noisyBy(type);
  // Each kind by itself: a flood of one silences no trace of another.
  if (noisy === 'anybody') return { whose: `anybody ${type}`, rows: ANYBODYS_ROWS };
  return noisy === null ? null : { whose: `person ${who}`, rows: PERSONS_ROWS };
}

/**
 * What is written of an entry. Of what anybody on the network can cause so many rows are written in an hour, and so many of what each
 * person can cause without end; the rest is counted, and the count is written before the first row of any kind after that hour. Else
 * whoever wants to could fill the journal until the rows that tell of him were forgotten.
 */
export function takeNoise(
  noise: Noise,
  entry: Entry,
): { readonly noise: Noise; readonly rows: readonly Entry[] } {
  const isOver = entry.mono >= noise.since + ANYBODYS_MS;
  const now = isOver ? QUIET : noise;
  const told = isOver && Object.keys(noise.counted).length > 0 ? [countOf(noise, entry)] : [];
  const budget = budgetOf(entry);
  if (budget === null) return { noise: now, rows: [...told, entry] };
  const { whose } = budget;
  const since = now === QUIET ? entry.mono : now.since;
  const written = now.rows[whose] ?? 0;
  if (written < budget.rows)
    return { noise: { ...now, since, rows: { ...now.rows, [whose]: written + 1 } }, rows: [...told, entry] };
  const what = noisyBy(entry.type) === 'anybody' ? entry.type : `${entry.type}:${entry.who}`;
  const counted = { ...now.counted, [what]: (now.counted[what] ?? 0) + 1 };
  return { noise: { ...now, counted }, rows: told };
}

const countOf = ({ counted, since }: Noise, { mono, utc }: Entry): Entry =>
  ownEntry('journalCounted', { times: counted, withinMs: ANYBODYS_MS, fromMono: since }, { mono, utc });
