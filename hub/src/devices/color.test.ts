import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromXy, hueSaturationOf, type Rgb, reciprocalOf, rgbOf, xyOf } from './color.ts';

const hues = fc.integer({ min: 0, max: 359 });
const saturations = fc.integer({ min: 5, max: 100 });

/** How far two hues lie apart on their circle. */
const apart = (a: number, b: number): number => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

describe('colours', () => {
  it.each<[Rgb, number, number]>([
    [[255, 0, 0], 0, 100],
    [[0, 255, 0], 120, 100],
    [[0, 0, 255], 240, 100],
    [[255, 255, 0], 60, 100],
    [[255, 0, 255], 300, 100],
    [[128, 64, 64], 0, 50],
    [[7, 7, 7], 0, 0],
    [[0, 0, 0], 0, 0],
  ])('%j has hue %d and saturation %d', (rgb, hue, saturation) => {
    expect(hueSaturationOf(rgb)).toEqual({ hue, saturation });
  });

  it('come back from red, green and blue nearly as they were', () => {
    fc.assert(
      fc.property(hues, saturations, (hue, saturation) => {
        const back = hueSaturationOf(rgbOf({ hue, saturation }));
        expect(apart(back.hue, hue)).toBeLessThan(5);
        expect(Math.abs(back.saturation - saturation)).toBeLessThan(1);
      }),
    );
  });

  it('come back from chromaticity nearly as they were', () => {
    fc.assert(
      fc.property(hues, fc.integer({ min: 30, max: 100 }), (hue, saturation) => {
        const back = fromXy(xyOf({ hue, saturation }));
        expect(apart(back.hue, hue)).toBeLessThan(6);
        expect(Math.abs(back.saturation - saturation)).toBeLessThan(6);
      }),
    );
  });

  it('are white and finite for a chromaticity that is none', () => {
    for (const xy of [
      [0, 0],
      [1, -1],
      [0.3, 0],
      [Number.NaN, 0.3],
      [1e300, 1e-300],
    ] as const) {
      const { hue, saturation } = fromXy(xy);
      expect(Number.isFinite(hue) && Number.isFinite(saturation)).toBe(true);
    }
  });

  it('of a dimmed light are darker by as much', () => {
    expect(rgbOf({ hue: 0, saturation: 100 }, 50)).toEqual([128, 0, 0]);
  });
});

it('mireds and kelvin are each other turned over', () => {
  expect([reciprocalOf(250), reciprocalOf(4_000), reciprocalOf(153)]).toEqual([4_000, 250, 6_536]);
});
