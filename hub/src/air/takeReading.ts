import type { Doubt } from '../devices/healthSchema.ts';
import type { Fact } from '../house/facts.ts';
import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import { earliest, type Millis, type Moment } from '../shared/time.ts';
import type { AirRow, Limits } from './airRow.ts';
import { forgetClimate, isClimate } from './climate.ts';
import type { AirContext } from './context.ts';
import { fullAt } from './exposure.ts';
import { breatheDoubted } from './exposures.ts';
import { type Judged, judge, judgeContact, type Said } from './judged.ts';
import { moveLimits } from './limitMachine.ts';
import { crosses, isClear, type Limit } from './limits/limit.ts';
import { limitsFor, unverifiedFor } from './limits/table.ts';
import { isDose, isExtreme } from './limits/unverified.ts';
import { saidNow } from './measuredNow.ts';
import { takeMeasures } from './measures.ts';
import { baselineNews, doubtCell } from './oxygen/cells.ts';
import { isPlausible } from './plausible.ts';
import type { AirState } from './state.ts';
import { tell } from './telling.ts';

type Reading = Extract<Fact, { type: 'reading' }>;

/** A reading older than this when it comes is told as late, ms. Source: safety.md F-12. */
export const LATE_MS: Millis = 60_000;

/**
 * Takes in what a sensor said. What is no number or contact never gets near a limit (safety.md AIR-3); a number that the broker
 * replays may be a year old, while a contact's replayed state is its state still.
 * @param isTrue false: its own sensor cannot have measured that
 */
export function takeReading(
  state: AirState,
  reading: Reading,
  now: Moment,
  context: AirContext,
  isTrue = true,
): Outcome<AirState> {
  const { value, entityId, quantity, retained } = reading;
  if (context.isLeftOut(entityId)) return { state };
  if (typeof value === 'boolean') return takeContact(state, reading, value, now.mono);
  if (typeof value !== 'number' || !Number.isFinite(value) || retained) return { state };
  const doubt = context.doubtOf(entityId) ?? (isTrue && isPlausible(quantity, value) ? null : 'range');
  if (doubt !== null) {
    return takeDoubtful(withoutDoubtful(state, reading), { ...reading, value, doubt, isTrue }, now);
  }
  const next = wakeForDose(takeMeasures(state, reading, value, now, context), reading);
  const outcome = takeBelieved(next, reading, value, now.mono);
  const news = baselineNews(state, next, entityId);
  return news.length === 0 ? outcome : { ...outcome, facts: [...factsThatFollow(outcome), ...news] };
}

/** Nothing is concluded for others from what cannot be believed, and not where it goes. */
function withoutDoubtful(state: AirState, { entityId, quantity }: Reading): AirState {
  if (quantity === 'oxygen') return doubtCell(state, entityId);
  return isClimate(quantity) ? forgetClimate(state, entityId) : state;
}

/** A dose that goes on in silence fills by the clock. */
function wakeForDose(state: AirState, { entityId, quantity }: Reading): AirState {
  if (quantity !== 'carbon_monoxide') return state;
  const row = getRow(state.exposures, entityId);
  const full = row === undefined ? null : fullAt(row, state.settings);
  return full === null ? state : { ...state, wakeAt: earliest(state.wakeAt, full) };
}

function takeContact(state: AirState, reading: Reading, value: boolean, now: Millis): Outcome<AirState> {
  const limits = limitsFor(state.limits, reading.quantity, value);
  return move(state, reading, limits, (limit) => judgeContact(limit, value), now);
}

function takeBelieved(state: AirState, reading: Reading, value: number, now: Millis): Outcome<AirState> {
  const { entityId, quantity } = reading;
  const limits = limitsFor(state.limits, quantity, value);
  if (limits.length === 0) return { state };
  const said: Said = saidNow(state, entityId, quantity, value, now);
  const row = getRow(state.rows, entityId);
  // What was held against it while it could not be trusted is settled by a reading that can.
  const doubted =
    row === undefined ? [] : unverifiedFor(state.limits, quantity).filter(({ id }) => id in row.limits);
  const all = doubted.length === 0 ? limits : [...limits, ...doubted];
  return move(state, reading, all, (limit) => judge(limit, said), now);
}

/**
 * A reading that cannot be trusted is held against no limit; but one on the dangerous side warns at once, a second that agrees
 * alarms, and carbon monoxide below that adds up to a dose. It clears nothing but what was said in doubt, else a new sensor would call
 * the sirens for the two days in which it warms up. Source: safety.md AIR-2. While a sensor warms up only the worst alarms at once
 * (§3.2 "dangerous extremes").
 */
function takeDoubtful(before: AirState, reading: Doubtful, now: Moment): Outcome<AirState> {
  const { entityId, quantity, value, doubt } = reading;
  const canBe = isPlausible(quantity, value);
  const state =
    quantity === 'carbon_monoxide' && canBe
      ? wakeForDose(breatheDoubted(before, entityId, value, now), reading)
      : before;
  const said = saidNow(state, entityId, quantity, value, now.mono);
  const limits = unverifiedFor(state.limits, quantity).filter(
    (limit) => doubt !== 'warming-up' || limit.confirmReadings === 1 || isExtreme(limit),
  );
  return move(
    state,
    reading,
    limits,
    (limit) => judgeDoubtful(limit, said, canBe && reading.isTrue),
    now.mono,
  );
}

/** A number, why it cannot be trusted, and whether its sensor can have measured it. */
type Doubtful = Reading & { readonly value: number; readonly doubt: Doubt; readonly isTrue: boolean };

/** @param mayClear the value is one that air can have */
function judgeDoubtful(limit: Limit, said: Said, mayClear: boolean): Judged {
  const judged = isDose(limit) ? judge(limit, said) : judgeRaw(limit, said.raw);
  return judged.is === 'clear' && !mayClear ? { ...judged, is: 'between' } : judged;
}

function judgeRaw(limit: Limit, value: number): Judged {
  if (crosses(limit, value)) return { is: 'crossed', value };
  return { is: isClear(limit, value) ? 'clear' : 'between', value };
}

function move(
  state: AirState,
  { entityId, quantity, ageMs }: Reading,
  limits: readonly Limit[],
  judgement: (limit: Limit) => Judged,
  now: Millis,
): Outcome<AirState> {
  const row = getRow(state.rows, entityId);
  const held = row === undefined ? NO_LIMITS : row.limits;
  const after = moveLimits(held, limits, judgement, now);
  if (after === held) return { state };
  const before = row ?? emptyRow(quantity);
  const late = isWorse(after, before.limits) ? ageMs > LATE_MS : before.late;
  return tell(state, entityId, { ...before, late, limits: after });
}

/** No limit has come anywhere: what nearly every reading meets. */
const NO_LIMITS: Limits = {};

const emptyRow = (quantity: AirRow['quantity']): AirRow => ({
  quantity,
  limits: NO_LIMITS,
  told: {},
  late: false,
});

/** Whether a limit began to be crossed that was not before. */
function isWorse(after: Limits, before: Limits): boolean {
  return Object.keys(after).some((id) => before[id] === undefined);
}
