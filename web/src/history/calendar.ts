/** A step of the calendar of the person: the browser's zone, so that a day may be 23 or 25 hours long. */
export type Step = { readonly unit: 'minute' | 'hour' | 'day' | 'month' | 'year'; readonly n: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 1 January 1970 was a Thursday: weeks begin on a Monday. */
const MONDAY = 4;

/** Number of a calendar day, whatever its length. */
const dayNumber = (date: Date): number =>
  Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS);

const intoHour = (date: Date): number =>
  date.getMinutes() * MINUTE_MS + date.getSeconds() * 1_000 + date.getMilliseconds();

/** The begin of the step in which a moment lies. Epoch ms. Hours are reckoned, not set: an hour may come twice. */
export const beginOf = (at: number, { unit, n }: Step): number => {
  const date = new Date(at);
  if (unit === 'minute') return at - (intoHour(date) % (n * MINUTE_MS));
  if (unit === 'hour' && n === 1) return at - intoHour(date);
  if (unit === 'hour') return date.setHours(date.getHours() - (date.getHours() % n), 0, 0, 0);
  date.setHours(0, 0, 0, 0);
  if (unit === 'day') {
    const offset = n % 7 === 0 ? MONDAY : 0;
    return date.setDate(date.getDate() - ((((dayNumber(date) - offset) % n) + n) % n));
  }
  if (unit === 'month') return date.setMonth(date.getMonth() - (date.getMonth() % n), 1);
  return date.setFullYear(date.getFullYear() - (date.getFullYear() % n), 0, 1);
};

/** The begin of the next step, from the begin of one. Always later. */
export const nextOf = (begin: number, step: Step): number => {
  const { unit, n } = step;
  const date = new Date(begin);
  if (unit === 'minute') return begin + n * MINUTE_MS;
  if (unit === 'hour') {
    const next = n === 1 ? begin + HOUR_MS : date.setHours(date.getHours() + n, 0, 0, 0);
    return next > begin ? next : begin + n * HOUR_MS;
  }
  if (unit === 'day') return date.setDate(date.getDate() + n);
  if (unit === 'month') return date.setMonth(date.getMonth() + n);
  return date.setFullYear(date.getFullYear() + n);
};

/** All begins of steps within the range, both ends included. */
export const beginsIn = (from: number, to: number, step: Step): readonly number[] => {
  const begins: number[] = [];
  for (let at = beginOf(from, step); at <= to; at = nextOf(at, step)) if (at >= from) begins.push(at);
  return begins;
};

/** The moment so many months away; a day that the month has not becomes its last. */
const monthsAway = (at: number, months: number): number => {
  const date = new Date(at);
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() + months);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
  return date.setDate(Math.min(day, last));
};

/** The same time of day, so many days, months or years away. */
export const away = (at: number, unit: 'day' | 'month' | 'year', n: number): number => {
  if (unit === 'month') return monthsAway(at, n);
  if (unit === 'year') return monthsAway(at, 12 * n);
  const date = new Date(at);
  return date.setDate(date.getDate() + n);
};
