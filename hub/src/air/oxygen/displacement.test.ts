import { describe, expect, it } from 'vitest';
import { isDisplaced } from './displacement.ts';

const points = (...co2: (number | null)[]) => co2.map((ppm, at) => ({ at, dry: 20, raw: 20, co2: ppm }));
const level = (co2: number | null) => [{ at: 0, dry: 20.9, co2 }];

describe('displacement', () => {
  // A fall of 0.4 % is 4 000 ppm, of which a flame makes 2 000 ppm of carbon dioxide at least; a quarter of that is 500.
  it.each([
    [500, 1_000, false],
    [500, 999, true],
    [500, 500, true],
    [500, 400, true],
    [2_000, 5_000, false],
  ])('CO2 from %i to %i ppm with 0.4 %% less oxygen: %s', (from, to, wanted) => {
    expect(isDisplaced(level(from), points(from, to, to, to), 0.4)).toBe(wanted);
  });

  it('compares with the lowest of two hours', () => {
    expect(isDisplaced(level(400), points(1_500, 1_500, 1_500, 1_500), 0.4)).toBe(false);
  });

  it('cannot be told where nobody measures carbon dioxide, or not of late', () => {
    expect(isDisplaced([], points(null, null, null, null), 0.4)).toBe(false);
    expect(isDisplaced(level(400), points(400, 400, null, 400), 0.4)).toBe(false);
    expect(isDisplaced(level(null), points(null, null, null, 400, 400, 400), 0.4)).toBe(false);
    expect(isDisplaced([], points(400, 400), 0.4)).toBe(false);
  });
});
