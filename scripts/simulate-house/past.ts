import { createChance } from './chance.ts';
import { createHouse, type House } from './house.ts';
import { applyEvent } from './house-event.ts';
import { stepHouse } from './house-step.ts';
import { eventsOfDay } from './past-days.ts';
import { createReporter, PAST_STEP_S, type PastReading } from './past-report.ts';

export type PastOptions = {
  /** The same seed makes the same past, whatever part of it is asked for. */
  readonly seed: number;
  /** Epoch ms UTC, included. */
  readonly from: number;
  /** Epoch ms UTC, not included. */
  readonly to: number;
  /** By how much the clocks of the house are ahead of UTC, ms. */
  readonly offsetMs: number;
};

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;

/**
 * What the boards of the house would have said: the model of the living house, with its people's days, run fast. Every
 * day draws from chance of its own, and the house lives a day before anybody looks, so that a day is the same day in
 * whatever past it stands.
 * @returns the readings of an hour at a time, those of one component in the order of time
 */
export function* pastOf({ seed, from, to, offsetMs }: PastOptions): Generator<readonly PastReading[]> {
  const firstDay = Math.floor((from + offsetMs) / 1_000 / DAY_S) - 1;
  const birthMs = firstDay * DAY_S * 1_000 - offsetMs;
  let house = createHouse(0, createChance(seed));
  for (let hour = 0; birthMs + hour * HOUR_S * 1_000 < to; hour++) {
    const begin = birthMs + hour * HOUR_S * 1_000;
    const chance = createChance(mixed(seed, firstDay * 24 + hour));
    const reporter = createReporter(createChance(mixed(seed + 1, firstDay * 24 + hour)));
    // The last look of an hour is on the hour.
    const isSeen = begin + HOUR_S * 1_000 >= from;
    for (house of hourOf(house, firstDay, seed, chance)) {
      if (isSeen) reporter.look(house, birthMs);
    }
    const said = reporter.said().filter(({ t }) => t >= from && t < to);
    if (said.length > 0) yield said;
  }
}

/** The house at each step of its next hour, the end of it included. */
function* hourOf(
  house: House,
  firstDay: number,
  seed: number,
  chance: () => number,
): Generator<House, void, undefined> {
  let next = house;
  const end = house.timeS + HOUR_S;
  while (next.timeS < end) {
    const dayS = next.timeS % DAY_S;
    for (const { atS, event } of eventsOfDay(seed, firstDay + Math.floor(next.timeS / DAY_S))) {
      if (atS >= dayS && atS < dayS + PAST_STEP_S) next = applyEvent(next, event);
    }
    next = stepHouse(next, PAST_STEP_S, chance);
    yield next;
  }
}

/** One seed of two numbers (a 32-bit finalizer: neighbours must not look alike). */
function mixed(seed: number, number: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ number;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
