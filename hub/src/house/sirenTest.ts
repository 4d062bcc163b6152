import { isLoud } from '../alarms/sounderPatterns.ts';
import { isTesting } from '../readiness/sirenTest.ts';
import type { ProblemCode } from '../shared/errors.ts';
import type { House } from './house.ts';
import { isInterlocked } from './interlock.ts';
import { getRow } from './table.ts';

/** Sirens on which somebody relies. */
export const sirensInUse = ({ devices, health }: House): readonly string[] =>
  devices.sirens.filter((id) => getRow(health.health, id)?.disabled !== true);

/**
 * Why the sirens cannot be tested now; null: they can. A danger has them for itself, and in gas a siren on the mains could spark. With the
 * broker away they would sound minutes later, when nobody expects it. Trouble that only chirps is no reason: it may be of a siren.
 */
export function whyNoSirenTest(house: House): ProblemCode | null {
  const { alarms, sounder, devices, readiness } = house;
  if (isInterlocked(alarms)) return 'gas-interlock';
  const isLoudNow = sounder.sound !== null && isLoud(sounder.sound.pattern);
  if (isLoudNow || alarms.voice !== null || isTesting(readiness)) return 'sirens-busy';
  if (!devices.brokerUp) return 'broker-away';
  return sirensInUse(house).length === 0 ? 'no-siren' : null;
}
