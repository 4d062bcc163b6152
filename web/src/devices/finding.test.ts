import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDevice, anEntity } from '../../test/unit/houses.ts';
import { isFound, plainText, soughtWords, wordsOf } from './finding.ts';

const device = aDevice({ name: 'Küchen-Fühler Öl', manufacturer: 'IKEA', model: 'VINDSTYRKA' }, [
  anEntity({ quantity: 'carbon_dioxide', name: null }),
  anEntity({ id: 'a1.t', quantity: 'temperature', name: 'Température' }),
]);
const say = (key: string): string => ({ 'quantity.carbon_dioxide': 'ثاني أكسيد الكربون' })[key] ?? key;
const words = wordsOf(device, 'غُرفة النَّوم', say);

describe('looking for a device', () => {
  it.each([
    ['', true],
    ['kuchen', true],
    ['KÜCHEN öl', true],
    ['ol küchen', true],
    ['ikea', true],
    ['vindstyrka ikea', true],
    ['temperature', true],
    ['carbon', true],
    ['غرفة', true],
    ['غرفه النوم', true],
    ['اكسيد', true],
    ['أكـسيد ikea', true],
    ['bathroom', false],
    ['ikea bathroom', false],
    ['حمام', false],
  ])('"%s" finds it: %s', (query, found) => {
    expect(isFound(words, soughtWords(query))).toBe(found);
  });

  it.each([
    ['CO₂', 'co2'],
    ['٢٣', '23'],
    ['۴', '4'],
    ['İstanbul', 'istanbul'],
    ['ﻏﺮﻓﺔ', 'غرفه'],
  ])('%s reads as %s', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('a thing is found by any part of its own name, however it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
        const own = wordsOf(aDevice({ name }), '', say);
        expect(isFound(own, soughtWords(name.toUpperCase()))).toBe(
          isFound(own, soughtWords(name.toUpperCase().normalize('NFD'))),
        );
        expect(isFound(own, soughtWords(name))).toBe(true);
      }),
    );
  });
});
