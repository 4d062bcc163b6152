import { describe, expect, it } from 'vitest';
import { measureText, nameText, numberText, runsOf } from './numbers.ts';

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
    expect(runsOf(`CO is ${measureText(84, 'ppm', 'carbon_monoxide')}.`)).toEqual([
      { text: 'CO is ', dir: null },
      { text: '84\u00a0ppm', dir: 'ltr' },
      { text: '.', dir: null },
    ]);
  });

  it('lets no name turn round what stands beside it', () => {
    expect(runsOf(`${nameText('\u202eMona\u2069\u2066')} logged in`)).toEqual([
      { text: '', dir: null },
      { text: 'Mona', dir: 'auto' },
      { text: ' logged in', dir: null },
    ]);
  });

  it('shows what was isolated by halves as it is', () => {
    expect(runsOf('a\u2069b\u2066c')).toEqual([{ text: 'abc', dir: null }]);
  });
});
