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
  ['humidity', '% RH', 40, 40],
  ['lel_methane', '%LEL', 10, 10],
  ['lel_methane', '% LEL', 10, 10],
  ['lel_methane', '%', 10, 10],
  ['lel_methane', 'ppm', 5_000, 10],
  ['lel_lpg', 'ppm', 2_100, 10],
  ['pressure', 'kPa', 101.325, 1_013.25],
  ['pressure', 'Pa', 101_325, 1_013.25],
  ['pressure', 'mb', 1_013, 1_013],
  ['pressure', 'inHg', 29.92, 1_013.21],
  ['pm25', 'ug/m3', 35.4, 35.4],
  ['pm25', 'μg/m³', 35.4, 35.4],
  ['pm10', 'mg/m³', 0.154, 154],
  ['nitrogen_dioxide', 'ppm', 0.1, 100],
  ['nitrogen_dioxide', 'µg/m³', 200, 106.29],
  ['ozone', 'µg/m³', 100, 50.94],
  ['ozone', 'μg/m^3', 100, 50.94],
  ['hydrogen_sulfide', 'mg/m³', 13.94, 10],
  ['hydrogen_sulfide', 'ppb', 10_000, 10],
  ['formaldehyde', 'µg/m³', 100, 0.1],
  ['formaldehyde', 'ppb', 81.43, 0.1],
  ['formaldehyde', 'ppm', 0.0814, 0.1],
  ['radon', 'pCi/L', 4, 148],
  ['radon', 'Bq/m3', 148, 148],
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
