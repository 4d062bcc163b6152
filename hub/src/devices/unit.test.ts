import { expect, test } from 'vitest';
import { conversionFor, convert, unitOf } from './unit.ts';

test.each([
  ['carbon_monoxide', 'ppm', 300, 300],
  ['carbon_monoxide', null, 300, 300],
  ['carbon_monoxide', 'mg/m³', 343.68, 300],
  ['carbon_monoxide', 'ppb', 300_000, 300],
  ['oxygen', '%', 19.5, 19.5],
  ['oxygen', '% vol', 19.5, 19.5],
  ['oxygen', 'ppm', 195_000, 19.5],
  ['temperature', '°F', 68, 20],
  ['temperature', 'K', 293.15, 20],
  ['humidity', '%', 40, 40],
] as const)('%s in %s: %d is %d in our unit', (quantity, unit, given, ours) => {
  const conversion = conversionFor(quantity, unit);
  expect(conversion).not.toBeNull();
  if (conversion !== null) expect(convert(given, conversion)).toBeCloseTo(ours, 2);
});

test('a unit that nobody knows has no conversion, and a made-up one reaches no prototype', () => {
  expect(conversionFor('oxygen', 'mmHg')).toBeNull();
  expect(conversionFor('carbon_monoxide', 'constructor')).toBeNull();
});

test('a converted quantity is shown in our unit, any other in its own', () => {
  expect(unitOf('carbon_monoxide', 'mg/m³')).toBe('ppm');
  expect(unitOf('power', 'kW')).toBe('kW');
});
