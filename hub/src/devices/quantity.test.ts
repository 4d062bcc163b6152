import { describe, expect, it } from 'vitest';
import { type QuantityHints, quantityOf, rangeOf, withoutDrift } from './quantity.ts';
import { Quantity } from './schema.ts';

const sensor = (hints: Omit<QuantityHints, 'component'>) => quantityOf({ component: 'sensor', ...hints });
const binary = (deviceClass: string | null) => quantityOf({ component: 'binary_sensor', deviceClass });

describe('the quantity of a sensor', () => {
  it.each([
    ['carbon_monoxide', 'carbon_monoxide'],
    ['atmospheric_pressure', 'pressure'],
    ['volatile_organic_compounds_parts', 'voc'],
    ['gas', 'other'],
    ['moisture', 'other'],
    ['timestamp', 'other'],
    ['constructor', 'other'],
  ])('of device class %s is %s', (deviceClass, quantity) => {
    expect(sensor({ deviceClass })).toBe(quantity);
  });

  it('is its device class before hw_quantity, and hw_quantity before a hint', () => {
    expect(sensor({ deviceClass: 'temperature', hwQuantity: 'oxygen' })).toBe('temperature');
    expect(sensor({ deviceClass: 'gas', hwQuantity: 'lel_methane' })).toBe('lel_methane');
    expect(sensor({ hwQuantity: 'oxygen', unit: '%' })).toBe('oxygen');
    expect(sensor({ hwQuantity: 'hydrogen_sulfide', unit: 'ppm', key: 'co' })).toBe('hydrogen_sulfide');
    expect(sensor({ hwQuantity: 'no_such', unit: 'ppm', key: 'co' })).toBe('carbon_monoxide');
  });

  it.each<[Omit<QuantityHints, 'component'>, Quantity]>([
    [{ unit: '%', key: 'o2' }, 'oxygen'],
    [{ unit: '%', name: 'Cellar Oxygen' }, 'oxygen'],
    [{ unit: '%', uniqueId: 'node1_o2' }, 'oxygen'],
    [{ unit: '%vol', key: 'o2' }, 'oxygen'],
    [{ unit: '%', key: 'co2' }, 'other'],
    [{ unit: '%', key: 'no2_o3' }, 'other'],
    [{ unit: '%', key: 'oxygenator' }, 'other'],
    [{ unit: 'V', key: 'o2' }, 'other'],
    [{ unit: '%', key: 'o2', deviceClass: 'battery' }, 'battery'],
    [{ unit: '%', key: 'o2', deviceClass: 'power_factor' }, 'other'],
    [{ unit: '%LEL', key: 'x' }, 'lel_methane'],
    [{ unit: '% LEL', name: 'Propane' }, 'lel_lpg'],
    [{ unit: 'ppm', key: 'kitchen_co' }, 'carbon_monoxide'],
    [{ unit: 'ppm', key: 'kitchen_co2' }, 'carbon_dioxide'],
    [{ unit: 'ppm', key: 'eco_level' }, 'other'],
    [{ unit: 'Bq/m³' }, 'radon'],
    [{ unit: 'mg/m³', key: 'hcho' }, 'formaldehyde'],
    [{ key: 'voc_index' }, 'voc_index'],
    [{ unit: '°C', key: 'chip' }, 'other'],
    [{}, 'other'],
  ])('of %j is %s', (hints, quantity) => {
    expect(sensor(hints)).toBe(quantity);
  });
});

describe('the quantity of the others', () => {
  it('is the device class of a binary sensor, where it has one of ours', () => {
    expect(binary('gas')).toBe('gas');
    expect(binary('moisture')).toBe('moisture');
    expect(binary('smoke')).toBe('smoke');
    expect(binary('cold')).toBe('other');
    expect(binary('__proto__')).toBe('other');
    expect(binary(null)).toBe('other');
    expect(quantityOf({ component: 'binary_sensor', unit: '%', key: 'o2' })).toBe('other');
    expect(quantityOf({ component: 'binary_sensor', hwQuantity: 'lel_lpg' })).toBe('lel_lpg');
  });

  it.each<[QuantityHints['component'], Quantity]>([
    ['light', 'light'],
    ['lock', 'lock'],
    ['cover', 'cover'],
    ['valve', 'valve'],
    ['button', 'button'],
    ['event', 'button'],
    ['device_automation', 'button'],
    ['tag', 'scan'],
    ['camera', 'picture'],
    ['image', 'picture'],
    ['update', 'version'],
    ['device_tracker', 'presence'],
    // A threshold in ppm of carbon monoxide measures none: no limit may take it for air.
    ['number', 'other'],
    ['select', 'other'],
    ['text', 'other'],
  ])('of a %s is %s, whatever it announces', (component, quantity) => {
    const hints = { deviceClass: 'carbon_monoxide', unit: 'ppm', key: 'co', hwQuantity: 'oxygen' };
    expect(quantityOf({ component, ...hints })).toBe(quantity);
  });

  it('is the component itself for what is switched', () => {
    expect(quantityOf({ component: 'siren' })).toBe('siren');
    expect(quantityOf({ component: 'switch', deviceClass: 'outlet', hwQuantity: 'oxygen' })).toBe('switch');
  });
});

describe('plausible ranges', () => {
  it('hold the figures of the requirements', () => {
    expect(rangeOf('oxygen')).toEqual({ min: 0, max: 30 });
    expect(rangeOf('temperature')).toEqual({ min: -40, max: 85 });
    expect(rangeOf('humidity')).toEqual({ min: 0, max: 100.5 });
    expect(rangeOf('other')).toBeNull();
  });

  it('hold every alarm limit of the gases', () => {
    const dangerous: [Quantity, number][] = [
      ['oxygen', 25],
      ['oxygen', 18],
      ['carbon_monoxide', 1_500],
      ['carbon_dioxide', 40_000],
      ['lel_methane', 20],
      ['hydrogen_sulfide', 100],
    ];
    for (const [quantity, value] of dangerous) {
      const range = rangeOf(quantity);
      expect(range !== null && range.min < value && value < range.max, quantity).toBe(true);
    }
  });

  it('are ranges', () => {
    for (const quantity of Quantity.options) {
      const range = rangeOf(quantity);
      if (range !== null) expect(range.min).toBeLessThan(range.max);
    }
  });
});

it.each<[Quantity, number, number]>([
  ['carbon_monoxide', -0.4, 0],
  ['carbon_monoxide', -5, 0],
  ['carbon_monoxide', -5.01, -5.01],
  ['carbon_monoxide', 0.4, 0.4],
  ['lel_methane', -2, 0],
  ['lel_lpg', -2.1, -2.1],
  ['hydrogen_sulfide', -1, 0],
  ['pm25', -1, 0],
  ['oxygen', -0.1, -0.1],
  ['temperature', -5, -5],
])('CO-1 a zero that drifts: %s of %d is %d', (quantity, value, settled) => {
  expect(withoutDrift(quantity, value)).toBe(settled);
});
