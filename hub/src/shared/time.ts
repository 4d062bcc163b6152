/** A span or a point in time, milliseconds. */
export type Millis = number;

export const SECOND_MS: Millis = 1_000;
export const MINUTE_MS: Millis = 60 * SECOND_MS;
export const HOUR_MS: Millis = 60 * MINUTE_MS;
export const DAY_MS: Millis = 24 * HOUR_MS;

/**
 * The moment at which a fact is settled. Rules compare only `mono`; people read only `utc`.
 * `mono` goes on through restarts and never jumps when somebody sets the clock.
 */
export type Moment = {
  /** House time: milliseconds since the hub's first start. Never runs backwards. */
  readonly mono: Millis;
  /** Wall clock: epoch milliseconds, UTC. May jump. */
  readonly utc: Millis;
};

/** The earliest of several times; null stands for never. */
export function earliest(...times: readonly (Millis | null)[]): Millis | null {
  let first: Millis | null = null;
  for (const time of times) if (time !== null && (first === null || time < first)) first = time;
  return first;
}

/** The earlier of two; null stands for never. Asked at every reading, and makes no list. */
export const earlier = (a: Millis | null, b: Millis | null): Millis | null =>
  a === null || (b !== null && b < a) ? b : a;
