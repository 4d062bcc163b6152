import { type Chance, createChance } from '../../scripts/simulate-house/chance.ts';
import { createHouse, type House as Dwelling } from '../../scripts/simulate-house/house.ts';
import { applyEvent, type HouseEvent } from '../../scripts/simulate-house/house-event.ts';
import type { RoomId } from '../../scripts/simulate-house/house-plan.ts';
import { stepHouse } from '../../scripts/simulate-house/house-step.ts';
import { PAST_STEP_S } from '../../scripts/simulate-house/past-report.ts';
import type { AlarmRow } from '../src/alarms/alarmRow.ts';
import { type Millis, SECOND_MS } from '../src/shared/time.ts';
import { reading } from './builders.ts';
import { STILL_TRACES, stepTraces, type Traces } from './quietAir.ts';
import { type Excuse, excuseOf } from './quietExcuses.ts';
import { QuietHub, SIRENS } from './quietHub.ts';
import { type Found, QUIET_DEVICES, type QuietSensor } from './quietSensors.ts';

/** 1 October 2026, midnight. */
const FIRST_DAY: Millis = Date.UTC(2026, 9, 1);
const DAY_S = 86_400;
const HOUR_S = 3_600;
/** All intervals and steps are multiples of it, s. */
const TICK_S = 5;
const TICK_MS = TICK_S * SECOND_MS;
/** One message in a hundred is lost on the radio. */
const LOST = 0.01;

/** What goes wrong in a house that is not quiet after all, s after its beginning: in the air, or a node that says nothing more. */
export type Danger = { readonly atS: number } & ({ readonly event: HouseEvent } | { readonly mute: string });

export type QuietOptions = {
  /** The same seed lives the same days. */
  readonly seed: number;
  readonly hours: number;
  /** Hour of the first day at which it begins. Default: midnight. */
  readonly fromHour?: number;
  /** Default: none. */
  readonly danger?: Danger;
};

export type QuietDays = {
  readonly readings: number;
  readonly hubStarts: number;
  readonly brokerLosses: number;
  /** Every command to sound, in whichever tone: "<day and time> <siren> <tone>". */
  readonly sirens: readonly string[];
  /** Alarms and troubles that were told and that life in the house explains, and how often. */
  readonly explained: ReadonlyMap<Excuse, number>;
  /** … and those that nothing explains: "<day and time> <entity> <kind> <level> <cause> <value>". */
  readonly unexplained: readonly string[];
};

/** Every so many days, beginning with `day`, something is away for a while: the hub while somebody cooks, the broker in the night. */
type Absence = {
  readonly everyDays: number;
  readonly day: number;
  readonly atS: number;
  readonly forS: number;
};
const HUB_AWAY: Absence = { everyDays: 3, day: 0, atS: 18.2 * HOUR_S, forS: 20 };
const BROKER_AWAY: Absence = { everyDays: 4, day: 1, atS: 3 * HOUR_S, forS: 15 };
/** When somebody looks at the list of alarms, s of the day. */
const LOOKS_AT_S: readonly number[] = [7 * HOUR_S, 13 * HOUR_S, 21 * HOUR_S];

/** Whether it goes, is away, or comes back at that second; null: it is there. */
function absenceAt({ everyDays, day, atS, forS }: Absence, s: number): 'goes' | 'away' | 'comes' | null {
  const since = (s % DAY_S) - atS;
  if (Math.floor(s / DAY_S) % everyDays !== day || since < 0 || since > forS) return null;
  if (since === 0) return 'goes';
  return since === forS ? 'comes' : 'away';
}

/** A sensor, and when in its interval it speaks. */
type Speaker = {
  readonly sensor: QuietSensor;
  readonly deviceId: string;
  /** Ticks of the interval before its own, s; and ms within that tick. */
  readonly offsetS: number;
  readonly offsetMs: Millis;
};

/** In the order in which they speak within a tick. */
function speakersOf(chance: Chance): readonly Speaker[] {
  const all = QUIET_DEVICES.flatMap(({ id, sensors }) =>
    sensors.map((sensor) => ({
      sensor,
      deviceId: id,
      offsetS: Math.floor((chance() * sensor.everyS) / TICK_S) * TICK_S,
      offsetMs: Math.floor(chance() * TICK_MS),
    })),
  );
  return all.sort((a, b) => a.offsetMs - b.offsetMs);
}

const clockText = (ms: Millis): string => new Date(FIRST_DAY + ms).toISOString().slice(5, 19);

class QuietLife {
  readonly sirens: string[] = [];
  readonly explained = new Map<Excuse, number>();
  readonly unexplained: string[] = [];
  readings = 0;
  hubStarts = 0;
  brokerLosses = 0;
  readonly #chance: Chance;
  readonly #noise: Chance;
  readonly #speakers: readonly Speaker[];
  readonly #hub: QuietHub;
  readonly #said = new Map<string, number | boolean>();
  #dwelling: Dwelling;
  #traces: Readonly<Record<RoomId, Traces>> = STILL_TRACES;
  #mute: string | null = null;

  constructor(seed: number, fromHour: number) {
    this.#chance = createChance(seed);
    this.#noise = createChance(seed + 1_000);
    this.#speakers = speakersOf(createChance(seed + 2_000));
    this.#dwelling = createHouse(fromHour * 60, this.#chance);
    this.#hub = new QuietHub(fromHour * HOUR_S * SECOND_MS, {
      begin: FIRST_DAY,
      onAlarm: (row, now) => this.#judge(row, now),
      onSiren: (id, tone, now) => this.sirens.push(`${clockText(now)} ${id} ${tone}`),
    });
  }

  endanger(danger: Danger): void {
    if ('event' in danger) this.#dwelling = applyEvent(this.#dwelling, danger.event);
    else this.#mute = danger.mute;
  }

  /** One tick of the house and of all that is in it. @param s since midnight of the first day */
  live(s: number): void {
    if (s % PAST_STEP_S === 0) {
      this.#dwelling = stepHouse(this.#dwelling, PAST_STEP_S, this.#chance);
      this.#traces = stepTraces(this.#traces, this.#dwelling, PAST_STEP_S, this.#chance);
    }
    if (this.#isUnheard(s)) return;
    if (LOOKS_AT_S.includes(s % DAY_S)) this.#hub.look(s * SECOND_MS);
    for (const speaker of this.#speakers) this.#speak(speaker, s);
  }

  /** Whether nothing that is said now reaches the hub. */
  #isUnheard(s: number): boolean {
    const hub = absenceAt(HUB_AWAY, s);
    if (hub === 'goes' || hub === 'away') return true;
    if (hub === 'comes') {
      this.#hub.restart(s * SECOND_MS);
      this.hubStarts += 1;
    }
    const broker = absenceAt(BROKER_AWAY, s);
    if (broker === 'goes') this.#hub.loseBroker(s * SECOND_MS);
    if (broker === 'comes') {
      this.#hub.findBroker(s * SECOND_MS);
      this.brokerLosses += 1;
    }
    return broker === 'goes' || broker === 'away';
  }

  #speak({ sensor, deviceId, offsetS, offsetMs }: Speaker, s: number): void {
    const isDue = s % sensor.everyS === offsetS;
    if (!(isDue || sensor.isContact)) return;
    const value = sensor.sense(this.#found(sensor.room, s), sensor.room, this.#noise);
    const isNews = sensor.isContact && this.#said.get(sensor.id) !== value;
    if (!(isDue || isNews) || deviceId === this.#mute || this.#noise() < LOST) return;
    this.#said.set(sensor.id, value);
    this.readings += 1;
    const { quantity, unit } = sensor;
    this.#hub.hear(s * SECOND_MS + offsetMs, reading(sensor.id, value, { quantity, unit }));
  }

  #found(room: RoomId, s: number): Found {
    return { house: this.#dwelling, traces: this.#traces[room], days: s / DAY_S };
  }

  /** What measures or sounds there, and in which room; undefined: it is the house itself. */
  #part(entityId: string): Pick<QuietSensor, 'quantity' | 'room'> | undefined {
    const siren = SIRENS.find(({ id }) => entityId === `${id}.siren`);
    if (siren !== undefined) return { quantity: 'siren', room: siren.room };
    return this.#speakers.find(({ sensor }) => sensor.id === entityId)?.sensor;
  }

  #judge({ kind, level, cause, entityId, value }: AlarmRow, now: Millis): void {
    const part = this.#part(entityId);
    const excuse =
      part === undefined
        ? undefined
        : excuseOf({ kind, level, cause, quantity: part.quantity }, this.#found(part.room, now / SECOND_MS));
    if (excuse !== undefined) this.explained.set(excuse, (this.explained.get(excuse) ?? 0) + 1);
    else this.unexplained.push(`${clockText(now)} ${entityId} ${kind} ${level} ${cause} ${value}`);
  }
}

/**
 * An ordinary household with sirens lives for so long: three people cook, shower, sleep and air, the sun comes in, batteries empty, oxygen
 * cells drift and now and then tell nonsense, one message in a hundred is lost, the hub and the broker start anew. Every sensor reports at
 * its own interval, and everything goes through the real step, which its own deadlines wake.
 */
export function liveQuietly({ seed, hours, fromHour = 0, danger }: QuietOptions): QuietDays {
  const life = new QuietLife(seed, fromHour);
  const fromS = fromHour * HOUR_S;
  for (let s = fromS; s < fromS + hours * HOUR_S; s += TICK_S) {
    if (danger !== undefined && s === fromS + danger.atS) life.endanger(danger);
    life.live(s);
  }
  return life;
}
