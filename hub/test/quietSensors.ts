import type { Chance } from '../../scripts/simulate-house/chance.ts';
import { type House, pressureHpa } from '../../scripts/simulate-house/house.ts';
import type { RoomId } from '../../scripts/simulate-house/house-plan.ts';
import { sense } from '../../scripts/simulate-house/sensing.ts';
import { relativeHumidity, wetOxygenPct } from '../../scripts/simulate-house/vapour.ts';
import type { EntityAnnouncement } from '../src/devices/entity.ts';
import type { Quantity } from '../src/devices/schema.ts';
import { announced, CONTACT, SENSOR } from './builders.ts';
import { noisy, type Trace, type Traces } from './quietAir.ts';

/** What a sensor finds where it hangs. */
export type Found = { readonly house: House; readonly traces: Traces; readonly days: number };

type Sense = (found: Found, room: RoomId, chance: Chance) => number | boolean;

/** One thing that a node measures; a contact tells a change at once as well. */
type Measured = {
  readonly isContact: boolean;
  readonly quantity: Quantity;
  readonly unit: string | null;
  /** s between two reports. */
  readonly everyS: number;
  readonly sense: Sense;
};

export type QuietSensor = Measured & { readonly id: string; readonly room: RoomId };
export type QuietDevice = {
  readonly id: string;
  readonly sensors: readonly QuietSensor[];
  readonly announcements: readonly EntityAnnouncement[];
};

/** A reading in so many that is nonsense, and how far off it is, % vol. Source: safety.md §2.4. */
const OUTLIERS = 0.005;
const OUTLIER_PCT = 1;
/** A cell loses 1 % of its value in 5 weeks, % vol a day. Source: safety.md §2.2, §2.4. */
const DRIFT_PCT = 0.006;

const warmth = ({ house, traces }: Found, room: RoomId): number => house.air[room].temperatureC + traces.sunC;
const moisture = (found: Found, room: RoomId): number =>
  relativeHumidity(found.house.air[room].water, warmth(found, room));

function oxygen(found: Found, room: RoomId, chance: Chance): number {
  const dry = found.house.air[room].o2 * 100 - DRIFT_PCT * found.days;
  const outlier = chance() < OUTLIERS ? (chance() - 0.5) * 2 * OUTLIER_PCT : 0;
  const wet = wetOxygenPct(dry, moisture(found, room), warmth(found, room));
  return sense('oxygen', wet + outlier, chance);
}

const numbers = (quantity: Quantity, unit: string | null, everyS: number, by: Sense): Measured => ({
  isContact: false,
  quantity,
  unit,
  everyS,
  sense: by,
});

/** Of the air that every node breathes. Carbon monoxide: every 10 s at most (safety.md CO-2). */
const EVERYWHERE: readonly Measured[] = [
  numbers('oxygen', '%', 10, oxygen),
  numbers('carbon_monoxide', 'ppm', 10, ({ house }, room, chance) =>
    sense('co', house.air[room].co * 1e6, chance),
  ),
  numbers('carbon_dioxide', 'ppm', 30, ({ house }, room, chance) =>
    sense('co2', house.air[room].co2 * 1e6, chance),
  ),
  numbers('temperature', '°C', 60, (found, room, chance) =>
    sense('temperature', warmth(found, room), chance),
  ),
  numbers('humidity', '%', 60, (found, room, chance) => sense('humidity', moisture(found, room), chance)),
];

const METHANE = numbers('lel_methane', '%LEL', 10, ({ house }, room, chance) =>
  sense('lel_methane', (100 * house.air[room].methane) / 0.05, chance),
);
const LPG = numbers('lel_lpg', '%LEL', 15, (_, __, chance) => sense('lel_methane', 0.2, chance));

/** A trace with the noise of its sensor. */
const trace = (
  quantity: Quantity,
  unit: string | null,
  everyS: number,
  of: Trace,
  noise: number,
  step: number,
): Measured =>
  numbers(quantity, unit, everyS, ({ traces }, _, chance) => noisy(traces[of], noise, step, chance));

const DUST = [
  trace('pm25', 'µg/m³', 60, 'pm25', 0.8, 0.1),
  trace('pm10', 'µg/m³', 60, 'pm10', 1.5, 0.1),
] as const;
const VOC = trace('voc_index', null, 60, 'vocIndex', 6, 1);
const MORE: Readonly<Record<RoomId, readonly Measured[]>> = {
  hall: [
    numbers('pressure', 'hPa', 300, ({ house }, _, chance) =>
      sense('pressure', pressureHpa(house.timeS), chance),
    ),
    trace('radon', 'Bq/m³', 300, 'radon', 12, 1),
  ],
  living: [
    ...DUST,
    VOC,
    trace('ozone', 'ppb', 120, 'ozone', 1, 1),
    trace('formaldehyde', 'mg/m³', 120, 'formaldehyde', 0.003, 0.001),
  ],
  kitchen: [
    METHANE,
    LPG,
    ...DUST,
    trace('nitrogen_dioxide', 'ppb', 60, 'nitrogenDioxide', 1.5, 1),
    trace('nox_index', null, 60, 'noxIndex', 0.3, 1),
  ],
  bedroom: [VOC, trace('formaldehyde', 'mg/m³', 120, 'formaldehyde', 0.003, 0.001)],
  children: [...DUST],
  bathroom: [VOC, trace('hydrogen_sulfide', 'ppm', 30, 'sulfide', 0.02, 0.01)],
};

/** A contact that says every so often that nothing is; smoke is what the house knows of it. */
const contact = (quantity: Quantity, everyS: number): Measured => ({
  isContact: true,
  quantity,
  unit: null,
  everyS,
  sense: ({ house }, room) => quantity === 'smoke' && house.smoky[room],
});

type Charge = (days: number) => number;

/** A battery that holds so much on the first day, and loses so much each day, %. */
const charge =
  (percent: number, perDay: number): Charge =>
  (days) =>
    Math.round(percent - perDay * days);
const battery = (of: Charge): Measured => numbers('battery', '%', 2_400, ({ days }) => of(days));

/** Of the bedroom's smoke alarm: a fortnight before its low mark. */
export const WEAK_BATTERY = charge(24, 0.3);

/** Detectors on batteries report within the hour, those on the mains each minute. Source: safety.md §3.2. */
const HOURLY_S = 2_400;
const CONTACTS: readonly (readonly [RoomId, id: string, readonly Measured[]])[] = [
  ['kitchen', 'smoke-kitchen', [contact('smoke', HOURLY_S), battery(charge(97, 0.1))]],
  ['hall', 'smoke-hall', [contact('smoke', HOURLY_S), battery(charge(91, 0.1))]],
  ['bedroom', 'smoke-bedroom', [contact('smoke', HOURLY_S), battery(WEAK_BATTERY)]],
  ['bedroom', 'co-bedroom', [contact('carbon_monoxide', HOURLY_S), battery(charge(88, 0.1))]],
  ['kitchen', 'heat-kitchen', [contact('heat', HOURLY_S), battery(charge(95, 0.1))]],
  ['bathroom', 'leak-bathroom', [contact('moisture', HOURLY_S), battery(charge(90, 0.1))]],
  ['kitchen', 'gas-kitchen', [contact('gas', 60)]],
];

/** How long a value stands, ms: 180 s and five reports at least, so that one lost message is none that failed; 130 min at most. */
const expiresMs = (everyS: number): number => Math.min(7_800, Math.max(180, 5 * everyS)) * 1_000;

function deviceOf(room: RoomId, id: string, measured: readonly Measured[]): QuietDevice {
  return {
    id,
    sensors: measured.map((each) => ({ ...each, id: `${id}.${each.quantity}`, room })),
    announcements: measured.map(({ quantity, unit, everyS, isContact }) => {
      const isBattery = quantity === 'battery';
      return announced(quantity, {
        quantity,
        config: {
          ...(isContact ? CONTACT : SENSOR),
          unit,
          expireAfterMs: expiresMs(everyS),
          entityCategory: isBattery ? 'diagnostic' : null,
          stateTopic: `${id}/${quantity}`,
        },
      });
    }),
  };
}

/** Everything that measures in the quiet house. */
export const QUIET_DEVICES: readonly QuietDevice[] = [
  ...(Object.keys(MORE) as RoomId[]).map((room) =>
    deviceOf(room, `air-${room}`, [...EVERYWHERE, ...MORE[room]]),
  ),
  ...CONTACTS.map(([room, id, measured]) => deviceOf(room, id, measured)),
];
