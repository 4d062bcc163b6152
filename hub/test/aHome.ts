import type { EntityAnnouncement } from '../src/devices/entity.ts';
import { worstOf } from '../src/devices/health/findings.ts';
import { findingsOf } from '../src/devices/health/told.ts';
import type { HealthState } from '../src/devices/healthSchema.ts';
import type { Fact } from '../src/house/facts.ts';
import { type House, houseFrom, storedPart, wakeAt } from '../src/house/house.ts';
import { step } from '../src/house/step.ts';
import type { Millis } from '../src/shared/time.ts';
import { at, houseWith, ofType } from './builders.ts';

/** A home that is woken by its own deadlines, each at its millisecond, as the shell wakes it. */
export function createHome(devices: Readonly<Record<string, readonly EntityAnnouncement[]>>) {
  let house: House = houseWith(devices);
  let now: Millis = 0;
  /** What the health of sensors became: `<house time> <entity> <state>`. */
  const told: string[] = [];
  const facts: Fact[] = [];

  function put(fact: Fact, utc?: Millis): void {
    const outcome = step(house, fact, at(now, utc));
    house = outcome.house;
    facts.push(...outcome.facts);
    for (const each of ofType(outcome.facts, 'healthChanged'))
      told.push(`${now} ${each.entityId} ${each.to}`);
  }

  const home = {
    told,
    facts,
    house: () => house,
    /** Lets time pass up to then. */
    to(mono: Millis): void {
      for (let due = wakeAt(house); due !== null && due <= mono; due = wakeAt(house)) {
        now = Math.max(now, due);
        put({ type: 'clockReached' });
      }
      now = Math.max(now, mono);
    },
    hear(mono: Millis, fact: Fact, utc?: Millis): void {
      home.to(mono);
      put(fact, utc);
    },
    /** The program ends and starts again; the broker is found at once. */
    restart(mono: Millis): void {
      home.to(mono);
      house = houseFrom(JSON.parse(JSON.stringify(storedPart(house))));
      put({ type: 'houseResumed' });
      put({ type: 'brokerFound' });
    },
    findings: (entityId: string) => findingsOf(house.health, entityId),
    stateOf: (entityId: string): HealthState => worstOf(findingsOf(house.health, entityId)),
  };
  return home;
}

export type Home = ReturnType<typeof createHome>;
