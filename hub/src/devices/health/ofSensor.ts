import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import { liveOf, SILENT_MS } from '../heard.ts';
import type { DevicesState } from '../state.ts';
import { isEmpty, type Made, withFinding } from './findings.ts';
import { type Handled, newRow, pulseOf, resettle, untouched, withPulse, withRow } from './handled.ts';
import { noteImpossible, notePossible, noteRate, stillOf } from './heardValue.ts';
import {
  CO2_FRESH_PPM,
  FRESH_NOTED_MS,
  MALFORMED_MESSAGES,
  MALFORMED_MS,
  RANGE_FAULT_SAMPLES,
} from './limits.ts';
import { withOnHeard } from './selfTest.ts';
import { type HealthRow, type HealthState, NO_PULSE, type Pulse } from './state.ts';
import { isLife, isWatched } from './watched.ts';

/** The devices before and after they took the fact in. */
export type Seen = { readonly before: DevicesState; readonly devices: DevicesState };

type Reading = Extract<Fact, { type: 'reading' }>;

/** One value that cannot be. */
const ONCE: Made = { state: 'suspect', priority: 4 };

const faultFor = (entity: Entity): Made => ({ state: 'fault', priority: isLife(entity) ? 2 : 3 });

/** The row of a watched entity: kept, or begun now. Undefined: it is not watched. */
function rowFor(state: HealthState, entity: Entity, now: Moment): HealthRow | undefined {
  return getRow(state.health, entity.id) ?? (isWatched(entity) ? newRow(now, null) : undefined);
}

/** An entity and its row; null: it is gone, or not watched over. */
function watchedAs(state: HealthState, devices: DevicesState, entityId: string, now: Moment) {
  const entity = getRow(devices.entities, entityId);
  const row = entity && rowFor(state, entity, now);
  return entity === undefined || row === undefined ? null : { entity, row };
}

/** An ordinary reading of a healthy sensor changes nothing here, or one volatile row. */
export function takeReading(state: HealthState, seen: Seen, fact: Reading, now: Moment): Handled {
  const { entityId, value, retained } = fact;
  const known = getRow(state.health, entityId);
  if (known === undefined) return takeFirst(state, seen, fact, now);
  if (retained) return untouched(state);
  if (typeof value === 'string') return takeMalformed(state, seen.devices, entityId, now);
  const before = pulseOf(state, entityId);
  const last = liveOf(seen.before, entityId);
  const pulse = typeof value === 'number' ? pulseAfter(before, known, fact, value, last, now) : before;
  const row = rowAfter(known, pulse, fact, now);
  let next = pulse === before ? state : withPulse(state, entityId, pulse);
  if (row !== known) next = withRow(next, entityId, row);
  const isNews = row.findings !== known.findings || pulse.passing !== before.passing;
  const isDue = pulse.still !== before.still || isFasterNow(seen, entityId, last.everyMs);
  return afterReading(next, seen, entityId, { isNews, isDue: isDue || !isEmpty(known.findings) }, now);
}

/** Its checks are run again only when something was wrong, or another time is due now. */
function afterReading(
  state: HealthState,
  { devices }: Seen,
  entityId: string,
  { isNews, isDue }: { readonly isNews: boolean; readonly isDue: boolean },
  now: Moment,
): Handled {
  const entity = isDue ? getRow(devices.entities, entityId) : undefined;
  const settled = entity === undefined ? untouched(state) : resettle(state, devices, entity, now);
  return isNews ? { state: settled.state, touched: [entityId] } : settled;
}

/** It speaks more often than before: its silence is noticed sooner. Of one that speaks every minute nothing depends on that. */
function isFasterNow({ devices }: Seen, entityId: string, everyMs: number | null): boolean {
  if (everyMs !== null && everyMs <= SILENT_MS / 3) return false;
  const now = liveOf(devices, entityId).everyMs;
  return now !== null && (everyMs === null || now < everyMs);
}

function pulseAfter(
  before: Pulse,
  row: HealthRow,
  { quantity }: Reading,
  value: number,
  last: ReturnType<typeof liveOf>,
  now: Moment,
): Pulse {
  const rated = noteRate(before, quantity, value, last, now);
  const ranged = notePossible(rated, row.findings.range !== undefined);
  const still = stillOf(ranged, row, quantity, value, last);
  return still === ranged.still ? ranged : { ...ranged, still };
}

function rowAfter(row: HealthRow, pulse: Pulse, fact: Reading, now: Moment): HealthRow {
  const { quantity, value } = fact;
  if (typeof value !== 'number') return withOnHeard(row, fact, now);
  let next = row;
  const isRangePast = row.findings.range !== undefined && pulse.bad === 0 && pulse.good === 0;
  if (isRangePast) next = { ...next, findings: withFinding(next.findings, 'range', null, now) };
  if (row.still !== null && pulse.still === null) next = { ...next, still: null };
  const isFresh = quantity === 'carbon_dioxide' && value < CO2_FRESH_PPM;
  if (isFresh && now.mono - row.checkedAt >= FRESH_NOTED_MS) next = { ...next, checkedAt: now.mono };
  return next;
}

/** Of a sensor that has no row yet: an earlier version stored it, or it measures something else now. */
function takeFirst(state: HealthState, { devices }: Seen, fact: Reading, now: Moment): Handled {
  const known = watchedAs(state, devices, fact.entityId, now);
  if (known === null) return untouched(state);
  const { entity, row } = known;
  return resettle(withRow(state, entity.id, row), devices, entity, now);
}

export function takeImpossible(
  state: HealthState,
  devices: DevicesState,
  entityId: string,
  now: Moment,
): Handled {
  const known = watchedAs(state, devices, entityId, now);
  if (known === null) return untouched(state);
  const { entity, row } = known;
  const before = pulseOf(state, entityId);
  const old = row.findings.range;
  const pulse = noteImpossible(before, old !== undefined);
  const isFault = pulse.bad >= RANGE_FAULT_SAMPLES || old?.state === 'fault';
  // Also what is only suspect is written down: a restart makes it no truer.
  const made = isFault ? faultFor(entity) : ONCE;
  const findings = withFinding(row.findings, 'range', made, now);
  return put(state, entityId, { ...row, findings }, row, pulse, before);
}

/** Ten within a minute. Of a fault only the last time is noted: it ends a minute after it. */
export function takeMalformed(
  state: HealthState,
  devices: DevicesState,
  entityId: string,
  now: Moment,
): Handled {
  const known = watchedAs(state, devices, entityId, now);
  if (known === null) return untouched(state);
  const { entity, row } = known;
  const before = pulseOf(state, entityId);
  const malformed = [...before.malformed, now.mono].slice(-MALFORMED_MESSAGES);
  const isMany =
    malformed.length === MALFORMED_MESSAGES && now.mono - (malformed[0] as number) <= MALFORMED_MS;
  const findings = isMany ? withFinding(row.findings, 'malformed', faultFor(entity), now) : row.findings;
  const handled = put(state, entityId, { ...row, findings }, row, { ...before, malformed }, before);
  if (findings === row.findings) return handled;
  const { wakeAt } = handled.state;
  const endsAt = now.mono + MALFORMED_MS;
  return {
    ...handled,
    state: { ...handled.state, wakeAt: wakeAt === null ? endsAt : Math.min(wakeAt, endsAt) },
  };
}

function put(
  state: HealthState,
  entityId: string,
  row: HealthRow,
  hadRow: HealthRow,
  pulse: Pulse,
  hadPulse: Pulse,
): Handled {
  const hasNews = row.findings !== hadRow.findings;
  const isKnown = getRow(state.health, entityId) !== undefined;
  let next = withPulse(state, entityId, pulse);
  if (hasNews || !isKnown) next = withRow(next, entityId, row);
  return hasNews || pulse.passing !== hadPulse.passing
    ? { state: next, touched: [entityId] }
    : untouched(next);
}

/** The entity is new, or measures something else from now on. What was found of what it measured before is past. */
export function renew(
  state: HealthState,
  devices: DevicesState,
  entity: Entity,
  firstUse: number | null,
  now: Moment,
): Handled {
  if (!isWatched(entity)) return untouched(state);
  const row = newRow(now, firstUse);
  const next = withPulse(withRow(state, entity.id, row), entity.id, { ...NO_PULSE, from: now.mono });
  const settled = resettle(next, devices, entity, now);
  return { state: settled.state, touched: [entity.id] };
}
