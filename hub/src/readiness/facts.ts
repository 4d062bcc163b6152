import type { Millis } from '../shared/time.ts';
import type { QuestionId } from './schema.ts';

export type ReadinessFact =
  | { readonly type: 'sirenTestAsked'; readonly by: string }
  /** These sirens are to sound for so long, and to have said so by then, ms of house time. */
  | {
      readonly type: 'sirenTestBegan';
      readonly entityIds: readonly string[];
      readonly soundMs: Millis;
      readonly answerMs: Millis;
      readonly by: string;
    }
  /** They have sounded long enough: these are to stop. */
  | { readonly type: 'sirenTestSilenced'; readonly entityIds: readonly string[] }
  /** Every siren has answered, or its time is over. `unknown`: those that never tell their state. */
  | {
      readonly type: 'sirenTestEnded';
      readonly by: string;
      readonly answered: readonly string[];
      readonly unknown: readonly string[];
      readonly mute: readonly string[];
    }
  /** Somebody heard these sirens in the last test. */
  | { readonly type: 'sirensHeard'; readonly entityIds: readonly string[]; readonly by: string }
  /** Somebody answered what only a person can know. */
  | {
      readonly type: 'questionAnswered';
      readonly question: QuestionId;
      readonly answer: boolean;
      readonly by: string;
    };
