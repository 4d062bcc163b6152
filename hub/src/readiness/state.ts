import { emptyTable, type Table } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import type { ProofHow, SirenAnswer } from './schema.ts';

/** When a siren or detector was last seen to work. Durable, by entity. */
export type ProofRow = {
  /** Null: never. */
  readonly proven: Moment | null;
  readonly how: ProofHow | null;
  /** It has not answered since. */
  readonly failed: boolean;
};

export const NO_PROOF: ProofRow = { proven: null, how: null, failed: false };

/** One siren in a test. */
export type Tested = {
  readonly answer: SirenAnswer;
  /** The test's command is the last that it got: it is for the test to end its sound. */
  readonly isOurs: boolean;
};

/** The test that runs, or the last one. Durable: a siren that sounds when the hub dies is stopped by the next start. */
export type SirenTest = {
  readonly by: string;
  readonly at: Moment;
  readonly sirens: Readonly<Record<string, Tested>>;
  /** House time at which they are told to stop; null: they were. */
  readonly silentAt: Millis | null;
  /** House time at which nobody is waited for any longer; null: it is over. */
  readonly endsAt: Millis | null;
};

/** What a person said. Durable, by question. */
export type AnswerRow = { readonly answer: boolean; readonly at: Moment; readonly by: string };

export type StoredReadiness = {
  readonly proofs: Table<ProofRow>;
  /** At most one row. */
  readonly sirenTests: Table<SirenTest>;
  readonly houseAnswers: Table<AnswerRow>;
};

export type ReadinessState = StoredReadiness & {
  /** Nothing is due before this house time; null: nothing is. */
  readonly wakeAt: Millis | null;
};

export const EMPTY_READINESS: StoredReadiness = {
  proofs: emptyTable(),
  sirenTests: emptyTable(),
  houseAnswers: emptyTable(),
};

export const storedReadiness = ({ proofs, sirenTests, houseAnswers }: ReadinessState): StoredReadiness => ({
  proofs,
  sirenTests,
  houseAnswers,
});
