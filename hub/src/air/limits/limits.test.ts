import { describe, expect, it } from 'vitest';
import { type AlarmLevel, compareLevels } from '../../alarms/schema.ts';
import { USUAL_SETTINGS } from '../settings.ts';
import { crosses, isClear, type Limit, spanName } from './limit.ts';
import { LIMITS, limitsWith } from './table.ts';

type Row = readonly [
  id: string,
  crosses: Limit['crosses'],
  limit: number,
  unit: string | null,
  hysteresis: number,
  onS: number,
  offS: number,
  sound: Limit['sound'],
  latching: boolean,
];

/** Source: safety.md §1.1, §2.4 (minutesLeft), §1.3 (dose, cohb). Read off the page, not off the code. */
const TABLE: readonly Row[] = [
  ['oxygen/oxygen-low/advisory/value', 'atMost', 20.3, '%', 0.2, 60, 300, 'none', true],
  ['oxygen/oxygen-low/warning/value', 'atMost', 20, '%', 0.2, 60, 300, 'chime', true],
  ['oxygen/oxygen-low/alarm/value', 'below', 19.5, '%', 0.2, 10, 300, 'siren', true],
  ['oxygen/oxygen-low/critical/value', 'atMost', 18, '%', 0.2, 0, 300, 'siren', true],
  ['oxygen/oxygen-high/advisory/value', 'atLeast', 22, '%', 0.2, 30, 300, 'none', true],
  ['oxygen/oxygen-high/warning/value', 'atLeast', 23, '%', 0.2, 30, 300, 'chime', true],
  ['oxygen/oxygen-high/alarm/value', 'above', 23.5, '%', 0.2, 30, 300, 'siren', true],
  ['oxygen/oxygen-high/critical/value', 'atLeast', 25, '%', 0.2, 30, 300, 'siren', true],
  ['oxygen/oxygen-low/advisory/minutesLeft20min', 'below', 120, 'min', 0, 0, 300, 'none', true],
  ['oxygen/oxygen-low/warning/minutesLeft15min', 'below', 60, 'min', 0, 0, 300, 'chime', true],
  ['oxygen/oxygen-low/alarm/minutesLeft15min', 'below', 20, 'min', 0, 0, 300, 'siren', true],
  ['oxygen/oxygen-low/critical/minutesLeft4min', 'below', 15, 'min', 0, 0, 300, 'siren', true],
  ['carbon_monoxide/co/advisory/mean8h', 'atLeast', 9, 'ppm', 0, 0, 300, 'none', true],
  ['carbon_monoxide/co/advisory/mean24h', 'atLeast', 3.5, 'ppm', 0, 0, 300, 'none', true],
  ['carbon_monoxide/co/warning/mean1h', 'atLeast', 35, 'ppm', 0, 0, 300, 'chime', true],
  ['carbon_monoxide/co/warning/cohb', 'atLeast', 2.5, '%', 2.5, 0, 300, 'chime', true],
  ['carbon_monoxide/co/alarm/cohb', 'atLeast', 5, '%', 5, 0, 300, 'siren', true],
  ['carbon_monoxide/co/alarm/dose', 'atLeast', 1, null, 1, 0, 300, 'siren', true],
  ['carbon_monoxide/co/critical/cohb', 'atLeast', 10, '%', 10, 0, 300, 'siren', true],
  ['carbon_monoxide/co/critical/value', 'atLeast', 300, 'ppm', 275, 0, 300, 'siren', true],
  ['carbon_monoxide/co/alarm/contact', 'on', 1, null, 0, 0, 0, 'siren', true],
  ['carbon_dioxide/co2/advisory/mean10min', 'atLeast', 1_000, 'ppm', 100, 0, 600, 'none', false],
  ['carbon_dioxide/co2/warning/mean10min', 'atLeast', 2_000, 'ppm', 200, 0, 600, 'chime', false],
  ['carbon_dioxide/co2/warning/mean15min', 'atLeast', 5_000, 'ppm', 500, 0, 600, 'chime', false],
  ['carbon_dioxide/co2/alarm/mean8h', 'above', 5_000, 'ppm', 500, 0, 600, 'siren', true],
  ['carbon_dioxide/co2/alarm/value', 'atLeast', 10_000, 'ppm', 1_000, 300, 600, 'siren', true],
  ['carbon_dioxide/co2/critical/mean15min', 'atLeast', 30_000, 'ppm', 3_000, 0, 600, 'siren', true],
  ['carbon_dioxide/co2/critical/value', 'atLeast', 40_000, 'ppm', 4_000, 0, 600, 'siren', true],
  ['lel_methane/gas/advisory/value', 'atLeast', 3, '%LEL', 2, 10, 60, 'none', true],
  ['lel_methane/gas/warning/value', 'atLeast', 5, '%LEL', 2, 10, 60, 'chime', true],
  ['lel_methane/gas/alarm/value', 'atLeast', 10, '%LEL', 7, 10, 60, 'siren', true],
  ['lel_methane/gas/critical/value', 'atLeast', 20, '%LEL', 17, 10, 60, 'siren', true],
  ['lel_lpg/gas/advisory/value', 'atLeast', 3, '%LEL', 2, 10, 60, 'none', true],
  ['lel_lpg/gas/warning/value', 'atLeast', 5, '%LEL', 2, 10, 60, 'chime', true],
  ['lel_lpg/gas/alarm/value', 'atLeast', 10, '%LEL', 7, 10, 60, 'siren', true],
  ['lel_lpg/gas/critical/value', 'atLeast', 20, '%LEL', 17, 10, 60, 'siren', true],
  ['gas/gas/alarm/contact', 'on', 1, null, 0, 0, 0, 'siren', true],
  ['smoke/smoke/alarm/contact', 'on', 1, null, 0, 0, 0, 'siren', true],
  ['heat/heat/alarm/contact', 'on', 1, null, 0, 0, 0, 'siren', true],
  ['temperature/heat/warning/value', 'atLeast', 45, '°C', 3, 10, 300, 'chime', true],
  ['temperature/heat/alarm/value', 'atLeast', 57, '°C', 3, 10, 300, 'siren', true],
  ['temperature/heat/alarm/rate1min', 'atLeast', 8.3, '°C/min', 3, 0, 300, 'siren', true],
  ['temperature/heat/critical/value', 'atLeast', 70, '°C', 3, 10, 300, 'siren', true],
  ['pm25/air-quality/advisory/nowCast12h', 'above', 9, 'µg/m³', 0.9, 1_800, 1_800, 'none', false],
  ['pm25/air-quality/warning/nowCast12h', 'above', 35.4, 'µg/m³', 3.54, 1_800, 1_800, 'chime', false],
  ['pm25/air-quality/alarm/nowCast12h', 'above', 55.4, 'µg/m³', 5.54, 1_800, 1_800, 'none', false],
  ['pm25/air-quality/critical/nowCast12h', 'above', 225.4, 'µg/m³', 22.54, 1_800, 1_800, 'none', false],
  ['pm25/smoke/warning/mean10min', 'above', 500, 'µg/m³', 50, 0, 1_800, 'chime', false],
  ['pm10/air-quality/advisory/mean24h', 'above', 45, 'µg/m³', 4.5, 1_800, 1_800, 'none', false],
  ['pm10/air-quality/warning/mean24h', 'above', 154, 'µg/m³', 15.4, 1_800, 1_800, 'chime', false],
  ['pm10/air-quality/alarm/mean24h', 'above', 254, 'µg/m³', 25.4, 1_800, 1_800, 'none', false],
  ['pm10/air-quality/critical/mean24h', 'above', 424, 'µg/m³', 42.4, 1_800, 1_800, 'none', false],
  ['nitrogen_dioxide/air-quality/advisory/mean24h', 'above', 13, 'ppb', 1.3, 0, 1_800, 'none', false],
  ['nitrogen_dioxide/air-quality/warning/mean1h', 'above', 100, 'ppb', 10, 0, 1_800, 'chime', false],
  ['nitrogen_dioxide/air-quality/alarm/mean15min', 'above', 1_000, 'ppb', 100, 0, 1_800, 'siren', true],
  ['nitrogen_dioxide/air-quality/critical/value', 'atLeast', 13_000, 'ppb', 1_300, 0, 1_800, 'siren', true],
  ['ozone/air-quality/advisory/mean8h', 'above', 51, 'ppb', 5.1, 0, 1_800, 'none', false],
  ['ozone/air-quality/warning/mean8h', 'above', 70, 'ppb', 7, 0, 1_800, 'chime', false],
  ['ozone/air-quality/alarm/mean10min', 'above', 100, 'ppb', 10, 0, 1_800, 'siren', true],
  ['ozone/air-quality/critical/value', 'atLeast', 5_000, 'ppb', 500, 0, 1_800, 'siren', true],
  ['hydrogen_sulfide/hydrogen-sulfide/advisory/mean10min', 'atLeast', 0.5, 'ppm', 0.05, 0, 300, 'none', true],
  ['hydrogen_sulfide/hydrogen-sulfide/warning/value', 'atLeast', 5, 'ppm', 0.5, 30, 300, 'chime', true],
  ['hydrogen_sulfide/hydrogen-sulfide/alarm/value', 'atLeast', 10, 'ppm', 1, 30, 300, 'siren', true],
  ['hydrogen_sulfide/hydrogen-sulfide/critical/value', 'atLeast', 50, 'ppm', 5, 30, 300, 'siren', true],
  ['formaldehyde/air-quality/advisory/mean30min', 'above', 0.05, 'mg/m³', 0.005, 0, 3_600, 'none', false],
  ['formaldehyde/air-quality/warning/mean30min', 'above', 0.1, 'mg/m³', 0.01, 0, 3_600, 'chime', false],
  ['formaldehyde/air-quality/alarm/mean30min', 'above', 0.3, 'mg/m³', 0.03, 0, 3_600, 'none', false],
  ['voc_index/air-quality/advisory/mean15min', 'above', 150, null, 20, 0, 900, 'none', false],
  ['voc_index/air-quality/warning/mean10min', 'above', 250, null, 20, 0, 900, 'chime', false],
  ['voc_index/air-quality/warning/value', 'above', 400, null, 20, 600, 900, 'chime', false],
  ['nox_index/air-quality/advisory/mean15min', 'above', 20, null, 2, 0, 900, 'none', false],
  ['nox_index/air-quality/warning/mean15min', 'above', 150, null, 15, 0, 900, 'chime', false],
  ['radon/air-quality/advisory/mean7d', 'above', 100, 'Bq/m³', 10, 0, 604_800, 'none', false],
  ['radon/air-quality/warning/mean30d', 'above', 148, 'Bq/m³', 14.8, 0, 604_800, 'chime', false],
  ['radon/air-quality/alarm/mean90d', 'above', 300, 'Bq/m³', 30, 0, 604_800, 'none', false],
  ['temperature/cold/advisory/value', 'below', 18, '°C', 1, 21_600, 1_800, 'none', false],
  ['temperature/cold/warning/value', 'below', 5, '°C', 1, 900, 1_800, 'chime', false],
  ['temperature/cold/alarm/value', 'below', 2, '°C', 1, 900, 1_800, 'chime', true],
  ['temperature/hot/advisory/heatIndex', 'atLeast', 27, '°C', 1, 1_200, 1_800, 'none', false],
  ['temperature/hot/warning/heatIndex', 'atLeast', 32, '°C', 1, 1_200, 1_800, 'chime', false],
  ['temperature/hot/alarm/heatIndex', 'atLeast', 39.4, '°C', 1, 1_200, 1_800, 'chime', false],
  ['temperature/hot/critical/heatIndex', 'atLeast', 51.7, '°C', 1, 1_200, 1_800, 'chime', false],
  ['humidity/humidity/advisory/mean24h', 'above', 60, '%', 5, 0, 86_400, 'none', false],
  ['humidity/humidity/advisory/mean6h', 'below', 30, '%', 5, 0, 86_400, 'none', false],
  ['humidity/humidity/warning/mean24h', 'above', 70, '%', 5, 0, 86_400, 'chime', false],
  ['humidity/humidity/warning/mean6h', 'above', 80, '%', 5, 0, 86_400, 'chime', false],
  ['humidity/humidity/warning/surfaceHumidity', 'above', 80, '%', 5, 0, 86_400, 'chime', false],
  ['moisture/water/alarm/contact', 'on', 1, null, 0, 2, 0, 'chime', true],
];

const rowOf = (limit: Limit): Row => [
  limit.id,
  limit.crosses,
  limit.limit,
  limit.unit,
  limit.hysteresis,
  limit.onDelayMs / 1_000,
  limit.offDelayMs / 1_000,
  limit.sound,
  limit.latching,
];

const NUMBERS = LIMITS.filter((limit) => limit.crosses !== 'on');
const CONTACTS = LIMITS.filter((limit) => limit.crosses === 'on');

const measureOf = ({ quantity, kind, measure, windowMs }: Limit) =>
  `${quantity} ${kind} ${measure} ${windowMs}`;

/** A milder level and a worse one of the same measure. */
const PAIRS = NUMBERS.flatMap((mild) =>
  NUMBERS.filter((bad) => measureOf(bad) === measureOf(mild) && compareLevels(bad.level, mild.level) > 0)
    .filter((bad) => !(mild.id === 'humidity/humidity/advisory/mean6h' && bad.kind === 'humidity'))
    .map((bad) => [mild.id, bad.id, mild, bad] as const),
);

const justBelow = (x: number) => x - 1e-9;
const justAbove = (x: number) => x + 1e-9;

describe('AIR-1: the table', () => {
  it.each(TABLE)('has %s', (...row) => {
    expect(LIMITS.map(rowOf)).toContainEqual(row);
  });

  it('has nothing else, and nothing twice', () => {
    expect(new Set(LIMITS.map(({ id }) => id)).size).toBe(TABLE.length);
    expect(LIMITS).toHaveLength(TABLE.length);
  });

  it.each(LIMITS.map((limit) => [limit.id, limit] as const))('says where %s comes from', (_id, limit) => {
    expect(limit.source.length).toBeGreaterThan(15);
    expect(limit.standard).toBe(limit.limit);
  });

  it('gates what outlasts bad air: dose and COHb by 25 ppm, a fast rise by 35 °C', () => {
    const gated = LIMITS.filter(({ gate }) => gate !== null).map(({ measure, gate }) => [measure, gate]);
    expect(gated).toEqual([
      ['cohb', 25],
      ['cohb', 25],
      ['dose', 25],
      ['cohb', 25],
      ['rate', 35],
    ]);
    expect(LIMITS.filter(({ onlyRising }) => onlyRising).map(({ id }) => id)).toEqual([
      'pm25/smoke/warning/mean10min',
    ]);
  });

  it('wants the worst lack of oxygen confirmed, and nothing else', () => {
    const confirmed = LIMITS.filter(({ confirmReadings }) => confirmReadings !== 1);
    expect(confirmed.map(({ id, confirmReadings }) => [id, confirmReadings])).toEqual([
      ['oxygen/oxygen-low/critical/value', 2],
    ]);
  });

  it.each(PAIRS)('lets %s begin before %s', (_mild, _bad, mild, bad) => {
    const isLower = bad.crosses === 'below' || bad.crosses === 'atMost';
    expect(crosses(mild, bad.limit + (isLower ? -0.001 : 0.001))).toBe(true);
  });

  it('calls the sirens for dangers to life only, and never for dust, indices, radon or the weather', () => {
    const loud = new Set(LIMITS.filter(({ sound }) => sound === 'siren').map(({ quantity }) => quantity));
    for (const quiet of [
      'pm25',
      'pm10',
      'voc_index',
      'nox_index',
      'formaldehyde',
      'radon',
      'humidity',
      'moisture',
    ]) {
      expect([...loud]).not.toContain(quiet);
    }
    const levels: AlarmLevel[] = ['advisory', 'warning'];
    for (const limit of LIMITS) if (levels.includes(limit.level)) expect(limit.sound).not.toBe('siren');
  });
});

describe('a limit', () => {
  it.each(NUMBERS.map((limit) => [limit.id, limit] as const))('%s: below, at and above', (_id, limit) => {
    const isLower = limit.crosses === 'below' || limit.crosses === 'atMost';
    const isAt = limit.crosses === 'atMost' || limit.crosses === 'atLeast';
    expect(
      [justBelow(limit.limit), limit.limit, justAbove(limit.limit)].map((x) => crosses(limit, x)),
    ).toEqual([isLower, isAt, !isLower]);
  });

  it.each(NUMBERS.map((limit) => [limit.id, limit] as const))(
    '%s is clear beyond its hysteresis',
    (_id, limit) => {
      const isLower = limit.crosses === 'below' || limit.crosses === 'atMost';
      const edge = limit.limit + (isLower ? limit.hysteresis : -limit.hysteresis);
      const isAt = limit.crosses === 'below' || limit.crosses === 'above';
      expect([justBelow(edge), edge, justAbove(edge)].map((x) => isClear(limit, x))).toEqual([
        !isLower,
        isAt,
        isLower,
      ]);
    },
  );

  it.each(CONTACTS.map((limit) => [limit.id, limit] as const))('%s crosses when it is on', (_id, limit) => {
    expect([crosses(limit, true), crosses(limit, false)]).toEqual([true, false]);
    expect([isClear(limit, true), isClear(limit, false)]).toEqual([false, true]);
    expect([crosses(limit, 1), isClear(limit, 0)]).toEqual([false, false]);
  });

  it('of numbers is neither crossed nor cleared by a contact', () => {
    for (const limit of NUMBERS) {
      expect([crosses(limit, true), isClear(limit, false)]).toEqual([false, false]);
    }
  });

  it('names its window as people say it', () => {
    expect([null, 60_000, 900_000, 3_600_000, 86_400_000, 7 * 86_400_000].map(spanName)).toEqual([
      '',
      '1min',
      '15min',
      '1h',
      '24h',
      '7d',
    ]);
  });
});

it('a limit that the owner chose takes its hysteresis along: by share, by where it is clear, or as it stands', () => {
  const own = {
    'carbon_dioxide/co2/warning/mean10min': 1_500,
    'carbon_monoxide/co/critical/value': 150,
    'oxygen/oxygen-low/alarm/value': 20,
    'lel_methane/gas/alarm/value': 6,
    constructor: 3,
  };
  const { byId } = limitsWith({ ...USUAL_SETTINGS, own });
  const of = (id: string) => [byId.get(id)?.limit, byId.get(id)?.hysteresis, byId.get(id)?.standard];
  expect(of('carbon_dioxide/co2/warning/mean10min')).toEqual([1_500, 150, 2_000]);
  expect(of('carbon_monoxide/co/critical/value')).toEqual([150, 125, 300]);
  expect(of('oxygen/oxygen-low/alarm/value')).toEqual([20, 0.2, 19.5]);
  expect(of('lel_methane/gas/alarm/value')).toEqual([6, 3, 10]);
  expect(of('lel_methane/gas/warning/value')).toEqual([5, 2, 5]);
});
