import type { Quantity } from './schema.ts';

/** How a value of a foreign unit becomes ours: times `factor`, plus `offset`. */
type Conversion = { readonly factor: number; readonly offset: number };

const SAME: Conversion = { factor: 1, offset: 0 };

/** Litres that a mole of any gas takes at 25 °C and 101.325 kPa: mg/m³ in one ppm are its molar mass (g) over this. NIST. */
const MOLAR_LITRES = 24.45;

/** Molar masses, g. Source: CIAAW atomic weights. */
const CO = 28.01;
const NO2 = 46.006;
const O3 = 47.998;
const H2S = 34.08;
const HCHO = 30.026;

const times = (factor: number): Conversion => ({ factor, offset: 0 });

/** Units that become ppm of a gas of that molar mass. */
const toPpm = (grams: number): Readonly<Record<string, Conversion>> => ({
  ppb: times(1e-3),
  '%': times(1e4),
  'mg/m³': times(MOLAR_LITRES / grams),
  'µg/m³': times((1e-3 * MOLAR_LITRES) / grams),
});

/** … ppb. */
const toPpb = (grams: number): Readonly<Record<string, Conversion>> => ({
  ppm: times(1e3),
  'mg/m³': times((1e3 * MOLAR_LITRES) / grams),
  'µg/m³': times(MOLAR_LITRES / grams),
});

const DUST = { ours: 'µg/m³', from: { 'mg/m³': times(1e3) } } as const;

/**
 * Parts of the lower explosive limit from parts of the air: methane burns from 5.0 % vol on (OSHA), propane from 2.1 % vol on, and it is
 * the heavier part of liquefied gas that decides (safety.md §1.1). A plain "%" of such a sensor is of the limit.
 */
const lel = (volumePercent: number) => ({
  ours: '%LEL',
  from: { '%': SAME, ppm: times(1 / (volumePercent * 100)) },
});

/** Our unit of a quantity, and the units that become it. A quantity that is not listed is shown as it came. */
const UNITS: Partial<
  Record<Quantity, { readonly ours: string; readonly from: Readonly<Record<string, Conversion>> }>
> = {
  oxygen: { ours: '%', from: { ppm: times(1e-4) } },
  carbon_monoxide: { ours: 'ppm', from: toPpm(CO) },
  carbon_dioxide: { ours: 'ppm', from: { '%': times(1e4) } },
  lel_methane: lel(5),
  lel_lpg: lel(2.1),
  temperature: {
    ours: '°C',
    from: { '°F': { factor: 5 / 9, offset: -160 / 9 }, K: { factor: 1, offset: -273.15 } },
  },
  humidity: { ours: '%', from: {} },
  pressure: {
    ours: 'hPa',
    from: {
      mbar: SAME,
      Pa: times(0.01),
      kPa: times(10),
      bar: times(1e3),
      mmHg: times(1.333224),
      inHg: times(33.86389),
      psi: times(68.94757),
    },
  },
  pm1: DUST,
  pm25: DUST,
  pm4: DUST,
  pm10: DUST,
  nitrogen_dioxide: { ours: 'ppb', from: toPpb(NO2) },
  ozone: { ours: 'ppb', from: toPpb(O3) },
  hydrogen_sulfide: { ours: 'ppm', from: toPpm(H2S) },
  formaldehyde: {
    ours: 'mg/m³',
    from: { 'µg/m³': times(1e-3), ppm: times(HCHO / MOLAR_LITRES), ppb: times((1e-3 * HCHO) / MOLAR_LITRES) },
  },
  radon: { ours: 'Bq/m³', from: { 'pCi/L': times(37) } },
};

/** Spellings of one unit: the micro sign and the Greek letter, powers, blanks. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['vol%', '%'],
  ['%vol', '%'],
  ['%RH', '%'],
  ['%lel', '%LEL'],
  ['LEL', '%LEL'],
  ['C', '°C'],
  ['F', '°F'],
  ['mb', 'mbar'],
  ['pCi/l', 'pCi/L'],
]);

function canonical(unit: string): string {
  const plain = unit
    .replace(/ /g, '')
    .replace(/^[μu]g/, 'µg')
    .replace(/m(3|\^3)$/, 'm³');
  return SPELLINGS.get(plain) ?? plain;
}

/** The unit in which a quantity is kept and shown; its own when we have no wish. */
export const unitOf = (quantity: Quantity, unit: string | null): string | null =>
  UNITS[quantity]?.ours ?? unit;

/**
 * How to bring values of that unit into ours. No unit counts as ours.
 * @returns null: a unit that nobody knows. Such a sensor is said to be unreadable, for no limit would mean anything
 */
export function conversionFor(quantity: Quantity, unit: string | null): Conversion | null {
  const wish = UNITS[quantity];
  if (wish === undefined || unit === null || unit === wish.ours) return SAME;
  const given = canonical(unit);
  if (given === wish.ours) return SAME;
  return Object.hasOwn(wish.from, given) ? (wish.from[given] ?? null) : null;
}

/** A value in our unit. Rounded to nine digits, so that a converted limit is met where the original was. */
export const convert = (value: number, { factor, offset }: Conversion): number =>
  factor === 1 && offset === 0 ? value : Number((value * factor + offset).toPrecision(9));
