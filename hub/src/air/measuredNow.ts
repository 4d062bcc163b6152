import type { Quantity } from '../devices/schema.ts';
import { getRow } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { measuredCo } from './exposure.ts';
import type { Said } from './judged.ts';
import { LIMITS } from './limits/table.ts';
import { heardUntil, measuredMean } from './means/means.ts';
import type { MeansRow } from './means/meansRow.ts';
import { trendOf } from './means/trend.ts';
import type { Measured } from './measured.ts';
import { surfaceOf } from './measures.ts';
import { measuredSurface } from './mould.ts';
import { measuredOxygen } from './oxygen/oxygen.ts';
import { measuredNowCast } from './particles.ts';
import { measuredRate } from './rate.ts';
import type { AirState } from './state.ts';

const distinct = (quantity: Quantity): readonly Millis[] => [
  ...new Set(
    LIMITS.filter((limit) => limit.quantity === quantity && limit.measure === 'mean').map(
      ({ windowMs }) => windowMs as Millis,
    ),
  ),
];

/** Windows of the means that limits of a quantity are held against, ms. */
const WINDOWS: ReadonlyMap<Quantity, readonly Millis[]> = new Map(
  [...new Set(LIMITS.map(({ quantity }) => quantity))].map((quantity) => [quantity, distinct(quantity)]),
);

/** Quantities with a limit that looks at whether the reading rises. */
const WATCHED_RISE = new Set(LIMITS.filter(({ onlyRising }) => onlyRising).map(({ quantity }) => quantity));

export const windowsOf = (quantity: Quantity): readonly Millis[] => WINDOWS.get(quantity) ?? [];

/** All that limits of a sensor are held against, as its last reading left it. */
export function saidNow(
  state: AirState,
  entityId: string,
  quantity: Quantity,
  raw: number,
  now: Millis,
): Said {
  const means = getRow(state.means, entityId);
  const row = means === undefined ? undefined : heardUntil(means, now);
  const measured = ownMeasures(state, entityId, quantity, raw, now);
  if (row === undefined) return { raw, measured, rising: false };
  for (const windowMs of windowsOf(quantity)) measured.push(measuredMean(row, windowMs, now));
  if (quantity === 'pm25') measured.push(measuredNowCast(row, now));
  return { raw, measured, rising: WATCHED_RISE.has(quantity) && isRising(row, quantity, now) };
}

const isRising = (row: MeansRow, quantity: Quantity, now: Millis): boolean =>
  trendOf(row, quantity, now) === 'rising';

function ownMeasures(
  state: AirState,
  entityId: string,
  quantity: Quantity,
  raw: number,
  now: Millis,
): Measured[] {
  const value: Measured = { measure: 'value', windowMs: null, value: raw, coverage: null };
  switch (quantity) {
    case 'oxygen': {
      const row = getRow(state.oxygen, entityId);
      return row === undefined ? [value] : [...measuredOxygen(row)];
    }
    case 'carbon_monoxide': {
      const row = getRow(state.exposures, entityId);
      return row === undefined ? [value] : [value, ...measuredCo(row)];
    }
    case 'temperature': {
      const row = getRow(state.thermometers, entityId);
      if (row === undefined) return [value];
      const felt: Measured = { measure: 'heatIndex', windowMs: null, value: row.felt, coverage: null };
      return [value, felt, measuredRate(row.points, raw, now)];
    }
    case 'humidity': {
      const days = getRow(state.means, surfaceOf(entityId));
      return days === undefined ? [value] : [value, measuredSurface(days, now)];
    }
    default:
      return [value];
  }
}
