import { isSounding, LIFE_SAFETY } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { deleteRow, getRow, rowsOf, setRow, tableOf } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { earliest } from '../shared/time.ts';
import type { AirRow, LimitProgress } from './airRow.ts';
import { forgetClimate } from './climate.ts';
import type { AirContext } from './context.ts';
import {
  type FullDose,
  fillExposures,
  fullExposures,
  isLastDoubted,
  nextFullAt,
  resumedExposures,
  silentExposure,
} from './exposures.ts';
import { confirmFire } from './fire.ts';
import { judgeAnew, type SaidLast } from './judgeAnew.ts';
import { endPending, stillHolding } from './limitMachine.ts';
import type { Limit } from './limits/limit.ts';
import { limitsFor, limitsWith, unverifiedFor } from './limits/table.ts';
import { isBreathed, isDose } from './limits/unverified.ts';
import { forgetMeasures, silence } from './measures.ts';
import { calibrateCell, forgetCell, renewCell } from './oxygen/cells.ts';
import type { AirKind } from './schema.ts';
import { HOUSEHOLD, withPatch } from './settings.ts';
import { type AirState, earliestEnd } from './state.ts';
import { takeReading } from './takeReading.ts';
import { tell } from './telling.ts';

export function reduceAir(state: AirState, fact: Fact, now: Moment, context: AirContext): Outcome<AirState> {
  const outcome = reduce(state, fact, now, context);
  // Only limits that moved can have made, or ended, a fire.
  if (outcome.state.rows === state.rows) return outcome;
  const fire = confirmFire(state.rows, outcome.state);
  return { state: fire.state, facts: [...factsThatFollow(outcome), ...factsThatFollow(fire)] };
}

function reduce(state: AirState, fact: Fact, now: Moment, context: AirContext): Outcome<AirState> {
  switch (fact.type) {
    case 'reading':
      return takeReading(state, fact, now, context);
    case 'impossibleHeard':
      // No reading that anybody could have meant; on the dangerous side it is one that cannot be verified.
      return takeReading(state, { ...fact, type: 'reading', retained: false }, now, context, false);
    case 'clockReached':
      return endDelays(state, now, context);
    case 'houseResumed':
      return inOrder(state, resume(now, context), (next) => endDelays(next, now, context));
    case 'brokerLost':
      return endDelays(unheard(silence(state, now.mono), [...rowsOf(state.rows)]), now, context);
    case 'entityLost':
      return { state: lost(state, fact.entityId, now) };
    case 'entityRetired':
      return retire(state, fact.entityId);
    case 'healthChanged':
      return fact.to === 'disabled' ? unrelied(state, fact.entityId, now) : { state };
    case 'upkeepChanged':
      // Another month of manufacture is another cell: what the old one was corrected by says nothing of it.
      return { state: fact.upkeep.madeOn === undefined ? state : renewCell(state, fact.entityId) };
    case 'calibrationAsked':
      return calibrateCell(state, fact, now, context);
    case 'airSettingsChanged':
      return changeSettings(state, fact, now, context);
    default:
      return { state };
  }
}

/** One after the other, with the facts of all. */
function inOrder(state: AirState, ...parts: readonly ((state: AirState) => Outcome<AirState>)[]) {
  let next = state;
  const facts: Fact[] = [];
  for (const part of parts) {
    const outcome = part(next);
    next = outcome.state;
    facts.push(...factsThatFollow(outcome));
  }
  return { state: next, facts };
}

/** A version that knows a limit no more ends what was told of it. */
const resume =
  (now: Moment, context: AirContext) =>
  (before: AirState): Outcome<AirState> => {
    const state = unheard(silence(resumedExposures(before, now), now.mono), [...rowsOf(before.rows)]);
    return inOrder(
      // Doses that will fill are looked for at once.
      { ...state, wakeAt: now.mono },
      ...[...rowsOf(state.rows)].map(
        ([id, row]) =>
          (next: AirState) =>
            tell(next, id, row),
      ),
      // … and those that filled while the hub was down.
      (next) => judgeDoses(next, fullExposures(next), now.mono, context),
    );
  };

/** What was clear before a time in which nothing was heard has to be clear anew: silence is no clean air. */
function unheard(state: AirState, rows: readonly (readonly [string, AirRow | undefined])[]): AirState {
  let next = state.rows;
  for (const [entityId, row] of rows) {
    if (row === undefined || !Object.values(row.limits).some(isClearing)) continue;
    const limits = Object.entries(row.limits).map(([id, progress]) => [id, stillHolding(progress)] as const);
    next = setRow(next, entityId, { ...row, limits: Object.fromEntries(limits) });
  }
  return next === state.rows ? state : { ...state, rows: next };
}

const isClearing = (progress: LimitProgress): boolean =>
  progress.phase === 'holds' && progress.clearSince !== null;

function lost(before: AirState, entityId: string, now: Moment): AirState {
  const state = forgetSaid(before, entityId, now);
  return unheard(state, [[entityId, getRow(state.rows, entityId)]]);
}

/** What it said last stands no longer, neither for itself nor for what stands beside it. */
function forgetSaid(state: AirState, entityId: string, now: Moment): AirState {
  const silent = silentExposure(silence(state, now.mono, entityId), entityId, now);
  return forgetClimate(forgetCell(silent, entityId), entityId);
}

/**
 * Nobody relies on it any more: its comfort is nobody's concern, and from now on its numbers are taken with doubt. No setting ends a
 * danger that holds; one that was on its way is told sooner by the next doubtful reading, and could not end as one that was believed.
 */
function unrelied(before: AirState, entityId: string, now: Moment): Outcome<AirState> {
  const state = forgetSaid(before, entityId, now);
  const row = getRow(state.rows, entityId);
  if (row === undefined) return { state };
  const dangers = Object.entries(row.limits).filter(([id, progress]) =>
    staysUnrelied(state.limits.byId.get(id), progress),
  );
  return tell(state, entityId, { ...row, limits: Object.fromEntries(dangers) });
}

const staysUnrelied = (limit: Limit | undefined, { phase }: LimitProgress): boolean =>
  limit !== undefined &&
  (limit.crosses === 'on' ||
    limit.cause === 'unverified' ||
    (phase === 'holds' && isSounding(limit.level) && LIFE_SAFETY.has(limit.kind)));

/** Delays end by the clock too, and doses fill by it. */
function endDelays(before: AirState, now: Moment, context: AirContext): Outcome<AirState> {
  if (before.wakeAt === null || now.mono < before.wakeAt) return { state: before };
  const { state, facts } = inOrder(
    before,
    (each) => endAllPending(each, now.mono),
    (each) => fill(each, now, context),
  );
  const wakeAt = earliest(earliestEnd(state.rows, state.limits), nextFullAt(state));
  return { state: { ...state, wakeAt }, facts };
}

const endAllPending = (state: AirState, now: Millis): Outcome<AirState> =>
  inOrder(
    state,
    ...[...rowsOf(state.rows)].map(([entityId, row]) => (each: AirState): Outcome<AirState> => {
      const limits = endPending(row, state.limits, now);
      return limits === row.limits ? { state: each } : tell(each, entityId, { ...row, limits });
    }),
  );

function fill(before: AirState, now: Moment, context: AirContext): Outcome<AirState> {
  const { state, filled } = fillExposures(before, now);
  return judgeDoses(state, filled, now.mono, context);
}

/**
 * Since a restart nothing but the dose may be known of a sensor that has not spoken yet. A dose of what cannot be trusted is told as such
 * when the clock fills it too: only then do readings that stay doubtful end it. Nor is it any better once the sensor is back in use: until
 * it speaks, what fills it is what it said before.
 */
function judgeDoses(
  state: AirState,
  full: readonly FullDose[],
  now: Millis,
  context: AirContext,
): Outcome<AirState> {
  const said = full.map(({ entityId, ppm, isDoubted }): SaidLast => {
    const quantity = 'carbon_monoxide';
    const limits =
      !isDoubted && context.doubtOf(entityId) === null
        ? limitsFor(state.limits, quantity, ppm)
        : unverifiedFor(state.limits, quantity).filter(isDose);
    return { entityId, quantity, value: ppm, limits };
  });
  return judgeAnew(state, said, now);
}

function retire(before: AirState, entityId: string): Outcome<AirState> {
  const state = forgetMeasures(before, entityId);
  const row = getRow(state.rows, entityId);
  if (row === undefined) return { state };
  const facts = (Object.keys(row.told) as AirKind[]).map(
    (kind): Fact => ({ type: 'limitCleared', entityId, kind, offDelayMs: 0 }),
  );
  return { state: { ...state, rows: deleteRow(state.rows, entityId) }, facts };
}

type Changed = Extract<Fact, { type: 'airSettingsChanged' }>;

/**
 * New limits hold at once, for what was believed last too. Source: safety.md AIR-1. What was breathed since may be doubtful: no setting
 * makes an alarm of it that only a reading that can be trusted would end.
 */
function changeSettings(
  before: AirState,
  { patch }: Changed,
  now: Moment,
  context: AirContext,
): Outcome<AirState> {
  const settings = withPatch(before.settings, patch);
  const limits = limitsWith(settings);
  const settingsRows = tableOf([[HOUSEHOLD, settings]]);
  const state = { ...before, settings, settingsRows, limits, fires: null, wakeAt: now.mono };
  const heard = [...rowsOf(state.means)].flatMap(([entityId, { at, quantity, value }]): SaidLast[] => {
    if (at === null) return [];
    const all = limitsFor(limits, quantity, value);
    const isBelieved = context.doubtOf(entityId) === null && !isLastDoubted(before, entityId);
    return [{ entityId, quantity, value, limits: isBelieved ? all : all.filter((one) => !isBreathed(one)) }];
  });
  return inOrder(
    state,
    (each) => judgeAnew(each, heard, now.mono),
    (each) => endDelays(each, now, context),
  );
}
