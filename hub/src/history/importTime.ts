/** Nothing that a home measured is older: 1990-01-01, epoch ms UTC. A clock that was never set says 1970 or 1980. */
export const FIRST_MS = 631_152_000_000;

/** A reading may be so much younger than now, ms: clocks of two machines differ, and so do their ideas of daylight saving. */
export const FUTURE_MS = 86_400_000;

/** From this number on, a time counts milliseconds; below, seconds. As seconds it would be the year 5138. */
const LEAST_MS = 100_000_000_000;

const NUMBER = /^\d{9,13}(\.\d{1,9})?$/;

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * A time as files write it: ISO 8601 with `T` or a blank (without an offset: UTC), or the seconds or milliseconds since
 * 1970.
 * @returns epoch ms UTC; null: it is no time
 */
export function readTime(text: string): number | null {
  const word = text.trim();
  if (NUMBER.test(word)) {
    const number = Number(word);
    return Math.round(number < LEAST_MS ? number * 1_000 : number);
  }
  const match = ISO.exec(word);
  return match === null ? null : isoTime(match);
}

function isoTime(match: RegExpExecArray): number | null {
  const part = (index: number) => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const midnight = Date.UTC(year, month - 1, day);
  // February 30th would become March 2nd.
  if (month < 1 || month > 12 || day < 1 || new Date(midnight).getUTCDate() !== day) return null;
  const fractionMs = Math.round(Number(`0.${match[7] ?? '0'}`) * 1_000);
  const offset = offsetMinutes(match[8] ?? 'Z');
  if (offset === null) return null;
  return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + fractionMs;
}

function offsetMinutes(word: string): number | null {
  if (word === 'Z' || word === 'z') return 0;
  const hours = Number(word.slice(1, 3));
  const minutes = Number(word.slice(3).replace(':', ''));
  if (hours > 14 || minutes > 59) return null;
  return (word.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Whether a home can have measured something then. */
export const isPlausible = (t: number, now: number): boolean => t >= FIRST_MS && t <= now + FUTURE_MS;
