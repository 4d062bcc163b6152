import type { Fact } from '../house/facts.ts';
import type { Millis } from '../shared/time.ts';
import type { DevicesState } from './state.ts';

/** A message as the broker hands it over. */
export type WireMessage = {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** True: the broker's memory of an earlier message; its age is unknown. */
  readonly retain: boolean;
};

/** What the parts of the wire share. */
export type WireContext = {
  readonly read: () => DevicesState;
  /** Answers the fact and all that followed. */
  readonly dispatch: (fact: Fact) => readonly Fact[];
  /** House time now, ms. */
  readonly now: () => Millis;
  /** Runs a task once after a delay in house time, ms. */
  readonly after: (delay: Millis, task: () => void) => unknown;
  /** Something that the hobbyist should know and that costs nothing: the log holds itself back. */
  readonly report: (who: string, reason: string) => void;
  /** Counts a message that cannot be used. `who`: device id, or whom its topic speaks for. */
  readonly drop: (who: string, reason: string) => void;
  /** Asks a device for its states. Default: nobody is asked. */
  readonly ask?: (topic: string, payload: string) => void;
};
