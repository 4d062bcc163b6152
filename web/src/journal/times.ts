import { dateText } from '../history/ticks.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** Clock time to the second, in Latin digits. */
export const secondText = (at: number, language: string): string =>
  dateText(at, language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** A moment as a record has it: day, time, and which time that is. */
export const fullText = (at: number, language: string): string =>
  dateText(at, language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });

const two = (n: number): string => String(n).padStart(2, '0');

/** A length of time to the second, as days and "04:33:21". */
export const lengthOf = (ms: number): { readonly days: number; readonly time: string } => {
  const s = Math.floor((Math.max(0, ms) % DAY_MS) / SECOND_MS);
  return {
    days: Math.floor(Math.max(0, ms) / DAY_MS),
    time: [Math.floor(s / 3_600), Math.floor(s / 60) % 60, s % 60].map(two).join(':'),
  };
};
