import { describe, expect, it } from 'vitest';
import { cutRuns, measureText, numberText } from './numbers.ts';

describe('numbers', () => {
  it.each([
    [20.84, 'oxygen', '20.8'],
    [21, 'oxygen', '21.0'],
    [2140.4, 'carbon_dioxide', '2,140'],
    [0.4, 'carbon_monoxide', '0.4'],
    [0, 'carbon_monoxide', '0'],
    [-3.25, 'temperature', '-3.3'],
  ] as const)('%d of %s reads %s', (value, quantity, text) => {
    expect(numberText(value, quantity)).toBe(text);
  });

  it('keeps value and unit together and isolated', () => {
    expect(measureText(84, 'ppm', 'carbon_monoxide')).toBe('\u206684\u00a0ppm\u2069');
    expect(cutRuns(`CO is ${measureText(84, 'ppm', 'carbon_monoxide')}.`)).toEqual([
      'CO is ',
      '84\u00a0ppm',
      '.',
    ]);
  });
});
