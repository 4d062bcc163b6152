import type { Device, Entity } from '../entity.ts';
import type { SensorTechnology } from '../healthSchema.ts';
import type { Quantity } from '../schema.ts';
import { quantityOf } from '../state.ts';
import type { HealthRow } from './state.ts';

/** Names of sensors, as makers write them, and how those measure. The first that fits holds. */
const WORDS: readonly (readonly [RegExp, SensorTechnology])[] = [
  [/\bsgp ?4[01x]\b/, 'sgp4x'],
  [/\bmq ?\d{1,3}\b/, 'mq'],
  [
    /\b(sgp ?30|bme ?68[08]|ccs ?811|ens ?160|zmod ?4\d{3}|mics ?\d{4}|tgs ?\d{3,4}|mox|metal oxide)\b/,
    'mox',
  ],
  [/\b(scd ?[34]\d|mh ?z ?\d+[a-z]?|senseair|cozir|k30|s8|t67\d\d|cm11\d\d|ndir)\b/, 'ndir'],
  [/\b(ke ?\d{2}|ao ?2|aa ?428|galvanic)\b/, 'galvanic'],
  [
    /\b(electro ?chemical|sen0322|sen0466|lox ?o?2|alphasense|spec sensors|ze ?0?[73]|me ?[23] ?\w*)\b/,
    'electrochemical',
  ],
  [/\b(pms ?\w{4}|sps ?30|sds ?011|optical|photoelectric)\b/, 'optical'],
];

/** What most sensors of a quantity are, where no name says it. */
const USUAL: ReadonlyMap<Quantity, SensorTechnology> = new Map<Quantity, SensorTechnology>([
  ['oxygen', 'galvanic'],
  ['carbon_monoxide', 'electrochemical'],
  ['hydrogen_sulfide', 'electrochemical'],
  ['carbon_dioxide', 'ndir'],
  ['voc_index', 'sgp4x'],
  ['nox_index', 'sgp4x'],
  ['voc', 'mox'],
]);

/** Quantities that a gas sensor's name tells about: the thermometer beside it on the board needs no heating. */
const OF_GAS: ReadonlySet<Quantity> = new Set<Quantity>([
  ...USUAL.keys(),
  'lel_methane',
  'lel_lpg',
  'nitrogen_dioxide',
  'ozone',
  'formaldehyde',
  'smoke',
]);

const wordsOf = (...texts: readonly (string | null)[]): string =>
  texts
    .map((text) => (text ?? '').slice(0, 256).toLowerCase())
    .join(' ')
    .replace(/[^a-z0-9]+/g, ' ');

/** How it measures: as the owner said; else by its names; else as most sensors of its quantity do. */
export function technologyOf(
  entity: Entity,
  device: Pick<Device, 'manufacturer' | 'model'> | undefined,
  row: Pick<HealthRow, 'technology'>,
): SensorTechnology {
  if (row.technology !== null) return row.technology;
  const quantity = quantityOf(entity);
  if (entity.config.component !== 'sensor' || !OF_GAS.has(quantity)) return 'other';
  // Its own name first: a board carries several sensors.
  for (const words of [
    wordsOf(entity.name, entity.key),
    wordsOf(device?.model ?? null, device?.manufacturer ?? null),
  ]) {
    const found = WORDS.find(([word]) => word.test(words));
    if (found !== undefined) return found[1];
  }
  return USUAL.get(quantity) ?? 'other';
}
