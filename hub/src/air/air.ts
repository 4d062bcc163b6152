import { compareLevels } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, getRow, rowsOf, setRow } from '../house/table.ts';
import { earliest, type Millis, type Moment } from '../shared/time.ts';
import type { AirRow, LimitProgress } from './airRow.ts';
import type { AirContext } from './context.ts';
import { endOf, nameOf } from './limitEnd.ts';
import { crosses, isClear, isPlausible, type Limit, limitsFor } from './limits.ts';
import { forgetMeasures, takeMeasures } from './measures.ts';
import type { AirKind } from './schema.ts';
import { type AirState, earliestEnd } from './state.ts';

/** A reading older than this when it comes is told as late, ms. Source: safety.md F-12. */
export const LATE_MS: Millis = 60_000;

export function reduceAir(state: AirState, fact: Fact, now: Moment, context: AirContext): Outcome<AirState> {
  switch (fact.type) {
    case 'reading':
      return takeReading(takeMeasures(state, fact, now, context), fact, now.mono);
    case 'clockReached':
      return endDelays(state, now.mono);
    case 'houseResumed':
    case 'brokerLost':
      return endDelays(unheard(state, [...rowsOf(state.rows)]), now.mono);
    case 'entityLost':
      return { state: unheard(state, [[fact.entityId, getRow(state.rows, fact.entityId)]]) };
    case 'entityRetired':
      return retire(state, fact.entityId);
    default:
      return { state };
  }
}

/** What was clear before a time in which nothing was heard has to be clear anew: silence is no clean air. */
function unheard(state: AirState, rows: readonly (readonly [string, AirRow | undefined])[]): AirState {
  let next = state.rows;
  for (const [entityId, row] of rows) {
    if (row === undefined || !Object.values(row.limits).some(isClearing)) continue;
    const limits = Object.entries(row.limits).map(([name, progress]) => [
      name,
      isClearing(progress) ? { ...progress, clearSince: null } : progress,
    ]);
    next = setRow(next, entityId, { ...row, limits: Object.fromEntries(limits) as AirRow['limits'] });
  }
  return next === state.rows ? state : { ...state, rows: next };
}

const isClearing = (progress: LimitProgress): boolean =>
  progress.phase === 'holds' && progress.clearSince !== null;

type Reading = Extract<Fact, { type: 'reading' }>;

function takeReading(state: AirState, reading: Reading, now: Millis): Outcome<AirState> {
  const { entityId, quantity, value } = reading;
  if (value === null || typeof value === 'string' || !isUsable(reading, value)) return { state };
  const limits = limitsFor(quantity, value);
  const row = getRow(state.rows, entityId);
  const crossed = limits.some((limit) => crosses(limit, value));
  if (row === undefined && !crossed) return { state };
  const before = row ?? { quantity, limits: {}, told: {}, value, unit: reading.unit, late: false };
  const progress = moveLimits(before.limits, limits, value, now);
  if (progress === before.limits) return { state };
  const news = { value, unit: reading.unit, late: reading.ageMs > LATE_MS };
  const isNews = crossed && isWorse(progress, before.limits);
  return tell(state, entityId, { ...before, ...(isNews ? news : {}), limits: progress });
}

/** A number that the broker replays may be a year old; a contact's replayed state is its state still. */
function isUsable(reading: Reading, value: number | boolean): boolean {
  if (reading.retained && typeof value === 'number') return false;
  return isPlausible(reading.quantity, value);
}

/** Whether a limit began to be crossed that was not before. */
function isWorse(after: AirRow['limits'], before: AirRow['limits']): boolean {
  return Object.keys(after).some((name) => before[name] === undefined);
}

/** The next progress of all limits of one sensor; the same object when nothing moved. */
function moveLimits(
  before: AirRow['limits'],
  limits: readonly Limit[],
  value: number | boolean,
  now: Millis,
): AirRow['limits'] {
  let after = before;
  for (const limit of limits) {
    const name = nameOf(limit);
    const old = before[name];
    const next = moveLimit(old, limit, value, now);
    if (next === old) continue;
    const { [name]: _, ...others } = after;
    after = next === undefined ? others : { ...others, [name]: next };
  }
  return after;
}

function moveLimit(
  old: LimitProgress | undefined,
  limit: Limit,
  value: number | boolean,
  now: Millis,
): LimitProgress | undefined {
  if (old?.phase === 'holds') return moveHolding(old, limit, value, now);
  if (!crosses(limit, value)) return undefined;
  const readings = (old?.readings ?? 0) + 1;
  const since = old?.since ?? now;
  if (now - since >= limit.onDelayMs && readings >= limit.confirmReadings) {
    return { phase: 'holds', clearSince: null };
  }
  // The count is kept only where it matters, so that an ordinary delay is written down once, not at every reading.
  if (old !== undefined && limit.confirmReadings === 1) return old;
  return { phase: 'pending', since, readings };
}

function moveHolding(
  old: LimitProgress & { phase: 'holds' },
  limit: Limit,
  value: number | boolean,
  now: Millis,
): LimitProgress | undefined {
  if (!isClear(limit, value)) return old.clearSince === null ? old : { phase: 'holds', clearSince: null };
  const clearSince = old.clearSince ?? now;
  if (now - clearSince >= limit.offDelayMs) return undefined;
  return old.clearSince === null ? { phase: 'holds', clearSince } : old;
}

/** Delays end by the clock too: a sensor that reports seldom, or died in bad air, alarms all the same. */
function endDelays(state: AirState, now: Millis): Outcome<AirState> {
  if (state.wakeAt === null || now < state.wakeAt) return { state };
  let next: AirState = state;
  const facts: Fact[] = [];
  for (const [entityId, row] of rowsOf(state.rows)) {
    const progress = endPending(row, now);
    if (progress === row.limits) continue;
    const outcome = tell(next, entityId, { ...row, limits: progress });
    next = outcome.state;
    facts.push(...(outcome.facts ?? []));
  }
  return { state: { ...next, wakeAt: earliestEnd(next.rows) }, facts };
}

function endPending(row: AirRow, now: Millis): AirRow['limits'] {
  let after = row.limits;
  for (const limit of limitsFor(row.quantity, row.value)) {
    const progress = row.limits[nameOf(limit)];
    if (progress?.phase !== 'pending' || limit.confirmReadings > 1) continue;
    if (now - progress.since >= limit.onDelayMs) {
      after = { ...after, [nameOf(limit)]: { phase: 'holds', clearSince: null } };
    }
  }
  return after;
}

/** Stores the row and says what changed by kind: the worst level that holds, or that none holds any more. */
function tell(state: AirState, entityId: string, row: AirRow): Outcome<AirState> {
  const facts: Fact[] = [];
  let told = row.told;
  for (const kind of kindsOf(row)) {
    const worst = worstHolding(row, kind);
    const level = worst?.level;
    if (level === told[kind]) continue;
    const { [kind]: _, ...others } = told;
    told = level === undefined ? others : { ...others, [kind]: level };
    facts.push(newsOf(entityId, kind, row, worst));
  }
  const next = told === row.told ? row : { ...row, told };
  const idle = Object.keys(next.limits).length === 0;
  const rows = idle ? deleteRow(state.rows, entityId) : setRow(state.rows, entityId, next);
  if (rows === state.rows) return { state, facts };
  return { state: { ...state, rows, wakeAt: earliest(state.wakeAt, idle ? null : endOf(next)) }, facts };
}

function newsOf(
  entityId: string,
  kind: AirKind,
  { value, unit, late }: AirRow,
  worst: Limit | undefined,
): Fact {
  if (worst === undefined) return { type: 'limitCleared', entityId, kind };
  const { level, latching, sound, cause } = worst;
  const limit = worst.crosses === 'on' ? null : worst.limit;
  return { type: 'limitCrossed', entityId, kind, level, value, unit, late, latching, sound, cause, limit };
}

function kindsOf(row: AirRow): Set<AirKind> {
  const kinds = Object.keys(row.limits).map((name) => name.slice(0, name.indexOf('/')) as AirKind);
  return new Set([...kinds, ...(Object.keys(row.told) as AirKind[])]);
}

function worstHolding(row: AirRow, kind: AirKind): Limit | undefined {
  let worst: Limit | undefined;
  for (const limit of limitsFor(row.quantity, row.value)) {
    if (limit.kind !== kind || row.limits[nameOf(limit)]?.phase !== 'holds') continue;
    if (worst === undefined || compareLevels(limit.level, worst.level) > 0) worst = limit;
  }
  return worst;
}

function retire(state: AirState, entityId: string): Outcome<AirState> {
  const rest = forgetMeasures(state, entityId);
  const row = getRow(state.rows, entityId);
  if (row === undefined) return { state: rest };
  const facts = (Object.keys(row.told) as AirKind[]).map(
    (kind): Fact => ({ type: 'limitCleared', entityId, kind }),
  );
  return { state: { ...rest, rows: deleteRow(state.rows, entityId) }, facts };
}
