import type { Millis } from '../shared/time.ts';

/** So long it works without a rest, ms: an alarm that wants this processor waits no longer. */
const WORK_MS: Millis = 4;

/** Rest after it, as often as the work took: a third of one processor at most. */
const REST_SHARE = 2;

/** Longest rest, ms: one who was kept from working has not worked. */
const LONGEST_REST_MS: Millis = 40;

export type PacePorts = {
  /** Milliseconds that never run backwards. */
  readonly now: () => Millis;
  /** Does nothing for so long. */
  readonly rest: (ms: Millis) => void;
};

/** An import is in no hurry: it leaves the processors to whoever has an alarm. Answers what is called now and then. */
export function createPace({ now, rest }: PacePorts): () => void {
  let since = now();
  return () => {
    const worked = now() - since;
    if (worked < WORK_MS) return;
    rest(Math.min(LONGEST_REST_MS, worked * REST_SHARE));
    since = now();
  };
}
