import { reduceAir } from '../air/air.ts';
import { reduceAlarms } from '../alarms/alarms.ts';
import { reduceSounder } from '../alarms/sounder.ts';
import { reduceDevices } from '../devices/devices.ts';
import { reduceHealth } from '../devices/health/health.ts';
import type { Moment } from '../shared/time.ts';
import { FactContext } from './airContext.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { effectsInGas } from './interlock.ts';
import { asMayBe } from './needed.ts';
import type { Effect, Outcome } from './outcome.ts';
import { stepReadiness } from './readiness.ts';
import { stepResponses } from './responses.ts';
import { followUps } from './rules.ts';
import { getRow } from './table.ts';

/** Longest chain of facts that one fact may cause; a longer one is a loop in the rules. The longest honest one is 8. */
export const MAX_CHAIN = 32;

export type Step = {
  readonly house: House;
  /** The fact itself and all that followed from it, in order. */
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
};

/**
 * The only place where the house changes. Pure: the same house, fact and moment give the same answer.
 * @throws when facts cause each other without end
 */
export const step = (before: House, first: Fact, now: Moment): Step => stepAll(before, [first], now, first);

/** What keeps time in the house, each by itself. The sounder comes first. */
export const PARTS = ['sounder', 'readiness', 'alarms', 'responses', 'air', 'devices', 'health'] as const;
export type Part = (typeof PARTS)[number];

/**
 * The clock for one part of the house alone: a bug in another keeps no siren silent.
 * @throws as `step` does
 */
export function stepPart(before: House, part: Part, now: Moment): Step {
  const { state, facts = [], effects = [] } = CLOCKS[part](before, now);
  const next = stepAll({ ...before, ...state }, facts, now, CLOCK);
  return { ...next, effects: [...effectsInGas(next.house, effects), ...next.effects] };
}

const CLOCK: Fact = { type: 'clockReached' };

const CLOCKS: { readonly [P in Part]: (house: House, now: Moment) => Outcome<Partial<House>> } = {
  sounder: ({ sounder, alarms }, now) => only('sounder', reduceSounder(sounder, alarms.rows, CLOCK, now)),
  readiness: ({ readiness, devices }, now) =>
    only('readiness', stepReadiness(readiness, devices, CLOCK, now)),
  alarms: ({ alarms }, now) => only('alarms', reduceAlarms(alarms, CLOCK, now)),
  responses: ({ responses, devices, alarms }, now) =>
    only('responses', stepResponses(responses, devices, alarms, CLOCK, now)),
  air: ({ air, devices, health }, now) =>
    only('air', reduceAir(air, CLOCK, now, new FactContext(devices, health))),
  devices: ({ devices }, now) => only('devices', reduceDevices(devices, CLOCK, now)),
  health: ({ health, devices }, now) =>
    only('health', reduceHealth(health, { before: devices, devices }, CLOCK, now)),
};

const only = <P extends Part>(part: P, { state, ...more }: Outcome<House[P]>): Outcome<Partial<House>> => ({
  ...more,
  state: { [part]: state },
});

function stepAll(before: House, first: readonly Fact[], now: Moment, cause: Fact): Step {
  // Of its length from the start: from most facts nothing follows, and a list that grows takes room for 17.
  const facts: Fact[] = first.slice();
  let taken = 0;
  const effects: Effect[] = [];
  let house = before;
  let wave = first;
  for (let chain = 0; wave.length > 0; chain++) {
    if (chain === MAX_CHAIN) throw new Error(`Facts cause each other without end, from ${cause.type} on.`);
    const followed: Fact[] = [];
    for (const asked of wave) {
      const fact = asMayBe(house, asked);
      facts[taken++] = fact;
      house = take(house, fact, now, followed, effects);
    }
    wave = followed;
  }
  return { house, facts, effects: effectsInGas(house, effects) };
}

/** A reading, possible or not, that waited while its entity was removed: an alarm that came of it could never end. */
const isOfNobody = (house: House, fact: Fact): boolean =>
  (fact.type === 'reading' || fact.type === 'impossibleHeard') &&
  getRow(house.devices.entities, fact.entityId) === undefined;

function add(outcome: Outcome<unknown>, facts: Fact[], effects: Effect[]): void {
  if (outcome.facts !== undefined) for (const fact of outcome.facts) facts.push(fact);
  if (outcome.effects !== undefined) for (const effect of outcome.effects) effects.push(effect);
}

function take(house: House, fact: Fact, now: Moment, facts: Fact[], effects: Effect[]): House {
  if (isOfNobody(house, fact)) return house;
  const devices = reduceDevices(house.devices, fact, now);
  const seen = { before: house.devices, devices: devices.state };
  const health = reduceHealth(house.health, seen, fact, now);
  const air = reduceAir(house.air, fact, now, new FactContext(devices.state, health.state));
  const alarms = reduceAlarms(house.alarms, fact, now);
  const sounder = reduceSounder(house.sounder, alarms.state.rows, fact, now);
  const responses = stepResponses(house.responses, devices.state, alarms.state, fact, now);
  const readiness = stepReadiness(house.readiness, devices.state, fact, now);
  add(devices, facts, effects);
  add(health, facts, effects);
  add(air, facts, effects);
  add(alarms, facts, effects);
  add(sounder, facts, effects);
  add(responses, facts, effects);
  add(readiness, facts, effects);
  const next: House = {
    devices: devices.state,
    health: health.state,
    air: air.state,
    alarms: alarms.state,
    sounder: sounder.state,
    responses: responses.state,
    readiness: readiness.state,
  };
  for (const more of followUps(next, fact)) facts.push(more);
  return next;
}
