import type { Sample } from '../hub/traces.ts';

/** The hub looks at the last five minutes; so long a cell is watched here too. ms. Source: safety.md O2-1. */
export const WATCHED_MS = 300_000;
/** Fewer values, or a shorter span, say nothing. */
const LEAST_SAMPLES = 5;
const LEAST_SPAN_MS = 240_000;
/** Apart by no more than this, % vol: it has got used to the air. Ours: twice the noise of a usual cell (safety.md §2.2). */
const STEADY = 0.1;

/** How a cell gets used to the air outside. */
export type Settling = 'watching' | 'moving' | 'settled';

export const settlingOf = (samples: readonly Sample[], now: number): Settling => {
  const recent = samples.filter(({ at }) => now - at <= WATCHED_MS);
  const first = recent[0];
  const last = recent.at(-1);
  if (recent.length < LEAST_SAMPLES || first === undefined || last === undefined) return 'watching';
  if (last.at - first.at < LEAST_SPAN_MS) return 'watching';
  const values = recent.map(({ value }) => value);
  return Math.max(...values) - Math.min(...values) <= STEADY ? 'settled' : 'moving';
};
