import { isSounding, LIFE_SAFETY } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, getRow, setRow } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import type { ProofHow } from './schema.ts';
import {
  beginTest,
  dropSiren,
  noteSiren,
  SIREN_TEST,
  settleTest,
  sirenTestOf,
  testWakeAt,
} from './sirenTest.ts';
import { NO_PROOF, type ProofRow, type ReadinessState, type StoredReadiness } from './state.ts';

/** What the readiness is told of the devices. */
export type ReadinessContext = {
  readonly isSiren: (entityId: string) => boolean;
  /** It never tells its state: what it was told is assumed. */
  readonly isAssumed: (entityId: string) => boolean;
};

/** Takes up stored rows. */
export const readinessFrom = ({ proofs, sirenTests, houseAnswers }: StoredReadiness): ReadinessState => ({
  proofs,
  sirenTests,
  houseAnswers,
  wakeAt: testWakeAt(sirenTestOf({ sirenTests })),
});

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;
type Commanded = FactOf<'commandSent' | 'commandConfirmed' | 'commandTimedOut'>;

export function reduceReadiness(
  state: ReadinessState,
  fact: Fact,
  now: Moment,
  context: ReadinessContext,
): Outcome<ReadinessState> {
  switch (fact.type) {
    case 'clockReached':
      return state.wakeAt === null || now.mono < state.wakeAt ? { state } : settleTest(state, now.mono);
    case 'reading':
      return takeSound(state, fact, now);
    case 'commandSent':
    case 'commandConfirmed':
    case 'commandTimedOut':
      return context.isSiren(fact.entityId) ? takeCommand(state, fact, now, context) : { state };
    case 'alarmRaised':
      return { state: noteAlarm(state, fact, now) };
    case 'upkeepChanged':
      return context.isSiren(fact.entityId) ? { state: noteTested(state, fact, now) } : { state };
    case 'sirenTestBegan':
      return beginTest(state, fact, now);
    case 'sirenTestEnded':
      return { state: fact.mute.reduce(fail, state) };
    case 'sirensHeard':
      return { state: fact.entityIds.reduce((next, id) => prove(next, id, 'heard', now), state) };
    case 'questionAnswered':
      return { state: answered(state, fact, now) };
    case 'entityRetired':
      return dropSiren({ ...state, proofs: deleteRow(state.proofs, fact.entityId) }, fact.entityId);
    default:
      return { state };
  }
}

/** One that is slow may say that it sounds after it was told to stop: it has answered all the same. */
function takeSound(
  state: ReadinessState,
  { entityId, value, retained }: FactOf<'reading'>,
  now: Moment,
): Outcome<ReadinessState> {
  const isSaid = value === true && !retained;
  if (!isSaid || sirenTestOf(state)?.sirens[entityId]?.answer !== 'waiting') return { state };
  return noteSiren(prove(state, entityId, 'answered', now), entityId, { answer: 'answered' });
}

/** A siren that was told to sound and says that it does has proven itself, whoever told it: a test, an alarm or a person. */
function takeCommand(
  state: ReadinessState,
  fact: Commanded,
  now: Moment,
  { isAssumed }: ReadinessContext,
): Outcome<ReadinessState> {
  const { entityId, command } = fact;
  const isOn = 'on' in command && command.on;
  if (fact.type === 'commandSent') {
    if (fact.by !== SIREN_TEST) return noteSiren(state, entityId, { isOurs: false });
    return isOn && isAssumed(entityId) ? noteSiren(state, entityId, { answer: 'unknown' }) : { state };
  }
  if (!isOn) return { state };
  if (fact.type === 'commandTimedOut') return noteSiren(fail(state, entityId), entityId, { answer: 'mute' });
  return noteSiren(prove(state, entityId, 'answered', now), entityId, { answer: 'answered' });
}

const prove = (state: ReadinessState, entityId: string, how: ProofHow, now: Moment): ReadinessState =>
  withProof(state, entityId, { proven: now, how, failed: false });

/** Somebody tested it by hand. That somebody heard it in this very moment says more. */
function noteTested(
  state: ReadinessState,
  { entityId, upkeep }: FactOf<'upkeepChanged'>,
  now: Moment,
): ReadinessState {
  const isNoted = getRow(state.proofs, entityId)?.proven?.mono === now.mono;
  return upkeep.tested !== true || isNoted ? state : prove(state, entityId, 'tested', now);
}

/** A detector whose alarm came has proven itself. */
const noteAlarm = (
  state: ReadinessState,
  { kind, level, entityId }: FactOf<'alarmRaised'>,
  now: Moment,
): ReadinessState =>
  LIFE_SAFETY.has(kind) && isSounding(level) ? prove(state, entityId, 'alarmed', now) : state;

const answered = (
  state: ReadinessState,
  { question, answer, by }: FactOf<'questionAnswered'>,
  now: Moment,
): ReadinessState => ({
  ...state,
  houseAnswers: setRow(state.houseAnswers, question, { answer, at: now, by }),
});

const fail = (state: ReadinessState, entityId: string): ReadinessState => {
  const row = getRow(state.proofs, entityId) ?? NO_PROOF;
  return row.failed ? state : withProof(state, entityId, { ...row, failed: true });
};

const withProof = (state: ReadinessState, entityId: string, row: ProofRow): ReadinessState => ({
  ...state,
  proofs: setRow(state.proofs, entityId, row),
});
