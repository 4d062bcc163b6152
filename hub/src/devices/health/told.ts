import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import { getRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import type { HealthCheck } from '../healthSchema.ts';
import { isOnline, isSafety, liveOf, SILENT_MS } from '../heard.ts';
import { type DevicesState, entityIdsOf } from '../state.ts';
import { findDevice, loseDevice } from './dropOut.ts';
import { worstOf } from './findings.ts';
import { SUSPECT_SHARE } from './limits.ts';
import { type Findings, type HealthState, NO_FINDINGS } from './state.ts';
import { tellTroubles } from './troubles.ts';

/** All checks of a sensor that do not pass. */
export function findingsOf(state: HealthState, entityId: string): Findings {
  const kept = getRow(state.health, entityId)?.findings ?? NO_FINDINGS;
  const passing = getRow(state.pulses, entityId)?.passing ?? NO_FINDINGS;
  return passing === NO_FINDINGS ? kept : { ...passing, ...kept };
}

/** What followed for those entities: their health, whether their device is lost, what there is to tell of it. */
export function tell(
  before: HealthState,
  after: HealthState,
  devices: DevicesState,
  touched: readonly string[],
  now: Moment,
): Outcome<HealthState> {
  let state = after;
  const facts: Fact[] = [];
  const deviceIds = new Set<string>();
  for (const entityId of touched) {
    const entity = getRow(devices.entities, entityId);
    if (entity === undefined) continue;
    deviceIds.add(entity.deviceId);
    const news = newsOf(before, after, entity);
    if (news !== null) facts.push(news);
  }
  for (const run of [followDevice, tellTroubles]) {
    for (const deviceId of deviceIds) {
      const outcome = run(state, devices, deviceId, now);
      state = outcome.state;
      if (outcome.facts !== undefined) facts.push(...outcome.facts);
    }
  }
  return { state, facts };
}

function newsOf(before: HealthState, after: HealthState, entity: Entity): Fact | null {
  const old = findingsOf(before, entity.id);
  const findings = findingsOf(after, entity.id);
  const checks = Object.keys(findings) as HealthCheck[];
  const isSame =
    checks.length === Object.keys(old).length &&
    checks.every((check) => old[check]?.state === findings[check]?.state);
  if (isSame) return null;
  return {
    type: 'healthChanged',
    entityId: entity.id,
    deviceId: entity.deviceId,
    from: worstOf(old),
    to: worstOf(findings),
    findings: checks,
    isLifeSensor: isSafety(entity),
  };
}

/** A device of which anything is lost, and nothing was heard of late, is lost. */
function followDevice(
  state: HealthState,
  devices: DevicesState,
  deviceId: string,
  now: Moment,
): Outcome<HealthState> {
  const ids = entityIdsOf(devices, deviceId);
  const lost = ids.filter((id) => getRow(state.health, id)?.findings.silent?.state === 'lost');
  if (lost.length === 0) return findDevice(state, deviceId);
  return lost.some((id) => isGone(devices, id)) || !ids.some((id) => wasHeard(devices, id, now))
    ? loseDevice(state, devices, deviceId, now)
    : { state };
}

function isGone(devices: DevicesState, entityId: string): boolean {
  const entity = getRow(devices.entities, entityId);
  const live = liveOf(devices, entityId);
  return entity !== undefined && live.lastOnline !== null && !isOnline(entity, live);
}

const wasHeard = (devices: DevicesState, entityId: string, now: Moment): boolean => {
  const at = liveOf(devices, entityId).heardAt?.mono ?? null;
  return at !== null && now.mono - at < SILENT_MS * SUSPECT_SHARE;
};
