import { isRecord, parseJson } from '../json.ts';
import type { TasmotaConfig } from './tasmotaConfig.ts';
import { quoted, SENSORS, sensorTopics, type TasmotaPart } from './tasmotaPart.ts';

/** What a name of Tasmota's measures, in the words of Home Assistant. Source: Tasmota's language file, `D_JSON_…`. */
const MEASURES: ReadonlyMap<string, readonly [deviceClass: string | null, unit: string | null]> = new Map<
  string,
  [string | null, string | null]
>([
  ['Humidity', ['humidity', '%']],
  ['CarbonDioxide', ['carbon_dioxide', 'ppm']],
  ['CarbonMonoxide', ['carbon_monoxide', 'ppm']],
  // Guessed from other gases: no reading of ours.
  ['eCO2', [null, 'ppm']],
  ['TVOC', ['volatile_organic_compounds_parts', 'ppb']],
  ['PM1', ['pm1', 'µg/m³']],
  ['PM2.5', ['pm25', 'µg/m³']],
  ['PM10', ['pm10', 'µg/m³']],
  ['Illuminance', ['illuminance', 'lx']],
  ['Power', ['power', 'W']],
  ['ActivePower', ['power', 'W']],
  ['ApparentPower', [null, 'VA']],
  ['ReactivePower', [null, 'var']],
  ['Factor', [null, null]],
  ['Frequency', [null, 'Hz']],
  ['Voltage', ['voltage', 'V']],
  ['Current', ['current', 'A']],
  ['Total', ['energy', 'kWh']],
  ['Today', ['energy', 'kWh']],
  ['Yesterday', ['energy', 'kWh']],
  ['ExportActive', ['energy', 'kWh']],
  ['ImportActive', ['energy', 'kWh']],
  ['Battery', ['battery', '%']],
  ['Distance', [null, 'cm']],
  ['Moisture', [null, '%']],
  ['Weight', [null, 'kg']],
]);

/** Not told twice: counts of particles, and the same masses as in a factory's air. */
const SKIPPED = /^(CF\d|PB\d|Period$)/;
/** Names that a template and an address can carry. */
const NAME = /^[\p{L}\p{N} ._:#-]{1,64}$/u;
/** Not sensors, although they stand among them. */
const OTHERS: ReadonlySet<string> = new Set(['Time', 'PN532', 'RDM6300']);
const MAX_SENSORS = 64;
/** Items of a list: an electricity meter has three phases, and four tariffs. */
const MAX_ITEMS = 8;

type Units = { readonly temperature: string | null; readonly pressure: string | null };

function unitsIn(sensors: Readonly<Record<string, unknown>>): Units {
  const { TempUnit, PressureUnit } = sensors;
  return {
    temperature: TempUnit === 'F' ? '°F' : '°C',
    // Of others nobody would know what their numbers mean.
    pressure: PressureUnit === 'hPa' || PressureUnit === undefined ? 'hPa' : null,
  };
}

function measureOf(name: string, units: Units): readonly [string | null, string | null] {
  // Where several are alike they are counted: "Temperature1".
  const plain = MEASURES.has(name) ? name : name.replace(/\d{1,2}$/, '');
  if (plain === 'Temperature' || plain === 'DewPoint') return ['temperature', units.temperature];
  if (plain === 'Pressure' || plain === 'SeaPressure')
    return units.pressure === null ? [null, null] : ['atmospheric_pressure', units.pressure];
  return MEASURES.get(plain) ?? [null, null];
}

function sensorPart(config: TasmotaConfig, path: Path, units: Units): TasmotaPart {
  const named = path.findLast((step) => typeof step === 'string') ?? '';
  const [deviceClass, unit] = measureOf(String(named), units);
  const [first, ...echoes] = sensorTopics(config);
  const member = path.map((step) => `[${typeof step === 'string' ? quoted(step) : step}]`).join('');
  return {
    component: 'sensor',
    key: path.join('_'),
    options: {
      name: path.join(' '),
      device_class: deviceClass,
      unit_of_measurement: unit,
      state_class: 'measurement',
      state_topic: first,
      value_template: `{{ ${SENSORS}${member} | is_defined }}`,
    },
    echoes,
  };
}

type Path = readonly (string | number)[];

/** What stands one step deeper: the first items of a list, or what has a name that we take. */
function inside(value: unknown): readonly (readonly [step: string | number, value: unknown])[] {
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item: unknown, at) => [at, item]);
  if (!isRecord(value)) return [];
  return Object.entries(value).filter(([name]) => NAME.test(name) && !SKIPPED.test(name));
}

/** Paths of all numbers, two or three steps deep. A null is a number that was not measured yet. */
function* numbersIn(value: unknown, path: Path): Generator<Path> {
  if (typeof value === 'number' || (value === null && path.length > 1)) yield path;
  if (path.length >= 3) return;
  for (const [step, inner] of inside(value)) yield* numbersIn(inner, [...path, step]);
}

/** The sensors that a message on `…/sensors` names; null: it is none. Shutters stand among them and are not taken. */
export function tasmotaSensors(config: TasmotaConfig, payload: string): readonly TasmotaPart[] | null {
  const json = parseJson(payload);
  const sensors = json.ok && isRecord(json.value) ? json.value.sn : undefined;
  if (!isRecord(sensors)) return null;
  const units = unitsIn(sensors);
  const parts: TasmotaPart[] = [];
  for (const [name, sensor] of Object.entries(sensors)) {
    if (!isRecord(sensor) || OTHERS.has(name) || /^Shutter\d/.test(name) || !NAME.test(name)) continue;
    for (const path of numbersIn(sensor, [name])) {
      if (parts.length < MAX_SENSORS) parts.push(sensorPart(config, path, units));
    }
  }
  return parts;
}
