import type { JournalRow } from '@homeward/hub/api';
import { away, beginOf } from '../history/calendar.ts';
import { dateText } from '../history/ticks.ts';
import type { Phrase } from '../text/say.ts';

const DAY = { unit: 'day', n: 1 } as const;

/** Rows that follow each other and have the same day. Where the clock was set, a day can come twice. */
export type Day = {
  readonly begin: number;
  /** Of its newest row. */
  readonly seq: number;
  readonly rows: readonly JournalRow[];
};

export const daysOf = (rows: readonly JournalRow[]): readonly Day[] => {
  const days: (Day & { rows: JournalRow[] })[] = [];
  for (const row of rows) {
    const begin = beginOf(row.at, DAY);
    const last = days.at(-1);
    if (last?.begin === begin) last.rows.push(row);
    else days.push({ begin, seq: row.seq, rows: [row] });
  }
  return days;
};

/** "Today, 22 November". */
export const dayPhrase = (begin: number, now: number, language: string): Phrase | string => {
  const isThisYear = new Date(begin).getFullYear() === new Date(now).getFullYear();
  const day = dateText(begin, language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
  const today = beginOf(now, DAY);
  if (begin === today) return { key: 'journal.day.today', with: { day } };
  if (begin === away(today, 'day', -1)) return { key: 'journal.day.yesterday', with: { day } };
  return day;
};

/** The moment that a field for a day stands for, epoch ms; null: there is no such day. `end`: the begin of the next one. */
export const momentOfDay = (text: string, end: boolean): number | null => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(Number(year), Number(month) - 1, Number(day) + (end ? 1 : 0));
  return Number.isNaN(date.getTime()) || date.getTime() < 0 ? null : date.getTime();
};
