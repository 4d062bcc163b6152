import { describe, expect, it } from 'vitest';
import { LIMITS } from './table.ts';

/**
 * How far each limit may be moved: the strictest, and the weakest; null: not at all beyond the standard. All of them ours, and
 * pinned here so that none moves by a slip. What is not named may not be moved.
 */
const RANGES: readonly (readonly [id: string, strictest: number, weakest: number | null])[] = [
  ['oxygen/oxygen-low/advisory/value', 20.6, null],
  ['oxygen/oxygen-low/warning/value', 20.5, null],
  ['oxygen/oxygen-low/alarm/value', 20.3, null],
  ['oxygen/oxygen-low/critical/value', 19.5, null],
  ['oxygen/oxygen-high/advisory/value', 21.5, null],
  ['oxygen/oxygen-high/warning/value', 21.8, null],
  ['oxygen/oxygen-high/alarm/value', 22, null],
  ['oxygen/oxygen-high/critical/value', 23.5, null],
  ['carbon_monoxide/co/advisory/mean8h', 3, null],
  ['carbon_monoxide/co/advisory/mean24h', 1.5, null],
  ['carbon_monoxide/co/warning/mean1h', 9, null],
  ['carbon_monoxide/co/critical/value', 100, null],
  ['carbon_dioxide/co2/advisory/mean10min', 700, 1500],
  ['carbon_dioxide/co2/warning/mean10min', 1000, 3000],
  ['carbon_dioxide/co2/warning/mean15min', 2000, null],
  ['carbon_dioxide/co2/alarm/mean8h', 2500, null],
  ['carbon_dioxide/co2/alarm/value', 5000, null],
  ['carbon_dioxide/co2/critical/mean15min', 15000, null],
  ['carbon_dioxide/co2/critical/value', 20000, null],
  ['lel_methane/gas/advisory/value', 2, null],
  ['lel_methane/gas/warning/value', 2, null],
  ['lel_methane/gas/alarm/value', 5, null],
  ['lel_methane/gas/critical/value', 10, null],
  ['lel_lpg/gas/advisory/value', 2, null],
  ['lel_lpg/gas/warning/value', 2, null],
  ['lel_lpg/gas/alarm/value', 5, null],
  ['lel_lpg/gas/critical/value', 10, null],
  ['temperature/heat/warning/value', 38, null],
  ['temperature/heat/alarm/value', 50, null],
  ['temperature/heat/critical/value', 57, null],
  ['pm25/air-quality/advisory/nowCast12h', 5, 15],
  ['pm25/air-quality/warning/nowCast12h', 12, 55.4],
  ['pm25/air-quality/alarm/nowCast12h', 20, 125.4],
  ['pm25/air-quality/critical/nowCast12h', 60, null],
  ['pm25/smoke/warning/mean10min', 200, null],
  ['pm10/air-quality/advisory/mean24h', 20, 54],
  ['pm10/air-quality/warning/mean24h', 54, 254],
  ['pm10/air-quality/alarm/mean24h', 100, 354],
  ['pm10/air-quality/critical/mean24h', 254, null],
  ['nitrogen_dioxide/air-quality/advisory/mean24h', 5, 53],
  ['nitrogen_dioxide/air-quality/warning/mean1h', 40, null],
  ['nitrogen_dioxide/air-quality/alarm/mean15min', 360, null],
  ['nitrogen_dioxide/air-quality/critical/value', 5000, null],
  ['ozone/air-quality/advisory/mean8h', 25, 54],
  ['ozone/air-quality/warning/mean8h', 40, null],
  ['ozone/air-quality/alarm/mean10min', 70, null],
  ['ozone/air-quality/critical/value', 1000, null],
  ['hydrogen_sulfide/hydrogen-sulfide/advisory/mean10min', 0.1, null],
  ['hydrogen_sulfide/hydrogen-sulfide/warning/value', 1, null],
  ['hydrogen_sulfide/hydrogen-sulfide/alarm/value', 5, null],
  ['hydrogen_sulfide/hydrogen-sulfide/critical/value', 20, null],
  ['formaldehyde/air-quality/advisory/mean30min', 0.02, 0.1],
  ['formaldehyde/air-quality/warning/mean30min', 0.05, null],
  ['formaldehyde/air-quality/alarm/mean30min', 0.1, null],
  ['voc_index/air-quality/advisory/mean15min', 120, 250],
  ['voc_index/air-quality/warning/mean10min', 150, 400],
  ['voc_index/air-quality/warning/value', 250, null],
  ['nox_index/air-quality/advisory/mean15min', 5, 100],
  ['nox_index/air-quality/warning/mean15min', 50, 300],
  ['radon/air-quality/advisory/mean7d', 50, 148],
  ['radon/air-quality/warning/mean30d', 100, 300],
  ['radon/air-quality/alarm/mean90d', 148, null],
  ['temperature/cold/advisory/value', 21, 12],
  ['temperature/cold/warning/value', 10, 3],
  ['temperature/cold/alarm/value', 5, null],
  ['temperature/hot/advisory/heatIndex', 25, 32],
  ['temperature/hot/warning/heatIndex', 27, 38],
  ['temperature/hot/alarm/heatIndex', 32, null],
  ['temperature/hot/critical/heatIndex', 39.4, null],
  ['humidity/humidity/advisory/mean24h', 50, 75],
  ['humidity/humidity/advisory/mean6h', 40, 15],
  ['humidity/humidity/warning/mean24h', 60, 80],
  ['humidity/humidity/warning/mean6h', 70, 90],
  ['humidity/humidity/warning/surfaceHumidity', 70, 90],
];

describe('AIR-1: how far a limit may be moved', () => {
  it.each(RANGES)('%s: as strict as %f, as weak as %j', (id, strictest, weakest) => {
    const limit = LIMITS.find((each) => each.id === id);
    expect(limit).toMatchObject({ editable: true, strictest, weakest: weakest ?? limit?.standard });
  });

  it('no other limit may be moved', () => {
    const editable = LIMITS.filter((limit) => limit.editable).map(({ id }) => id);
    expect(editable.sort()).toEqual(RANGES.map(([id]) => id).sort());
    for (const { editable: may, strictest, weakest, standard } of LIMITS)
      if (!may) expect([strictest, weakest]).toEqual([standard, standard]);
  });
});
