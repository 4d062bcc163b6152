import type { Quantity } from '../devices/schema.ts';
import { getRow } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { measuredCo } from './exposure.ts';
import { crosses, spanName } from './limits/limit.ts';
import { measuredMean } from './means/means.ts';
import type { MeansRow } from './means/meansRow.ts';
import { trendOf } from './means/trend.ts';
import { windowsOf } from './measuredNow.ts';
import { surfaceOf } from './measures.ts';
import { measuredSurface } from './mould.ts';
import { viewOutlook } from './oxygen/oxygen.ts';
import { aqi, measuredNowCast } from './particles.ts';
import type { AirState } from './state.ts';
import type { AirView } from './viewSchema.ts';

/** Steps in which means are shown: a screen is not told of noise. */
const STEP: Partial<Record<Quantity, number>> = {
  oxygen: 0.05,
  carbon_monoxide: 0.5,
  carbon_dioxide: 20,
  lel_methane: 0.5,
  lel_lpg: 0.5,
  temperature: 0.2,
  humidity: 1,
  pm25: 1,
  pm10: 1,
  nitrogen_dioxide: 1,
  ozone: 1,
  hydrogen_sulfide: 0.1,
  formaldehyde: 0.005,
  radon: 5,
  voc_index: 5,
  nox_index: 1,
};

/** Coverage is shown in twentieths. */
const COVERAGE_STEP = 0.05;

const inSteps = (value: number, step: number): number =>
  Number((Math.round(value / step) * step).toPrecision(9));

const shown = (value: number | null, step: number): number | null =>
  value === null ? null : inSteps(value, step);

/** What the hub concludes from one sensor, as of its last reading; null: nothing, or nobody hears it now. */
export function viewAir(state: AirState, entityId: string, quantity: Quantity): AirView | null {
  const row = getRow(state.means, entityId);
  const now = row?.at ?? null;
  if (row === undefined || now === null) return null;
  const oxygen = getRow(state.oxygen, entityId);
  return {
    trend: trendOf(row, quantity, now),
    means: viewMeans(row, quantity, now),
    ...viewExposure(state, entityId),
    aqi: quantity === 'pm25' || quantity === 'pm10' ? viewAqi(row, quantity, now) : null,
    heatIndex: shown(getRow(state.thermometers, entityId)?.felt ?? null, 0.5),
    mould: quantity === 'humidity' ? viewMould(state, entityId, now) : null,
    outlook: oxygen === undefined ? null : viewOutlook(oxygen),
  };
}

function viewMeans(row: MeansRow, quantity: Quantity, now: Millis): AirView['means'] {
  const step = STEP[quantity] ?? 1;
  return Object.fromEntries(
    windowsOf(quantity).map((windowMs) => {
      const { value, coverage } = measuredMean(row, windowMs, now);
      const mean = shown(value, step);
      return [spanName(windowMs), { windowMs, mean, coverage: inSteps(coverage as number, COVERAGE_STEP) }];
    }),
  );
}

function viewExposure(state: AirState, entityId: string): Pick<AirView, 'dose' | 'cohb'> {
  const row = getRow(state.exposures, entityId);
  const measured = row === undefined ? [] : measuredCo(row);
  const of = (name: 'dose' | 'cohb') => measured.find(({ measure }) => measure === name)?.value ?? null;
  return { dose: shown(of('dose'), 0.01), cohb: shown(of('cohb'), 0.1) };
}

function viewAqi(row: MeansRow, quantity: 'pm25' | 'pm10', now: Millis): number | null {
  const { value } = measuredNowCast(row, now);
  return value === null ? null : aqi(quantity, value);
}

/** By the same limit as the warning: surfaces have been damp for days. */
function viewMould(state: AirState, entityId: string, now: Millis): boolean | null {
  const days = getRow(state.means, surfaceOf(entityId));
  const value = days === undefined ? null : measuredSurface(days, now).value;
  const limit = state.limits.all.find(({ measure }) => measure === 'surfaceHumidity');
  return value === null || limit === undefined ? null : crosses(limit, value);
}
