import type { AlarmCause } from '../../alarms/schema.ts';
import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import { deleteRow, getRow, setRow } from '../../house/table.ts';
import type { Entity } from '../entity.ts';
import type { HealthCheck } from '../healthSchema.ts';
import type { DevicesState } from '../state.ts';
import { entityIdsOf } from '../state.ts';
import type { Finding, HealthState, Trouble } from './state.ts';
import { isLife, isSiren, watchedOf } from './watched.ts';

/** Of a device as a whole: one of its entities tells it for all. */
const OF_DEVICE: ReadonlySet<AlarmCause> = new Set<AlarmCause>([
  'silent',
  'battery',
  'battery-volts',
  'signal',
  'clock',
  'restarts',
]);

/** Passes by itself within a sample or two, or is meant so: nobody has to look. */
const NO_TROUBLE: ReadonlySet<HealthCheck> = new Set<HealthCheck>(['rate', 'warm-up', 'disabled']);

/** A check that is trouble only once the sensor is no more than suspect by it. */
const ONLY_WORSE: ReadonlySet<HealthCheck> = new Set<HealthCheck>(['silent', 'range']);

/** One reason to look at an entity. */
type Reason = Trouble & { readonly priority: number; readonly detail: number | null };

const GRAVE: ReadonlySet<Finding['state']> = new Set<Finding['state']>(['fault', 'lost', 'end-of-life']);

function reasonsOf(state: HealthState, devices: DevicesState, entity: Entity): readonly Reason[] {
  const findings = getRow(state.health, entity.id)?.findings ?? {};
  const isMute = isSiren(entity) && getRow(devices.commands, entity.id)?.phase === 'timedOut';
  if (findings.disabled !== undefined) return isMute && isToldMute(state, entity.id) ? [UNANSWERED] : [];
  const reasons: Reason[] = [];
  for (const [check, finding] of Object.entries(findings) as [HealthCheck, Finding][]) {
    const reason = reasonOf(entity, check, finding);
    if (reason !== null) reasons.push(reason);
  }
  if (isMute) reasons.push(UNANSWERED);
  return reasons.sort(byHurry);
}

/** A siren that was told and did not answer. */
const UNANSWERED: Reason = { cause: 'siren-mute', level: 'warning', priority: 2, detail: null };

const isToldMute = (state: HealthState, entityId: string): boolean =>
  getRow(state.troubles, entityId)?.cause === UNANSWERED.cause;

function reasonOf(entity: Entity, check: HealthCheck, { state, priority, detail }: Finding): Reason | null {
  if (NO_TROUBLE.has(check) || (ONLY_WORSE.has(check) && state === 'suspect')) return null;
  const cause = (check === 'silent' && isSiren(entity) ? 'siren-mute' : check) as AlarmCause;
  return { cause, level: isLife(entity) && GRAVE.has(state) ? 'warning' : 'advisory', priority, detail };
}

const byHurry = (a: Reason, b: Reason): number =>
  Number(b.level === 'warning') - Number(a.level === 'warning') || a.priority - b.priority;

/** What there is to tell of a device, by entity. */
function troublesOf(
  state: HealthState,
  devices: DevicesState,
  deviceId: string,
): ReadonlyMap<string, Reason> {
  const all = watchedOf(devices, deviceId).map(
    (entity) => [entity.id, reasonsOf(state, devices, entity)] as const,
  );
  const told = new Map<string, Reason>();
  for (const [entityId, reasons] of all) {
    const reason = reasons.find(
      ({ cause }) => !OF_DEVICE.has(cause) || speakerOf(state, all, cause) === entityId,
    );
    if (reason !== undefined) told.set(entityId, reason);
  }
  return told;
}

/** The entity that tells a trouble of the whole device: one for which it is gravest; who told it before goes on. */
function speakerOf(
  state: HealthState,
  all: readonly (readonly [string, readonly Reason[]])[],
  cause: AlarmCause,
): string | undefined {
  const having = all.flatMap(([entityId, reasons]) => {
    const reason = reasons.find((each) => each.cause === cause);
    return reason === undefined ? [] : [{ entityId, reason }];
  });
  const gravest = having.filter(({ reason }) => reason.level === 'warning');
  const fit = gravest.length > 0 ? gravest : having;
  const before = fit.find(({ entityId }) => getRow(state.troubles, entityId)?.cause === cause);
  return (before ?? fit[0])?.entityId;
}

/** Brings what is told of a device in step with what is found. */
export function tellTroubles(
  state: HealthState,
  devices: DevicesState,
  deviceId: string,
): Outcome<HealthState> {
  const wanted = troublesOf(state, devices, deviceId);
  const source = getRow(state.away, deviceId)?.source ?? null;
  let { troubles } = state;
  const facts: Fact[] = [];
  for (const entityId of entityIdsOf(devices, deviceId)) {
    const before = getRow(state.troubles, entityId);
    const reason = wanted.get(entityId);
    if (reason === undefined) {
      if (before === undefined) continue;
      troubles = deleteRow(troubles, entityId);
      facts.push({ type: 'troubleEnded', entityId, deviceId });
    } else if (before?.cause !== reason.cause || before.level !== reason.level) {
      const { cause, level, detail } = reason;
      troubles = setRow(troubles, entityId, { cause, level });
      facts.push({ type: 'troubleBegan', entityId, deviceId, cause, level, detail, source });
    }
  }
  return troubles === state.troubles ? { state } : { state: { ...state, troubles }, facts };
}

/** A siren out of use did not answer while it was to sound: it may be the one that was to wake somebody (F-25). */
export function tellUnusedMute(
  state: HealthState,
  devices: DevicesState,
  entityId: string,
): Outcome<HealthState> {
  const entity = getRow(devices.entities, entityId);
  const isUnused = getRow(state.health, entityId)?.findings.disabled !== undefined;
  if (entity === undefined || !isUnused || isToldMute(state, entityId)) return { state };
  const { cause, level, detail } = UNANSWERED;
  const { deviceId } = entity;
  return {
    state: { ...state, troubles: setRow(state.troubles, entityId, { cause, level }) },
    facts: [{ type: 'troubleBegan', entityId, deviceId, cause, level, detail, source: null }],
  };
}

/** An entity is gone: so is its trouble. */
export function forgetTrouble(state: HealthState, entityId: string, deviceId: string): Outcome<HealthState> {
  if (getRow(state.troubles, entityId) === undefined) return { state };
  return {
    state: { ...state, troubles: deleteRow(state.troubles, entityId) },
    facts: [{ type: 'troubleEnded', entityId, deviceId }],
  };
}
