import type { Measure } from '@homeward/hub/api';
import { isolate } from '../text/numbers.ts';

const NO_BREAK_SPACE = '\u00a0';
const MOST_DIGITS = 2;

const figures = new Intl.NumberFormat('en', { maximumFractionDigits: MOST_DIGITS });
const rounded = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const withUnit = (figure: string, unit: string | null): string =>
  isolate(unit === null ? figure : `${figure}${NO_BREAK_SPACE}${unit}`);

/** A share as people read it: "12 %". */
export const percentText = (share: number): string => withUnit(rounded.format(Math.round(share * 100)), '%');

/** A limit as it stands in the table, to the last digit. A dose of 1 is the whole dose. */
export const limitText = (value: number, measure: Measure, unit: string | null): string =>
  measure === 'dose' ? percentText(value) : withUnit(figures.format(value), unit);

/** What is measured beside the value itself; finer below 10. */
export const amountText = (value: number, unit: string | null): string =>
  withUnit((Math.abs(value) < 10 ? figures : rounded).format(value), unit);

/** What a limit is compared with now. */
export const comparedText = (value: number, measure: Measure, unit: string | null): string =>
  measure === 'dose' ? percentText(value) : amountText(value, unit);

const SMALL_RANGE = 10;

/** "25–70": never turned round. Above 10 in steps of 5: nobody knows it better. */
export const minutesRange = (soonest: number, latest: number): string => {
  const whole = (minutes: number): string =>
    String(minutes < SMALL_RANGE ? Math.max(1, Math.round(minutes)) : 5 * Math.round(minutes / 5));
  const from = whole(soonest);
  const to = whole(latest);
  return isolate(from === to ? from : `${from}–${to}`);
};
