import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import { heatIndex } from './heatIndex.ts';
import { meansOf, newDays, withReading } from './means/means.ts';
import type { MeansRow } from './means/meansRow.ts';
import { measuredSurface, surfaceHumidity } from './mould.ts';
import { aqi, measuredNowCast, nowCast } from './particles.ts';

describe('the index of particles (US EPA, 89 FR 16202)', () => {
  it.each<['pm25' | 'pm10', number, number]>([
    ['pm25', 0, 0],
    ['pm25', 9.0, 50],
    ['pm25', 9.09, 50],
    ['pm25', 9.1, 51],
    ['pm25', 35.4, 100],
    ['pm25', 35.49, 100],
    ['pm25', 35.5, 101],
    ['pm25', 55.4, 150],
    ['pm25', 55.5, 151],
    ['pm25', 125.4, 200],
    ['pm25', 125.5, 201],
    ['pm25', 225.4, 300],
    ['pm25', 225.5, 301],
    ['pm25', 325.4, 500],
    ['pm25', 325.5, 501],
    ['pm25', 1_000, 501],
    ['pm25', -1, 0],
    ['pm10', 54.9, 50],
    ['pm10', 55, 51],
    ['pm10', 154, 100],
    ['pm10', 254, 150],
    ['pm10', 354, 200],
    ['pm10', 424, 300],
    ['pm10', 604, 500],
    ['pm10', 605, 501],
  ])('of %s at %f µg/m³ is %d', (quantity, concentration, index) => {
    expect(aqi(quantity, concentration)).toBe(index);
  });

  it('never falls while the concentration rises', () => {
    const some = fc.double({ min: 0, max: 700, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom('pm25' as const, 'pm10' as const), some, some, (quantity, a, b) => {
        expect(aqi(quantity, Math.min(a, b))).toBeLessThanOrEqual(aqi(quantity, Math.max(a, b)));
      }),
    );
  });
});

describe('NowCast (US EPA)', () => {
  it('of steady air is that air', () => {
    expect(nowCast(new Array(12).fill(20))).toBeCloseTo(20, 9);
    expect(nowCast(new Array(12).fill(0))).toBe(0);
  });

  it('of air that jumps weighs each hour half as much as the one after it', () => {
    // w = max(0.5, 10/100): (100 + 10·(0.5 + 0.25)) / 1.75
    expect(nowCast([100, 10, 10])).toBeCloseTo(107.5 / 1.75, 9);
  });

  it('of air that moves less weighs by its range', () => {
    // w = 8/10: (10 + 8·0.8 + 9·0.64) / (1 + 0.8 + 0.64)
    expect(nowCast([10, 8, 9])).toBeCloseTo((10 + 6.4 + 5.76) / 2.44, 9);
  });

  it('passes over hours that were not heard, with their weight', () => {
    expect(nowCast([10, null, 8])).toBeCloseTo((10 + 8 * 0.64) / 1.64, 9);
  });

  it.each<[readonly (number | null)[]]>([[[10, null, null, 10, 10]], [[null, null, 10, 10]], [[10]], [[]]])(
    'of %j is none: two of the last three hours are needed',
    (hourly) => {
      expect(nowCast(hourly)).toBeNull();
    },
  );

  it('looks back twelve hours, and lies within what was heard', () => {
    const hourly = fc.array(fc.option(fc.double({ min: 0, max: 500, noNaN: true })), { maxLength: 30 });
    fc.assert(
      fc.property(hourly, (all) => {
        const value = nowCast(all);
        expect(nowCast(all.slice(0, 12))).toBe(value);
        const heard = all.slice(0, 12).filter((mean) => mean !== null);
        if (value !== null) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...heard) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...heard) + 1e-9);
        }
      }),
    );
  });

  it('of a sensor follows its hours', () => {
    let row: MeansRow = meansOf(undefined, 'pm25');
    for (let minute = 0; minute <= 3 * 60; minute++)
      row = withReading(row, minute < 120 ? 10 : 40, minute * MINUTE_MS);
    const { value, coverage } = measuredNowCast(row, 3 * HOUR_MS);
    expect(coverage).toBeCloseTo(3 / 12, 9);
    expect(value).toBeCloseTo((40 + 10 * 0.75) / 1.75, 1);
    expect(measuredNowCast(row, 6 * HOUR_MS).value).toBeNull();
  });
});

describe('felt temperature (US NWS, SR 90-23)', () => {
  /** Rows of the heat index chart of the NWS, °F. */
  it.each([
    [80, 40, 80],
    [90, 50, 95],
    [90, 70, 105],
    [100, 40, 109],
    [96, 65, 121],
    [86, 90, 105],
    [110, 40, 136],
  ])('of %d °F at %d %% is %d °F', (fahrenheit, humidity, felt) => {
    const celsius = heatIndex((fahrenheit - 32) / 1.8, humidity);
    expect(Math.abs(celsius * 1.8 + 32 - felt)).toBeLessThanOrEqual(1);
  });

  it('of a cool room is about that room, in dry air less and in damp air more than the regression', () => {
    expect(heatIndex(20, 50)).toBeCloseTo(19.4, 0);
    // 95 °F at 5 %: the whole dry adjustment of 2 °F; 82 °F at 95 %: the damp one.
    expect(heatIndex(35, 12.999) - heatIndex(35, 5)).toBeGreaterThan(2 / 1.8);
    expect(heatIndex(28, 95) * 1.8 + 32).toBeGreaterThan(heatIndex(28, 85) * 1.8 + 32);
  });

  it('is a number for all that thermometers say', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 85, noNaN: true }),
        fc.double({ min: 0, max: 101, noNaN: true }),
        (t, rh) => Number.isFinite(heatIndex(t, rh)),
      ),
    );
  });
});

describe('damp surfaces', () => {
  it('are 3 °C colder than the room', () => {
    expect(surfaceHumidity(20, 66)).toBeCloseTo(79.6, 0);
    expect(surfaceHumidity(20, 95)).toBe(100);
    expect(surfaceHumidity(20, 0)).toBe(0);
  });

  /** Days with that humidity each, hour by hour. */
  function days(...humidities: readonly (number | null)[]): [MeansRow, number] {
    let row = newDays();
    humidities.forEach((humidity, day) => {
      for (let hour = 0; hour < 24; hour++) {
        if (humidity !== null) row = withReading(row, humidity, day * DAY_MS + hour * HOUR_MS);
      }
    });
    const now = humidities.length * DAY_MS;
    return [withReading(row, 50, now), now];
  }

  it.each<[readonly (number | null)[], number | null]>([
    [[90, 90, 90, 90, 90, 50, 50], 90],
    [[90, 90, 90, 90, 50, 50, 50], 50],
    [[50, 90, 50, 91, 92, 93, 94], 90],
    [[90, 90, 90, 90], null],
    [[90, null, 90, null, 90, 90, null], null],
  ])('of the days %j lie over %j on five of seven', (all, fifth) => {
    const { value } = measuredSurface(...days(...all));
    if (fifth === null) expect(value).toBeNull();
    else expect(value).toBeCloseTo(fifth, 0);
  });

  it('forget days that lie further back, and silence counts for none', () => {
    const [row, now] = days(90, 90, 90, 90, 90, 90, 90);
    // Two silent days leave five of the seven; a third leaves too few.
    expect(measuredSurface(row, now + 2 * DAY_MS).value).toBeCloseTo(90, 0);
    expect(measuredSurface(row, now + 3 * DAY_MS).value).toBeNull();
    expect(measuredSurface(meansOf(undefined, 'humidity'), 0)).toMatchObject({ value: null, coverage: 0 });
  });
});
