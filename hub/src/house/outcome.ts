import type { Fact } from './facts.ts';

/**
 * Things to do, as values. `always` effects go out before the commit and even when it fails: a siren may sound, and gas may be shut off,
 * unlogged. `afterCommit` effects follow only a commit that succeeded: a door may not open unlogged.
 */
export type Effect =
  | { readonly do: 'commandSiren'; readonly topic: string; readonly payload: string; readonly qos: 0 | 1 }
  /** Shuts a valve, all the way. */
  | { readonly do: 'closeValve'; readonly topic: string; readonly payload: string; readonly qos: 0 | 1 }
  | {
      readonly do: 'commandEntity';
      readonly topic: string;
      readonly payload: string;
      readonly qos: 0 | 1;
    }
  /** Tells a board that its alarm message is on disk, so that it stops repeating it. */
  | { readonly do: 'answerBoard'; readonly deviceId: string; readonly boot: string; readonly seq: number }
  /** Cuts off whoever speaks under that broker identity; it may come back. */
  | { readonly do: 'endSession'; readonly username: string }
  /** Clears what a removed device left retained at the broker; a paired one's session ends, and its identity goes. */
  | {
      readonly do: 'forgetDevice';
      readonly deviceId: string;
      /** False for a found device: its id is what it says of itself, and may be the name of somebody else's identity. */
      readonly endsSession: boolean;
      readonly retainedTopics: readonly string[];
    };

/** Effects that must happen even when they cannot be written down. */
export const ALWAYS: ReadonlySet<Effect['do']> = new Set(['commandSiren', 'closeValve']);

/**
 * Effects that are still to be done when their commit failed and a later one succeeded: the house in memory has moved on,
 * and nobody would ask again. A command is not among them: minutes late it surprises people.
 */
export const OUTLASTING: ReadonlySet<Effect['do']> = new Set(['forgetDevice', 'answerBoard']);

/** What became of a fact. */
export type Settled = {
  /** The fact and all that followed; empty when a rule threw. */
  readonly facts: readonly Fact[];
  /** Whether all of it is on disk. False for facts that may wait for the next commit, too. */
  readonly saved: boolean;
};

/** What a reducer answers: its new state, the facts that follow and the effects. */
export type Outcome<S> = {
  readonly state: S;
  readonly facts?: readonly Fact[];
  readonly effects?: readonly Effect[];
};

const NONE: readonly Fact[] = [];

/** The facts that follow; none where a reducer says nothing of them. */
export const factsThatFollow = ({ facts }: Outcome<unknown>): readonly Fact[] => facts ?? NONE;
