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

type Commanded = Extract<Fact, { type: 'commandSent' | 'commandConfirmed' | 'commandTimedOut' }>;

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
      return fact.value === true && !fact.retained ? takeSound(state, fact.entityId, now) : { state };
    case 'commandSent':
    case 'commandConfirmed':
    case 'commandTimedOut':
      return context.isSiren(fact.entityId) ? takeCommand(state, fact, now, context) : { state };
    case 'alarmRaised':
      return LIFE_SAFETY.has(fact.kind) && isSounding(fact.level)
        ? { state: prove(state, fact.entityId, 'alarmed', now) }
        : { state };
    case 'sirenTestBegan':
      return beginTest(state, fact, now);
    case 'sirenTestEnded':
      return { state: fact.mute.reduce(fail, state) };
    case 'sirensHeard':
      return { state: fact.entityIds.reduce((next, id) => prove(next, id, 'heard', now), state) };
    case 'questionAnswered': {
      const { question, answer, by } = fact;
      return {
        state: { ...state, houseAnswers: setRow(state.houseAnswers, question, { answer, at: now, by }) },
      };
    }
    case 'entityRetired':
      return dropSiren({ ...state, proofs: deleteRow(state.proofs, fact.entityId) }, fact.entityId);
    default:
      return { state };
  }
}

/** One that is slow may say that it sounds after it was told to stop: it has answered all the same. */
function takeSound(state: ReadinessState, entityId: string, now: Moment): Outcome<ReadinessState> {
  if (sirenTestOf(state)?.sirens[entityId]?.answer !== 'waiting') return { state };
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

const fail = (state: ReadinessState, entityId: string): ReadinessState => {
  const row = getRow(state.proofs, entityId) ?? NO_PROOF;
  return row.failed ? state : withProof(state, entityId, { ...row, failed: true });
};

const withProof = (state: ReadinessState, entityId: string, row: ProofRow): ReadinessState => ({
  ...state,
  proofs: setRow(state.proofs, entityId, row),
});
