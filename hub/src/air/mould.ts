import { DAY_MS, type Millis } from '../shared/time.ts';
import { LEAST_COVERAGE } from './means/means.ts';
import type { MeansRow } from './means/meansRow.ts';
import type { Measured } from './measured.ts';

/**
 * The coldest inner surface is this much colder than the room, °C. Our model, for no sensor stands in the corner and the weather is not
 * known: a surface with temperature factor f_Rsi = 0.7 (DIN 4108-2, ISO 13788: the least that keeps free of mould) when it is
 * 10 °C colder outside than inside: (1 - 0.7) · 10 °C. A well insulated home is better off than this says.
 */
export const COLDER_SURFACE = 3;

/** Days looked at, and how many of them must be damp. Source: safety.md §1.1. */
const DAYS = 7;
const DAMP_DAYS = 5;

/** Pressure of saturated water vapour over water, hPa, at that temperature, °C. Magnus, as WMO-No. 8 (CIMO guide) has it. */
const saturation = (celsius: number): number => 6.112 * Math.exp((17.62 * celsius) / (243.12 + celsius));

/** Relative humidity at the coldest surface, %, of a room with that temperature (°C) and humidity (%). 100: it is wet. */
export function surfaceHumidity(temperature: number, humidity: number): number {
  const vapour = humidity * saturation(temperature);
  return Math.min(100, Math.max(0, vapour / saturation(temperature - COLDER_SURFACE)));
}

/**
 * The fifth dampest of the seven days behind: it lies over the limit when five of them do. Days that were not heard enough count as
 * neither; with fewer than five days it cannot be computed.
 */
export function measuredSurface({ days }: MeansRow, now: Millis): Measured {
  const means: number[] = [];
  const today = Math.floor(now / DAY_MS);
  // The day that was heard last is a past one too when nothing was heard since; those after it were silent.
  const isOver = days !== null && days.index < today;
  const spans = days === null ? [] : isOver ? [days.sum, days.ms, ...days.past] : days.past;
  const silent = isOver ? today - days.index - 1 : 0;
  for (let at = 0; at < 2 * (DAYS - silent) && at < spans.length; at += 2) {
    const ms = spans[at + 1] as number;
    if (ms >= LEAST_COVERAGE * DAY_MS) means.push((spans[at] as number) / ms);
  }
  means.sort((a, b) => b - a);
  return {
    measure: 'surfaceHumidity',
    windowMs: null,
    value: means[DAMP_DAYS - 1] ?? null,
    coverage: means.length / DAYS,
  };
}
