import type { Millis } from '../shared/time.ts';
import { type Entry, isAnybodys, ownEntry } from './entry.ts';
import { ANYBODYS_MS, ANYBODYS_ROWS } from './limits.ts';

/** What anybody on the network caused since `since`, house time. */
export type Noise = {
  readonly since: Millis;
  /** Rows that were written. */
  readonly rows: number;
  /** Times that were only counted, by type. */
  readonly counted: Readonly<Record<string, number>>;
};

export const QUIET: Noise = { since: Number.NEGATIVE_INFINITY, rows: 0, counted: {} };

/**
 * What is written of an entry. Of what anybody on the network can cause so many rows are written in an hour; the rest is counted, and
 * the count is written before the first row of any kind after that hour. Else whoever has no key to the house could fill the
 * journal until the rows that tell of him were forgotten.
 */
export function takeNoise(
  noise: Noise,
  entry: Entry,
): { readonly noise: Noise; readonly rows: readonly Entry[] } {
  const isOver = entry.mono >= noise.since + ANYBODYS_MS;
  const now = isOver ? QUIET : noise;
  const told = isOver && Object.keys(noise.counted).length > 0 ? [countOf(noise, entry)] : [];
  if (!isAnybodys(entry.type)) return { noise: now, rows: [...told, entry] };
  const since = now === QUIET ? entry.mono : now.since;
  if (now.rows < ANYBODYS_ROWS)
    return { noise: { ...now, since, rows: now.rows + 1 }, rows: [...told, entry] };
  const times = (now.counted[entry.type] ?? 0) + 1;
  return { noise: { ...now, counted: { ...now.counted, [entry.type]: times } }, rows: told };
}

const countOf = ({ counted, since }: Noise, { mono, utc }: Entry): Entry =>
  ownEntry('journalCounted', { times: counted, withinMs: ANYBODYS_MS, fromMono: since }, { mono, utc });
