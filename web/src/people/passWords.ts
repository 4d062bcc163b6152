import type { PassView } from '@homeward/hub/api';
import { dateText } from '../history/ticks.ts';
import { isolate } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import { type PlanRow, rowsFrom } from './weekPlan.ts';

/** A Monday, so that weekdays can be told in any language. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/** The name of a weekday: 1 Monday … 7 Sunday. */
export const dayName = (weekday: number, language: string, width: 'long' | 'short' = 'long'): string =>
  dateText(MONDAY + (weekday - 1) * DAY_MS, language, { weekday: width, timeZone: 'UTC' });

/** "Monday and Wednesday, 09:00–12:00" */
const rowPhrase = ({ days, from, to }: PlanRow, language: string): Phrase => ({
  key: 'people.pass.plan',
  with: { days: days.map((day) => dayName(day, language)), from: isolate(from), to: isolate(to) },
});

/** When in the week a pass opens, and how often still. */
export const passPhrases = (
  { weekly, usesLeft }: Pick<PassView, 'weekly' | 'usesLeft'>,
  language: string,
): readonly Phrase[] => [
  ...(weekly.length === 0
    ? [{ key: 'people.pass.anyTime' }]
    : rowsFrom(weekly).map((row) => rowPhrase(row, language))),
  usesLeft === null ? { key: 'people.pass.often' } : { key: 'people.pass.uses', n: usesLeft },
];
