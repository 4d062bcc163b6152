import type { Moment } from '../shared/time.ts';
import { judgeCapabilities } from './capabilities.ts';
import type { Circumstances } from './circumstances.ts';
import { QuestionId, type Readiness } from './schema.ts';
import { sirenTestOf } from './sirenTest.ts';
import type { ReadinessState, SirenTest } from './state.ts';
import { judgeWeaknesses } from './weaknesses.ts';

type Verdict = Omit<Readiness, 'mayTestSirens'>;

/** What is proven, what is weak, and what only a person can know. */
export const judge = (house: Circumstances, state: ReadinessState, now: Moment): Verdict => ({
  now: now.utc,
  rows: judgeCapabilities(house, now),
  weaknesses: judgeWeaknesses(house, now),
  questions: QuestionId.options.map((id) => {
    const said = house.answers[id];
    return { id, answer: said?.answer ?? null, at: said?.at.utc ?? null, by: said?.by ?? null };
  }),
  sirenTest: viewTest(sirenTestOf(state)),
});

function viewTest(test: SirenTest | undefined): Readiness['sirenTest'] {
  if (test === undefined) return null;
  const sirens = Object.entries(test.sirens).map(([entityId, { answer }]) => ({ entityId, answer }));
  return { at: test.at.utc, by: test.by, running: test.endsAt !== null, sirens };
}
