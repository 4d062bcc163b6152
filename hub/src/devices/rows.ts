import type { Millis, Moment } from '../shared/time.ts';
import type { Command } from './command.ts';
import type { Attributes, Value } from './told.ts';

/** What is known of an entity at this moment. Volatile: a restart begins with not knowing. Times: house time, ms. */
export type Live = {
  /** Null: never heard, or it said that it does not know. */
  readonly value: Value | null;
  /** Values beside the main one, as they stand. */
  readonly attributes: Attributes;
  /** When the value was last heard live; null: never, or only replayed by the broker. */
  readonly heardAt: Moment | null;
  /** Usual span between two reports, ms: a running mean that forgets a quarter at each report. */
  readonly everyMs: Millis | null;
  /** What its availability topics said last, by topic. */
  readonly online: Readonly<Record<string, boolean>>;
  /** The last word of any of them, for mode `latest`. */
  readonly lastOnline: boolean | null;
  /** It was told as lost, and not as found since. */
  readonly lost: boolean;
  /** house time at which it counts as silent; null: it may be silent for ever. */
  readonly silentAt: Millis | null;
  /** binary_sensor with `off_delay`: goes off by itself then. */
  readonly offAt: Millis | null;
};

/** An own board's runs and alarm messages. Durable, so that a repeated message is known after a restart too. */
export type BoardLog = {
  readonly boot: string | null;
  /** Alarm messages that were taken, of this boot and those before, newest last; at most `SEEN_MESSAGES`. */
  readonly seen: readonly (readonly [boot: string, seq: number])[];
  /** House times of its last starts, within the last hour; at most `KEPT_STARTS`. */
  readonly starts: readonly Millis[];
};

/** The last command to an entity. Durable: an answer that is awaited is awaited after a restart too. */
export type CommandRow = {
  /** Without its secret, if it had one. */
  readonly command: Command;
  readonly by: string;
  readonly phase: 'pending' | 'confirmed' | 'timedOut' | 'assumed';
  /** House time at which an answer is due; null when none is awaited. */
  readonly dueAt: Millis | null;
};

/** A device one of whose topics brings more than it may. Times: house time, ms. */
export type FloodRow = {
  /** Since when surplus has come without a pause, or since the session was ended last. */
  readonly runFrom: Millis;
  readonly lastAt: Millis;
};

/** Times a session was ended for a flood. Times: house time, ms. */
export type CutRow = { readonly times: number; readonly lastAt: Millis };

export type RoomRow = { readonly id: string; readonly name: string };
