import type { Quantity } from '@homeward/hub/api';

/** Left-to-right isolate and its end: keeps "23.4 °C" together in right-to-left text. `Sentence` shows it as a bdi. */
const OPEN = '\u2066';
const CLOSE = '\u2069';
const NO_BREAK_SPACE = '\u00a0';

/** Digits after the point, where one digit tells more than none. */
const DECIMALS: Partial<Record<Quantity, number>> = {
  oxygen: 1,
  temperature: 1,
  formaldehyde: 2,
  voltage: 1,
  current: 2,
  energy: 2,
};
/** Without a rule of its own a small number keeps one digit: 0.4 must not read as 0. */
const SMALL = 10;

/** Digits after the point of what is measured, where its figures tell something. */
export const digitsOf = (quantity: Quantity): number => DECIMALS[quantity] ?? 0;

/** A number as people read it, in Latin digits. */
export const numberText = (value: number, quantity: Quantity): string => {
  const fallback = Math.abs(value) < SMALL && !Number.isInteger(value) ? 1 : 0;
  const digits = DECIMALS[quantity] ?? fallback;
  const fixed = DECIMALS[quantity] !== undefined;
  return new Intl.NumberFormat('en', {
    maximumFractionDigits: digits,
    minimumFractionDigits: fixed && quantity !== 'energy' ? digits : 0,
  }).format(value);
};

export const isolate = (text: string): string => `${OPEN}${text}${CLOSE}`;

/** Value and unit as one run inside a sentence. */
export const measureText = (value: number, unit: string | null, quantity: Quantity): string =>
  isolate(`${numberText(value, quantity)}${unit === null ? '' : NO_BREAK_SPACE + unit}`);

/** Clock time of the household, in Latin digits. `seconds` where a minute says too little. */
export const timeText = (at: number, seconds = false): string =>
  isolate(
    new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      ...(seconds ? { second: '2-digit' } : {}),
    }).format(at),
  );

/** A text cut into runs; every second one was isolated. */
export const cutRuns = (text: string): readonly string[] => text.split(/[\u2066\u2069]/);
