import { MINUTE_MS, type Millis, SECOND_MS } from '../../shared/time.ts';
import type { SensorTechnology } from '../healthSchema.ts';
import type { Quantity } from '../schema.ts';

/** Every figure of the health of sensors. Source: safety.md §3.2, unless a row says otherwise. */

const HOUR_MS: Millis = 60 * MINUTE_MS;
export const DAY_MS: Millis = 24 * HOUR_MS;

/** Silent for this part of what makes it lost: suspect. 90 s of 180 s. */
export const SUSPECT_SHARE = 0.5;

/** … but not before one and a half of its own usual spans: a message that is a little late is none that failed. Ours. */
export const SUSPECT_SPANS = 1.5;

/**
 * A sensor on which no life depends, that announced neither availability nor `expire_after`, may report on change alone, ms. Source:
 * Zigbee2MQTT counts passive devices as offline after 25 h (safety.md §3.1).
 */
export const PASSIVE_SILENT_MS: Millis = 25 * HOUR_MS;

/** Impossible values in a row, without so many good ones between them, that make a fault; one makes it suspect. */
export const RANGE_FAULT_SAMPLES = 3;

/** Good values in a row that end it. Ours: as many as made it, so that one that comes and goes stays a fault. */
export const RANGE_GOOD_SAMPLES = 3;

/** So many unreadable messages within `MALFORMED_MS` are a fault; it ends when none came for as long. */
export const MALFORMED_MESSAGES = 10;
export const MALFORMED_MS: Millis = MINUTE_MS;

/** How far a value may move in `RATE_MS`, in the unit of the quantity; in a longer time in proportion. */
export const RATE_MS: Millis = 10 * SECOND_MS;
export const MOST_PER_RATE: ReadonlyMap<Quantity, number> = new Map<Quantity, number>([
  ['oxygen', 2],
  ['carbon_dioxide', 5_000],
  ['temperature', 20],
  ['humidity', 40],
]);

/**
 * … but never further than this between two readings, however rare they are. Ours: a thermometer that is read once a minute may say
 * what a fire says, as a DS18B20 says 85.0 when it lost its power; the next reading tells which it was.
 */
export const MOST_AT_ONCE: ReadonlyMap<Quantity, number> = new Map<Quantity, number>([['temperature', 40]]);

/** Values that no real air holds still for a day while its temperature moves by `STUCK_WARMER_C`. */
export const NEVER_STILL: ReadonlySet<Quantity> = new Set<Quantity>([
  'oxygen',
  'carbon_dioxide',
  'humidity',
  'pressure',
  'voc_index',
]);
export const STUCK_MS: Millis = 24 * HOUR_MS;
export const STUCK_WARMER_C = 3;

/** Carbon monoxide that is exactly 0 for so long: clean air, or a dead cell. Only a test tells. */
export const CO_ZERO_MS: Millis = 7 * DAY_MS;

/** How often it is looked at how warm it is meanwhile, ms. Ours: rooms are slow. */
export const WARMTH_EVERY_MS: Millis = 10 * MINUTE_MS;

/** A value that has not moved for so long is remembered through a restart, ms. Ours: at most one write an hour. */
export const STILL_KEPT_MS: Millis = HOUR_MS;

/** Two sensors of one quantity in one room differ for so long: one of them is wrong. Looked at every `COMPARE_EVERY_MS`. */
export const DISAGREE_MS: Millis = 30 * MINUTE_MS;
export const COMPARE_EVERY_MS: Millis = MINUTE_MS;
export const DISAGREE_SIGMAS = 3;

/** At most so many sensors of one quantity in one room are compared with each other. Ours: bounds the cost. */
export const MOST_PEERS = 16;

/**
 * Standard deviation of the difference of two working sensors side by side: `a` in the unit, plus `b` of the value. Ours, from the usual
 * data sheets (O2 cell ±0.3 %, CO cell ±5 ppm or 10 %, NDIR ±50 ppm + 5 %). Not temperature and humidity: a radiator and a window are
 * honestly apart.
 */
export const SIGMAS: ReadonlyMap<Quantity, { readonly a: number; readonly b: number }> = new Map<
  Quantity,
  { readonly a: number; readonly b: number }
>([
  ['oxygen', { a: 0.2, b: 0 }],
  ['carbon_monoxide', { a: 5, b: 0.1 }],
  ['carbon_dioxide', { a: 75, b: 0.05 }],
  ['lel_methane', { a: 2, b: 0.1 }],
  ['lel_lpg', { a: 2, b: 0.1 }],
  ['hydrogen_sulfide', { a: 1, b: 0.1 }],
]);

/** How long a sensor is to be left alone after each start, ms. MQ: as any heated metal oxide. */
export const WARM_UP_MS: Readonly<Record<SensorTechnology, Millis>> = {
  sgp4x: 45 * SECOND_MS,
  mox: 5 * MINUTE_MS,
  mq: 5 * MINUTE_MS,
  electrochemical: 30 * SECOND_MS,
  galvanic: 30 * SECOND_MS,
  ndir: 30 * SECOND_MS,
  optical: 0,
  other: 0,
};

/** … and when it is used for the first time, ms. */
export const FIRST_USE_MS: Readonly<Partial<Record<SensorTechnology, Millis>>> = { mq: 48 * HOUR_MS };

/** How often a sensor wants to be checked, ms. Due: priority 4; a second time as late: 3. CO2: seen below `CO2_FRESH_PPM`. */
export const CHECK_EVERY_MS: ReadonlyMap<Quantity, Millis> = new Map<Quantity, Millis>([
  ['oxygen', 90 * DAY_MS],
  ['carbon_monoxide', 365 * DAY_MS],
  ['carbon_dioxide', 7 * DAY_MS],
]);

/**
 * How often somebody is to test it, ms: a siren by letting it sound, a smoke or carbon monoxide alarm by its button. Source: safety.md
 * §3.2 "Self test" (weekly, monthly).
 */
export const SIREN_TEST_EVERY_MS: Millis = 7 * DAY_MS;
export const BUTTON_TEST_EVERY_MS: Millis = 30 * DAY_MS;

/**
 * It is asked for at this hour, 0 to 23 by the clock of the hub, when nobody wishes another one. Ours: people are up, and nobody is
 * woken by a test.
 */
export const TEST_HOUR = 10;

/** … at most so much before the time is over, ms. Ours: what is tested on a morning is asked for on that morning of the week again. */
export const TEST_EARLY_MS: Millis = 12 * HOUR_MS;

/** Carbon dioxide of an aired room, ppm: a cell that calibrates itself must see it. */
export const CO2_FRESH_PPM = 500;

/** That it was seen, or that an alarm or a siren sounded, is written down at most this often, ms. Ours. */
export const FRESH_NOTED_MS: Millis = 12 * HOUR_MS;

/** How long a sensor lives when nobody says otherwise, months; the shorter end of CO's 7 to 10 years. */
export const LIFE_MONTHS: ReadonlyMap<Quantity, number> = new Map<Quantity, number>([
  ['carbon_monoxide', 84],
  ['oxygen', 24],
  ['smoke', 120],
]);

/** It is told so long before, ms. Oxygen: at 22 of its 24 months (safety.md O2-3). */
export const END_NOTICE_MS: Millis = 30 * DAY_MS;
export const OXYGEN_END_NOTICE_MS: Millis = 60 * DAY_MS;

/** Battery, %: low, nearly empty, and by how much it must be above again. The last is ours. */
export const BATTERY_LOW = 20;
export const BATTERY_EMPTY = 5;
export const BATTERY_MARGIN = 3;

/**
 * A battery of which only the voltage is told is low under this share of the most that it told, unless its owner said under how many
 * volts. Ours, and coarse: no announcement says what battery it is. Cells that keep their voltage to the end are told late, or never
 * (lithium: 3.0 V new, 2.4 V); one that was half empty when it was first heard, later than a new one.
 */
export const BATTERY_LOW_SHARE = 0.8;

/** It is well again from this share above the limit on; the most that it told is raised in such steps, V. Ours. */
export const BATTERY_VOLTS_MARGIN = 0.02;
export const BATTERY_VOLTS_STEP = 0.05;

/** What a battery in a sensor can have, V: anything else is no battery's. Ours: from one cell that is empty to four of 12 V. */
export const BATTERY_VOLTS = { min: 0.5, max: 60 } as const;

/** Radio signal, dBm: weak below; strong again from 5 more (ours). */
export const SIGNAL_WEAK_DBM = -80;
export const SIGNAL_MARGIN_DBM = 5;

/** Lost messages of an hour, %: priority 4 and 3. */
export const LOSS_SOME_PERCENT = 10;
export const LOSS_MUCH_PERCENT = 30;

/** How far a board's clock may be off, ms. */
export const CLOCK_OFF_MS: Millis = 5 * SECOND_MS;

/**
 * The broker may be away for so long, or not be there after a start, until that is told, real ms. Ours: a restart of it takes seconds, and
 * as long as the grace that follows it (SUP-2).
 */
export const BROKER_AWAY_MS: Millis = MINUTE_MS;

/**
 * While there is danger that is told at once; but not before so long after a start, real ms: until then it is we who have not come yet.
 * Source: safety.md F-25 (what keeps a siren silent is told within 10 s).
 */
export const BROKER_COMES_MS: Millis = 10 * SECOND_MS;

/** Devices lost within this of each other belong together, ms; from so many on it is a drop-out. Source: safety.md §3.2 "jamming?". */
export const TOGETHER_MS: Millis = MINUTE_MS;
export const MANY_LOST = 2;
