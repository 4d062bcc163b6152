import { type Component, Quantity } from './schema.ts';

/** What an announcement says about the kind of an entity. All texts as announced; absent and null are the same. */
export type QuantityHints = {
  readonly component: Component;
  readonly deviceClass?: string | null | undefined;
  readonly unit?: string | null | undefined;
  /** Our own key `hw_quantity`, where Home Assistant has no device class. */
  readonly hwQuantity?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** Component key or object id. */
  readonly key?: string | null | undefined;
  readonly uniqueId?: string | null | undefined;
};

/**
 * Device classes of a number. Not here: `gas` (there it is the volume of gas used) and `moisture` (of soil, in %; as a leak it
 * would always be one), `pressure` of water pipes is taken for what it may be in a home: air. Source: ha-mqtt-discovery 9.1.
 */
const SENSOR_CLASSES: ReadonlyMap<string, Quantity> = new Map<string, Quantity>([
  ['carbon_monoxide', 'carbon_monoxide'],
  ['carbon_dioxide', 'carbon_dioxide'],
  ['temperature', 'temperature'],
  ['humidity', 'humidity'],
  ['atmospheric_pressure', 'pressure'],
  ['pressure', 'pressure'],
  ['pm1', 'pm1'],
  ['pm25', 'pm25'],
  ['pm4', 'pm4'],
  ['pm10', 'pm10'],
  ['nitrogen_dioxide', 'nitrogen_dioxide'],
  ['ozone', 'ozone'],
  ['volatile_organic_compounds', 'voc'],
  ['volatile_organic_compounds_parts', 'voc'],
  ['illuminance', 'illuminance'],
  ['sound_pressure', 'sound_pressure'],
  ['battery', 'battery'],
  ['power', 'power'],
  ['energy', 'energy'],
  ['voltage', 'voltage'],
  ['current', 'current'],
  ['signal_strength', 'signal_strength'],
  ['duration', 'duration'],
  ['water', 'water'],
]);

/** Device classes of a binary sensor that say what ours say, under the same word. Source: ha-mqtt-discovery 9.2. */
const BINARY_CLASSES: ReadonlySet<string> = new Set([
  'battery',
  'carbon_monoxide',
  'connectivity',
  'door',
  'garage_door',
  'gas',
  'heat',
  'light',
  'lock',
  'moisture',
  'motion',
  'occupancy',
  'opening',
  'plug',
  'power',
  'presence',
  'problem',
  'safety',
  'smoke',
  'tamper',
  'vibration',
  'window',
] satisfies readonly Quantity[]);

/** Units and words that together tell a number without a class. A unit of null: any. The first that fits holds. */
const HINTS: readonly { quantity: Quantity; unit: RegExp | null; words: RegExp | null }[] = [
  { quantity: 'lel_lpg', unit: /^% ?lel$/i, words: /\b(lpg|propane|butane)\b/ },
  { quantity: 'lel_methane', unit: /^% ?lel$/i, words: null },
  { quantity: 'radon', unit: /^bq\/m(³|3|\^3)$/i, words: null },
  { quantity: 'oxygen', unit: /^% ?(vol|o2)?\.?$/i, words: /\b(o2|oxygen)\b/ },
  { quantity: 'carbon_dioxide', unit: /^ppm$/i, words: /\b(co2|carbon dioxide)\b/ },
  { quantity: 'carbon_monoxide', unit: /^ppm$/i, words: /\b(co|carbon monoxide)\b/ },
  { quantity: 'hydrogen_sulfide', unit: /^ppm$/i, words: /\b(h2s|hydrogen sul(f|ph)ide)\b/ },
  { quantity: 'formaldehyde', unit: /^(mg|µg|μg)\/m(³|3)$/i, words: /\b(hcho|ch2o|formaldehyde?)\b/ },
  { quantity: 'voc_index', unit: /^$/, words: /\bvoc index\b/ },
  { quantity: 'nox_index', unit: /^$/, words: /\bnox index\b/ },
];

/**
 * What an entity is by its platform alone. A number, select or text is a setting: a threshold in ppm of carbon monoxide measures
 * none, and no limit may take it for air.
 */
const BY_COMPONENT: Partial<Readonly<Record<Component, Quantity>>> = {
  siren: 'siren',
  switch: 'switch',
  light: 'light',
  lock: 'lock',
  cover: 'cover',
  valve: 'valve',
  button: 'button',
  number: 'other',
  select: 'other',
  text: 'other',
  event: 'button',
  camera: 'picture',
  image: 'picture',
  update: 'version',
  device_tracker: 'presence',
  device_automation: 'button',
  tag: 'scan',
};

/** Device classes that fit no reading of ours: the unit may still not be read as something else. */
function quantityByClass(component: Component, deviceClass: string): Quantity | null {
  if (component === 'sensor') return SENSOR_CLASSES.get(deviceClass) ?? null;
  return BINARY_CLASSES.has(deviceClass) ? Quantity.parse(deviceClass) : null;
}

/** Words in lower case, one blank between them: "Kitchen_CO2-level" becomes "kitchen co2 level". */
function wordsOf(...texts: readonly (string | null | undefined)[]): string {
  return texts
    .map((text) => (text ?? '').slice(0, 256).toLowerCase())
    .join(' ')
    .replace(/[^a-z0-9]+/g, ' ');
}

function quantityByHints({ unit, name, key, uniqueId }: QuantityHints): Quantity {
  const words = wordsOf(name, key, uniqueId);
  const said = (unit ?? '').trim().slice(0, 32);
  const hint = HINTS.find((each) => each.unit?.test(said) !== false && each.words?.test(words) !== false);
  return hint?.quantity ?? 'other';
}

/**
 * What an entity measures or tells: by its device class; else by `hw_quantity`; else, for a sensor that says neither, by its unit together
 * with a word in its name, key or unique id. Home Assistant has no class for oxygen, so a `%` sensor without a class that
 * carries the word "o2" or "oxygen" is taken for one. "other" where nothing is sure: the owner may correct it. A `%LEL` of an
 * unnamed gas counts as methane, whose limits are the same as those of LPG.
 */
export function quantityOf(hints: QuantityHints): Quantity {
  const { component, deviceClass, hwQuantity } = hints;
  const byComponent = BY_COMPONENT[component];
  if (byComponent !== undefined) return byComponent;
  const byClass = quantityByClass(component, deviceClass ?? '');
  if (byClass !== null) return byClass;
  const own = Quantity.safeParse(hwQuantity);
  if (own.success) return own.data;
  return component === 'sensor' && !deviceClass ? quantityByHints(hints) : 'other';
}

/** Lowest and highest value a working sensor can tell, both included. */
export type Range = { readonly min: number; readonly max: number };

/**
 * Physical ranges in the unit of the limits. Source: safety.md 3.2 for oxygen, temperature, humidity; the others are the
 * widest range among sensors sold for homes, for a value too far up must never make a dangerous reading implausible.
 */
const RANGES: ReadonlyMap<Quantity, Range> = new Map<Quantity, Range>([
  // % vol
  ['oxygen', { min: 0, max: 30 }],
  // ppm. safety.md says 1,000; electrochemical cells reach 10,000, and a fire does too.
  ['carbon_monoxide', { min: 0, max: 10_000 }],
  // ppm. NDIR cells of 10 % vol exist; 40,000 is immediately dangerous and must be inside.
  ['carbon_dioxide', { min: 0, max: 100_000 }],
  // % of the lower explosive limit
  ['lel_methane', { min: 0, max: 100 }],
  ['lel_lpg', { min: 0, max: 100 }],
  // °C. 85 is also what a DS18B20 tells after a loss of power.
  ['temperature', { min: -40, max: 85 }],
  // % RH. A condensing sensor tells a little more than 100.
  ['humidity', { min: 0, max: 100.5 }],
  // hPa. Range of the usual barometers (BMP280, BME680).
  ['pressure', { min: 300, max: 1_100 }],
  // µg/m³. Optical counters give up at 1,000 and tell up to twice that in smoke.
  ['pm1', { min: 0, max: 2_000 }],
  ['pm25', { min: 0, max: 2_000 }],
  ['pm4', { min: 0, max: 2_000 }],
  ['pm10', { min: 0, max: 2_000 }],
  // ppm
  ['hydrogen_sulfide', { min: 0, max: 2_000 }],
  // mg/m³
  ['formaldehyde', { min: 0, max: 20 }],
  // Bq/m³
  ['radon', { min: 0, max: 100_000 }],
  // Sensirion's scale; 0 during its first 45 s
  ['voc_index', { min: 0, max: 500 }],
  ['nox_index', { min: 0, max: 500 }],
  // lx. Full sun is 130,000.
  ['illuminance', { min: 0, max: 200_000 }],
  // dB
  ['sound_pressure', { min: 0, max: 194 }],
  // %
  ['battery', { min: 0, max: 100 }],
]);

/** Plausible range of a numeric reading; null: any finite number. A boolean reading has none. */
export function rangeOf(quantity: Quantity): Range | null {
  return RANGES.get(quantity) ?? null;
}

/**
 * How far below 0 the zero of a working sensor drifts, in the unit of the limits. Ours, from what sensors for homes promise of their
 * zero (CO cell ±5 ppm, H2S cell ±1 ppm, gas ±2 % LEL); optical counters take off their own offset.
 */
const ZERO_DRIFT: ReadonlyMap<Quantity, number> = new Map<Quantity, number>([
  ['carbon_monoxide', 5],
  ['lel_methane', 2],
  ['lel_lpg', 2],
  ['hydrogen_sulfide', 1],
  ['pm1', 1],
  ['pm25', 1],
  ['pm4', 1],
  ['pm10', 1],
]);

/** A little below nothing is nothing: clean air, not a broken sensor. Any other value as it is. */
export const withoutDrift = (quantity: Quantity, value: number): number =>
  value < 0 && value >= -(ZERO_DRIFT.get(quantity) ?? 0) ? 0 : value;
