import type { Outcome } from '../house/outcome.ts';
import { getRow, setRow } from '../house/table.ts';
import { earliest, type Millis, type Moment } from '../shared/time.ts';
import type { ReadinessFact } from './facts.ts';
import type { SirenAnswer } from './schema.ts';
import type { ReadinessState, SirenTest, Tested } from './state.ts';

/** In whose name sirens are commanded in a test. No person has such a name: names of commands are names of persons or ids of alarms. */
export const SIREN_TEST = '~siren-test';

const LAST = 'last';

/** The test that runs, or the last one; undefined: there has been none. */
export const sirenTestOf = (state: Pick<ReadinessState, 'sirenTests'>): SirenTest | undefined =>
  getRow(state.sirenTests, LAST);

export const isTesting = (state: ReadinessState): boolean => sirenTestOf(state)?.endsAt != null;

/** House time at which the test has something to do; null: it has not. */
export const testWakeAt = (test: SirenTest | undefined): Millis | null =>
  earliest(test?.silentAt ?? null, test?.endsAt ?? null);

type Began = Extract<ReadinessFact, { type: 'sirenTestBegan' }>;

const WAITING: Tested = { answer: 'waiting', isOurs: true };

/** One at a time: a second one would begin where the first is still to end its sound. */
export function beginTest(state: ReadinessState, fact: Began, now: Moment): Outcome<ReadinessState> {
  if (isTesting(state) || fact.entityIds.length === 0) return { state };
  return put(state, {
    by: fact.by,
    at: now,
    sirens: Object.fromEntries(fact.entityIds.map((id) => [id, WAITING])),
    silentAt: now.mono + fact.soundMs,
    endsAt: now.mono + Math.max(fact.answerMs, fact.soundMs),
  });
}

/** A siren said something, was commanded by somebody else, or its time is over. */
export function noteSiren(
  state: ReadinessState,
  entityId: string,
  what: { readonly answer?: SirenAnswer; readonly isOurs?: boolean },
): Outcome<ReadinessState> {
  const test = sirenTestOf(state);
  const before = test?.sirens[entityId];
  if (test === undefined || before === undefined || test.endsAt === null) return { state };
  const answer = before.answer === 'waiting' ? (what.answer ?? 'waiting') : before.answer;
  const isOurs = what.isOurs ?? before.isOurs;
  if (answer === before.answer && isOurs === before.isOurs) return { state };
  return endIfOver(state, { ...test, sirens: { ...test.sirens, [entityId]: { answer, isOurs } } });
}

/** A siren that is gone for good is waited for no longer. */
export function dropSiren(state: ReadinessState, entityId: string): Outcome<ReadinessState> {
  const test = sirenTestOf(state);
  if (test?.sirens[entityId] === undefined) return { state };
  const { [entityId]: _, ...sirens } = test.sirens;
  return endIfOver(state, { ...test, sirens });
}

/** What time does to a test. */
export function settleTest(state: ReadinessState, now: Millis): Outcome<ReadinessState> {
  const test = sirenTestOf(state);
  if (test === undefined) return { state };
  const isSilenced = test.silentAt !== null && now >= test.silentAt;
  const quiet = isSilenced ? { ...test, silentAt: null } : test;
  const isOver = quiet.endsAt !== null && now >= quiet.endsAt;
  const ended = isOver ? withoutWaiting(quiet) : quiet;
  if (!isSilenced && !isOver) return { state };
  const after = endIfOver(state, ended);
  const ours = Object.keys(test.sirens).filter((id) => test.sirens[id]?.isOurs === true);
  if (!isSilenced || ours.length === 0) return after;
  return { ...after, facts: [{ type: 'sirenTestSilenced', entityIds: ours }, ...(after.facts ?? [])] };
}

const withoutWaiting = (test: SirenTest): SirenTest => ({
  ...test,
  sirens: Object.fromEntries(
    Object.entries(test.sirens).map(([id, each]) => [
      id,
      each.answer === 'waiting' ? { ...each, answer: 'mute' as const } : each,
    ]),
  ),
});

/** It is over when nobody is waited for and everybody was told to stop. */
function endIfOver(state: ReadinessState, test: SirenTest): Outcome<ReadinessState> {
  const all = Object.entries(test.sirens);
  const isOpen = test.silentAt !== null || all.some(([, { answer }]) => answer === 'waiting');
  if (isOpen || test.endsAt === null) return put(state, test);
  const saying = (word: SirenAnswer) => all.filter(([, { answer }]) => answer === word).map(([id]) => id);
  return {
    ...put(state, { ...test, endsAt: null }),
    facts: [
      {
        type: 'sirenTestEnded',
        by: test.by,
        answered: saying('answered'),
        unknown: saying('unknown'),
        mute: saying('mute'),
      },
    ],
  };
}

const put = (state: ReadinessState, test: SirenTest): Outcome<ReadinessState> => ({
  state: { ...state, sirenTests: setRow(state.sirenTests, LAST, test), wakeAt: testWakeAt(test) },
});
