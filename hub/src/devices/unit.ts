import type { Quantity } from './schema.ts';

/** How a value of a foreign unit becomes ours: times `factor`, plus `offset`. */
type Conversion = { readonly factor: number; readonly offset: number };

const SAME: Conversion = { factor: 1, offset: 0 };

/** Molar mass of CO over the molar volume of a gas at 25 °C and 101.325 kPa: 28.01 / 24.45 mg/m³ in one ppm. */
const CO_MG_PER_PPM = 28.01 / 24.45;

/** Our unit of a quantity, and the units that become it. A quantity that is not listed is shown as it came. */
const UNITS: Partial<
  Record<Quantity, { readonly ours: string; readonly from: Readonly<Record<string, Conversion>> }>
> = {
  oxygen: { ours: '%', from: { ppm: { factor: 1e-4, offset: 0 } } },
  carbon_monoxide: {
    ours: 'ppm',
    from: {
      ppb: { factor: 1e-3, offset: 0 },
      '%': { factor: 1e4, offset: 0 },
      'mg/m³': { factor: 1 / CO_MG_PER_PPM, offset: 0 },
      'µg/m³': { factor: 1e-3 / CO_MG_PER_PPM, offset: 0 },
      'μg/m³': { factor: 1e-3 / CO_MG_PER_PPM, offset: 0 },
    },
  },
  carbon_dioxide: { ours: 'ppm', from: { '%': { factor: 1e4, offset: 0 } } },
  temperature: {
    ours: '°C',
    from: { '°F': { factor: 5 / 9, offset: -160 / 9 }, K: { factor: 1, offset: -273.15 } },
  },
};

/** Spellings of one unit. */
const canonical = (unit: string): string =>
  unit === 'vol%' || unit === '% vol' || unit === '%vol' ? '%' : unit;

/** The unit in which a quantity is kept and shown; its own when we have no wish. */
export const unitOf = (quantity: Quantity, unit: string | null): string | null =>
  UNITS[quantity]?.ours ?? unit;

/**
 * How to bring values of that unit into ours. No unit counts as ours.
 * @returns null: a unit that nobody knows. Such a sensor is said to be unreadable, for no limit would mean anything
 */
export function conversionFor(quantity: Quantity, unit: string | null): Conversion | null {
  const wish = UNITS[quantity];
  if (wish === undefined || unit === null) return SAME;
  const given = canonical(unit);
  if (given === wish.ours) return SAME;
  return Object.hasOwn(wish.from, given) ? (wish.from[given] ?? null) : null;
}

/** A value in our unit. Rounded to nine digits, so that a converted limit is met where the original was. */
export const convert = (value: number, { factor, offset }: Conversion): number =>
  factor === 1 && offset === 0 ? value : Number((value * factor + offset).toPrecision(9));
