import { BOARDS } from '../../scripts/simulate-house/boards.ts';
import { pastOf } from '../../scripts/simulate-house/past.ts';
import type { Quantity } from '../src/devices/schema.ts';
import type { Fact } from '../src/house/facts.ts';
import type { House } from '../src/house/house.ts';
import { step } from '../src/house/step.ts';
import { announced, at, deviceAnnounced, emptyHouse, reading, SENSOR } from './builders.ts';

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 9, 1);

/** What an air node of the simulated house measures, under the key by which it says so. */
const MEASURED: Readonly<Record<string, readonly [Quantity, unit: string]>> = {
  oxygen: ['oxygen', '%'],
  co: ['carbon_monoxide', 'ppm'],
  co2: ['carbon_dioxide', 'ppm'],
  temperature: ['temperature', '°C'],
  humidity: ['humidity', '%'],
  lel_methane: ['lel_methane', '%LEL'],
};

export type QuietDays = {
  readonly readings: number;
  /** Sirens that were called: "<entity> <kind> <level> <value>". */
  readonly sirens: readonly string[];
  /** Alarms of any level that were raised. */
  readonly raised: number;
};

const announcedNode = (id: string): Fact =>
  deviceAnnounced(
    id,
    Object.entries(MEASURED).map(([key, [quantity, unit]]) =>
      announced(key, { quantity, config: { ...SENSOR, unit } }),
    ),
    { device: { suggestedArea: id } },
  );

/** The simulated household, its heater with a flue, lives for so many days; every reading goes through the real step. */
export function liveQuietly(seed: number, days: number): QuietDays {
  let house: House = emptyHouse();
  const sirens: string[] = [];
  let readings = 0;
  let raised = 0;
  const take = (fact: Fact, utc: number): void => {
    const outcome = step(house, fact, at(utc - FIRST_DAY, utc));
    house = outcome.house;
    for (const each of outcome.facts) {
      if (each.type === 'alarmRaised') raised += 1;
      if (each.type !== 'conditionMet' || each.sound !== 'siren') continue;
      sirens.push(`${each.entityId} ${each.kind} ${each.level} ${each.value}`);
    }
  };
  take({ type: 'brokerFound' }, FIRST_DAY);
  for (const { id, kind } of BOARDS) if (kind === 'air') take(announcedNode(id), FIRST_DAY);
  const to = FIRST_DAY + days * DAY_MS;
  for (const hour of pastOf({ seed, from: FIRST_DAY, to, offsetMs: 0 })) {
    for (const { boardId, key, t, v } of [...hour].sort((a, b) => a.t - b.t)) {
      const measured = MEASURED[key];
      if (measured === undefined) continue;
      const [quantity, unit] = measured;
      take(reading(`${boardId}.${key}`, v, { quantity, unit }), t);
      readings += 1;
    }
    take({ type: 'clockReached' }, hour.at(-1)?.t ?? FIRST_DAY);
  }
  return { readings, sirens, raised };
}
