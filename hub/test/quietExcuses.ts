import type { AlarmCause, AlarmKind, AlarmLevel } from '../src/alarms/schema.ts';
import type { Quantity } from '../src/devices/schema.ts';
import { type Found, WEAK_BATTERY } from './quietSensors.ts';

/** What was told of a sensor. */
export type Told = {
  readonly kind: AlarmKind;
  readonly level: AlarmLevel;
  readonly cause: AlarmCause;
  readonly quantity: Quantity;
};

/** What an ordinary day may say, and why it is right to. Each is an advisory: a card, and no sound. */
export type Excuse = Omit<Told, 'level'> & {
  readonly why: string;
  /** Whether it is so in the air, or in the battery, itself. */
  readonly isTrue: (found: Found) => boolean;
};

const CO2_TOLD_AFTER_DAYS = 7;
/** The NowCast of fine dust remembers hours, and has a delay of half an hour. */
const REMEMBERED_S = 3 * 3_600;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const EXCUSES: readonly Excuse[] = [
  {
    kind: 'co2',
    cause: 'limit',
    quantity: 'carbon_dioxide',
    why: 'people breathe in a closed room: its air of ten minutes holds 1,000 ppm',
    isTrue: ({ traces }) => meanOf(traces.co2Lately) >= 980,
  },
  {
    kind: 'air-quality',
    cause: 'limit',
    quantity: 'voc_index',
    why: 'somebody sprayed or wiped something a moment ago',
    isTrue: ({ traces }) => traces.vocIndex >= 120,
  },
  {
    kind: 'air-quality',
    cause: 'limit',
    quantity: 'pm25',
    why: 'somebody cooked there within three hours',
    isTrue: ({ traces }) => traces.sinceCookedS <= REMEMBERED_S,
  },
  {
    kind: 'trouble',
    cause: 'calibration',
    quantity: 'carbon_dioxide',
    why: 'the room was never aired down to 500 ppm in a week, which the cell needs to see',
    isTrue: ({ days }) => days >= CO2_TOLD_AFTER_DAYS,
  },
  {
    kind: 'trouble',
    cause: 'self-test',
    quantity: 'siren',
    why: 'nobody has tested the siren for a week',
    isTrue: ({ days }) => days >= 7,
  },
  {
    kind: 'trouble',
    cause: 'battery',
    quantity: 'smoke',
    why: 'its battery has come down to 20 %',
    isTrue: ({ days }) => WEAK_BATTERY(days) <= 20,
  },
];

/** What explains it; undefined: nothing does. */
export const excuseOf = (told: Told, found: Found): Excuse | undefined =>
  EXCUSES.find(
    (each) =>
      told.level === 'advisory' &&
      each.kind === told.kind &&
      each.cause === told.cause &&
      each.quantity === told.quantity &&
      each.isTrue(found),
  );
