import { beginsIn, type Step } from './calendar.ts';

export type Tick = { readonly at: number; readonly label: string };

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** Steps of an axis, from the finest, with their length; months and years roughly. */
const STEPS: readonly { readonly step: Step; readonly ms: number }[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => ({ step: { unit: 'minute' as const, n }, ms: n * MINUTE_MS })),
  ...[1, 2, 3, 6, 12].map((n) => ({ step: { unit: 'hour' as const, n }, ms: n * 60 * MINUTE_MS })),
  ...[1, 2, 7, 14].map((n) => ({ step: { unit: 'day' as const, n }, ms: n * DAY_MS })),
  ...[1, 2, 3, 6].map((n) => ({ step: { unit: 'month' as const, n }, ms: n * 30.4 * DAY_MS })),
  ...[1, 2, 5, 10].map((n) => ({ step: { unit: 'year' as const, n }, ms: n * 365.25 * DAY_MS })),
];
const COARSEST: Step = { unit: 'year', n: 10 };

/** The finest step that makes no more than so many of them. */
export const stepFor = (from: number, to: number, most: number): Step =>
  STEPS.find(({ ms }) => (to - from) / ms <= most)?.step ?? COARSEST;

/** Dates in the person's language, with the Latin digits and the calendar that boards and keypads use. */
export const dateLocale = (language: string): string =>
  language === 'ar' ? 'ar-u-ca-gregory-nu-latn' : 'en-GB';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A date or time by these options. Formats are kept: making one costs more than using it a hundred times. */
export const dateText = (at: number, language: string, options: Intl.DateTimeFormatOptions): string => {
  const locale = dateLocale(language);
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format.format(at);
};

const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };

/** On a canvas nothing tells a date in which direction it runs, so it says so itself. */
const ownDirection = (text: string, language: string): string =>
  language === 'ar' ? `\u2067${text}\u2069` : text;

/** A day as the axis says it; the widest of its labels. */
export const dayText = (at: number, language: string): string =>
  ownDirection(dateText(at, language, DAY), language);

/** How one tick reads: the time, at midnight the day; the month, in January the year. */
const labelOf = (at: number, { unit }: Step, language: string): string => {
  const date = new Date(at);
  if (unit === 'year') return dateText(at, language, { year: 'numeric' });
  if (unit === 'month')
    return dateText(at, language, date.getMonth() === 0 ? { year: 'numeric' } : { month: 'short' });
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
  return unit === 'day' || isMidnight ? dayText(at, language) : dateText(at, language, TIME);
};

/** Where the axis of time is marked, and with what. At most `most` and one. */
export const ticksIn = (from: number, to: number, most: number, language: string): readonly Tick[] => {
  const step = stepFor(from, to, Math.max(1, most));
  return beginsIn(from, to, step).map((at) => ({ at, label: labelOf(at, step, language) }));
};

/** A moment as a person says it: "22 Nov, 14:05". With the year when it is another one. */
export const momentText = (at: number, now: number, language: string): string => {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateText(at, language, { ...DAY, ...(isThisYear ? {} : { year: 'numeric' }), ...TIME });
};
