import type { Curve } from './curve.ts';
import type { HistoryLimit } from './limits.ts';
import type { OnStretch } from './onTime.ts';
import type { Stretch } from './view.ts';

/** A moment that stands out. */
export type Mark = { readonly at: number; readonly label: string };

/** All that a chart draws. */
export type Picture = {
  readonly shown: Stretch;
  readonly curve: Curve;
  /** On and off; null: numbers. */
  readonly on: readonly OnStretch[] | null;
  readonly limits: readonly HistoryLimit[];
  /** Moments that a line goes through. Default: none. */
  readonly marks?: readonly Mark[];
  /** The newest value, drawn as a dot; null: it is not on the screen, or is not to be believed any more. */
  readonly last: { readonly at: number; readonly value: number } | null;
  /** Digits after the point that tell something. */
  readonly digits: number;
  /** What is on is a light. */
  readonly lamp: boolean;
  readonly language: string;
  readonly words: { readonly on: string; readonly off: string } & Readonly<
    Record<HistoryLimit['level'], string>
  >;
};

/** So many of its smallest steps a chart shows at least: a trembling sensor is no mountain range. */
const LEAST_STEPS = 10;
const LEAST_SHARE = 0.05;
const ROOM = 0.08;

/** From where to where the axis of numbers goes: all values and limits, and a little room. */
export const valueRange = ({ curve, limits, digits, last }: Picture): [number, number] => {
  const numbers = [...curve.min, ...curve.max, last?.value ?? null].filter((value) => value !== null);
  const all = numbers.length === 0 ? [0] : numbers;
  const lowest = all.reduce((low, value) => Math.min(low, value));
  const drawn = [...all, ...limits.map(({ value }) => value)];
  const min = drawn.reduce((low, value) => Math.min(low, value));
  const max = drawn.reduce((high, value) => Math.max(high, value));
  const least = Math.max(LEAST_STEPS * 10 ** -digits, LEAST_SHARE * Math.max(Math.abs(min), Math.abs(max)));
  const widened = Math.max(max - min, least);
  const room = widened * ROOM;
  const middle = (min + max) / 2;
  const from = middle - widened / 2 - room;
  const to = middle + widened / 2 + room;
  if (lowest < 0 || from >= 0) return [from, to];
  return [0, Math.max(to, to - from - room)];
};
