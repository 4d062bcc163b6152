import { expect, test } from 'vitest';
import { isGuessablePin, isOneSlipApart } from './pin.ts';

test.each(
  '000000 111111 123123 121212 12341234 123456 234567 456789 890123 987654 321098 012345678901 199012 198704 121990 842010 15021987 147258 112233'.split(
    ' ',
  ),
)('%s is among the first that somebody would try', (pin) => {
  expect(isGuessablePin(pin)).toBe(true);
});

test.each('739164 904717 271846 123457 1357924 123454 9019875613'.split(' '))('%s is not', (pin) => {
  expect(isGuessablePin(pin)).toBe(false);
});

test('of all PINs of six digits less than one in twenty is refused', () => {
  let refused = 0;
  for (let pin = 0; pin < 1_000_000; pin++) if (isGuessablePin(String(pin).padStart(6, '0'))) refused += 1;
  expect(refused / 1_000_000).toBeLessThan(0.05);
});

test.each([
  ['739164', '739164', true],
  ['739164', '739165', true],
  ['739164', '139164', true],
  ['739164', '793164', true],
  ['739164', '739146', true],
  ['739164', '7391640', true],
  ['739164', '0739164', true],
  ['7391640', '739164', true],
  ['739164', '73916', true],
  ['739164', '739256', false],
  ['739164', '379614', false],
  ['739164', '73916400', false],
  ['739164', '461937', false],
])('%s and %s are one slip apart: %s', (a, b, isApart) => {
  expect([isOneSlipApart(a, b), isOneSlipApart(b, a)]).toEqual([isApart, isApart]);
});
