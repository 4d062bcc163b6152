import type { Span } from './settings.ts';

/** Where a number of the device lies between closed and open, %; numbers beyond are cut. Whole percents, as people read them. */
export function percentIn({ closed, open }: Span, value: number): number {
  const percent = Math.round(((value - closed) / (open - closed)) * 100);
  // Not -0, which an inverted span makes.
  return Math.min(100, Math.max(0, percent)) + 0;
}

/** The device's whole number for a percentage. */
export const numberIn = ({ closed, open }: Span, percent: number): number =>
  Math.round(closed + ((open - closed) * percent) / 100) + 0;
