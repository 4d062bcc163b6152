import type { Phrase } from './say.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Unit = 's' | 'min' | 'h' | 'd';

const measure = (ms: number): { readonly unit: Unit; readonly n: number } => {
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return { unit: 's', n: Math.floor(span / SECOND_MS) };
  if (span < HOUR_MS) return { unit: 'min', n: Math.floor(span / MINUTE_MS) };
  if (span < 2 * DAY_MS) return { unit: 'h', n: Math.floor(span / HOUR_MS) };
  return { unit: 'd', n: Math.floor(span / DAY_MS) };
};

/** How long ago: "3 s ago". Null: never heard. */
export const agePhrase = (at: number | null, now: number): Phrase => {
  if (at === null) return { key: 'age.never' };
  const { unit, n } = measure(now - at);
  return n === 0 ? { key: 'age.now' } : { key: `age.${unit}`, n };
};

/** How long: "3 s". */
export const spanPhrase = (ms: number): Phrase => {
  const { unit, n } = measure(ms);
  return { key: `span.${unit}`, n };
};
