import type { Quantity } from '@homeward/hub/api';

/** Left-to-right isolate and its end: keeps "23.4 °C" together in right-to-left text. `Sentence` shows it as a bdi. */
const OPEN = '\u2066';
const CLOSE = '\u2069';
/** Isolate of a text whose direction its own letters tell. */
const OPEN_NAME = '\u2068';
/** Signs that turn text round or hold it together: in a name they could make a sentence read as another one. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
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

/** What a person wrote, inside a sentence: it cannot turn round what stands beside it, whatever it holds. */
export const nameText = (name: string): string => `${OPEN_NAME}${name.replace(TURNING, '')}${CLOSE}`;

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

/** A part of a text. `dir`: it was isolated, and runs so; null: it was not. */
export type Run = { readonly text: string; readonly dir: 'ltr' | 'auto' | null };

/** A text cut into its isolated parts and what stands between them. */
export const runsOf = (text: string): readonly Run[] =>
  text
    .split(/([\u2066\u2068][^\u2066\u2068\u2069]*\u2069)/)
    .map((part, place) =>
      place % 2 === 0
        ? { text: part.replace(/[\u2066-\u2069]/g, ''), dir: null }
        : { text: part.slice(1, -1), dir: part.startsWith(OPEN) ? 'ltr' : 'auto' },
    );
