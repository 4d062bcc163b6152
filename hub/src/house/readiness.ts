import type { Entity } from '../devices/entity.ts';
import { BUTTON_TEST_EVERY_MS, CHECK_EVERY_MS, SIREN_TEST_EVERY_MS } from '../devices/health/limits.ts';
import type { HealthRow } from '../devices/health/state.ts';
import { isSafety } from '../devices/heard.ts';
import type { Quantity } from '../devices/schema.ts';
import type { DevicesState } from '../devices/state.ts';
import { quantityOf } from '../devices/state.ts';
import type { Circumstances, Part } from '../readiness/circumstances.ts';
import { MEASURED_VALID_MS } from '../readiness/limits.ts';
import { type ReadinessContext, reduceReadiness } from '../readiness/readiness.ts';
import { NO_PROOF, type ReadinessState } from '../readiness/state.ts';
import type { Moment } from '../shared/time.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import type { Outcome } from './outcome.ts';
import { sirensInUse } from './sirenTest.ts';
import { getRow, rowsOf } from './table.ts';

const contextOf = (devices: DevicesState): ReadinessContext => ({
  isSiren: (entityId) => getRow(devices.entities, entityId)?.config.component === 'siren',
  isAssumed: (entityId) => getRow(devices.commands, entityId)?.phase === 'assumed',
});

/** Lets the readiness take in a fact. Most are readings, and tell it nothing but in a test. */
export const stepReadiness = (
  state: ReadinessState,
  devices: DevicesState,
  fact: Fact,
  now: Moment,
): Outcome<ReadinessState> =>
  fact.type === 'reading' && state.wakeAt === null
    ? { state }
    : reduceReadiness(state, fact, now, contextOf(devices));

/** Sirens in use, and when each was seen to sound. */
export const sirenParts = (house: House): readonly Part[] =>
  sirensInUse(house).map((entityId) => {
    const { proven, how, failed } = getRow(house.readiness.proofs, entityId) ?? NO_PROOF;
    return { entityId, proven, how, failed, validMs: SIREN_TEST_EVERY_MS };
  });

/** What a life depends on and somebody relies on. */
function detectorsOf({ devices, health }: House): (readonly [Entity, HealthRow])[] {
  const found: (readonly [Entity, HealthRow])[] = [];
  for (const [id, entity] of rowsOf(devices.entities)) {
    const row = getRow(health.health, id);
    if (row !== undefined && !row.disabled && isSafety(entity)) found.push([entity, row]);
  }
  return found;
}

/** Detectors and life-safety sensors in use, and when each was tested. */
export const detectorParts = (house: House, now: Moment): readonly Part[] =>
  detectorsOf(house).map(([entity, row]) =>
    entity.config.component === 'binary_sensor'
      ? contactPart(house, entity, row)
      : measuredPart(entity, row, now),
  );

/** A detector is proven by its test button: somebody says so, or its alarm came. */
function contactPart({ readiness }: House, { id }: Entity, { tested }: HealthRow): Part {
  const { proven: alarmed } = getRow(readiness.proofs, id) ?? NO_PROOF;
  const isAlarm = alarmed !== null && (tested === null || alarmed.mono >= tested.mono);
  const proven = isAlarm ? alarmed : tested;
  const how = proven === null ? null : isAlarm ? 'alarmed' : 'tested';
  return { entityId: id, proven, how, failed: false, validMs: BUTTON_TEST_EVERY_MS };
}

/** An alarm proves no sensor that measures: it may be one that reads wrong. It has to be calibrated, tested, or seen to be right. */
function measuredPart(entity: Entity, { checkedAt, knownSince, tested }: HealthRow, now: Moment): Part {
  const isChecked = tested !== null || checkedAt > knownSince;
  const proven = isChecked ? { mono: checkedAt, utc: now.utc - (now.mono - checkedAt) } : null;
  const validMs = CHECK_EVERY_MS.get(quantityOf(entity)) ?? MEASURED_VALID_MS;
  return { entityId: entity.id, proven, how: isChecked ? 'checked' : null, failed: false, validMs };
}

const tells = (what: readonly Quantity[], [entity]: readonly [Entity, HealthRow]): boolean =>
  what.includes(quantityOf(entity));

/** How many of what everybody needs there are. */
export function countDevices(house: House): Circumstances['devices'] {
  const detectors = detectorsOf(house);
  return {
    sirens: sirensInUse(house).length,
    smokeDetectors: detectors.filter((one) => tells(['smoke', 'heat'], one)).length,
    coDetectors: detectors.filter((one) => tells(['carbon_monoxide'], one)).length,
  };
}
