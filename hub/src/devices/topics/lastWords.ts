import { earliest, type Millis } from '../../shared/time.ts';
import { isSafety } from '../heard.ts';
import { bytesOf, type HeldWord, type HeldWords, withWord } from '../heldWords.ts';
import type { WireMessage } from '../wireContext.ts';
import { type Bucket, type BucketSize, takeToken } from './tokenBucket.ts';
import type { Listener } from './topicIndex.ts';

/** Topics whose last words are kept at once, and their payloads, bytes: a word waits for a fraction of a second only. */
const MAX_TOPICS = 4_096;
const MAX_BYTES = 16_777_216;

/** The part of both that topics without life-safety entities may take: their flood leaves room for a detector's word. */
const COMMON_SHARE = 0.5;

/**
 * Surplus words that are read for one life-safety entity each: 2,000 at once, then 1,000 a second, some 2 % of a core. Beyond it
 * words are held unread, as many as there is room for.
 */
const READS: BucketSize = { burst: 2_000, perSecond: 1_000 };

/** Larger words tell no life-safety entity anything, bytes. Source: the wire's own limit. */
const MAX_READ = 65_536;

export type LastWordPorts = {
  readonly rate: {
    readonly mayPass: (message: WireMessage, now: Millis) => boolean;
    /** How long until it may be asked again, ms. */
    readonly waitMs: (message: WireMessage, now: Millis) => Millis;
  };
  readonly hearing: (topic: string) => readonly Listener[];
  /** House time now, ms. */
  readonly now: () => Millis;
  /** Runs a task once after a delay, ms. */
  readonly after: (delay: Millis, task: () => void) => unknown;
  /** Takes the word after all. `isFor`: who of those who hear the topic; default: everybody. */
  readonly deliver: (message: WireMessage, isFor?: (listener: Listener) => boolean) => void;
};

/** Of words that wait; there is always one. */
const newestOf = (words: HeldWords): WireMessage => (words.at(-1) as HeldWord).message;

const isSafetyState = (listener: Listener): listener is Extract<Listener, { hears: 'state' }> =>
  listener.hears === 'state' && isSafety(listener.entity);

/**
 * The newest message of a flood that had to wait. When it is the last one it is what holds now: a contact that said ON a
 * thousand times and then OFF is off. So it is let through as soon as the topic may speak again, and before it the last word of
 * each life-safety entity that the newest says nothing of.
 */
export function createLastWords({ rate, hearing, now, after, deliver }: LastWordPorts) {
  const held = new Map<string, HeldWords>();
  let bytes = 0;
  let reads: Bucket | null = null;
  let isPlanned = false;

  function put(topic: string, words: HeldWords): void {
    bytes += bytesOf(words) - bytesOf(held.get(topic) ?? []);
    if (words.length === 0) held.delete(topic);
    else held.set(topic, words);
  }

  /** Ids of the life-safety entities that the message tells something; null: there is no time to look. */
  function read({ topic, payload, retain }: WireMessage): ReadonlySet<string> | null {
    const told = new Set<string>();
    for (const listener of payload.length > MAX_READ ? [] : hearing(topic).filter(isSafetyState)) {
      const left = takeToken(reads, READS, now());
      if (left === null) return null;
      reads = left;
      const decoded = listener.decoder.decode(listener.part, payload, retain);
      if (decoded.kind === 'told' && decoded.told.value !== undefined) told.add(listener.entity.id);
    }
    return told;
  }

  function plan(): void {
    if (isPlanned || held.size === 0) return;
    let soonest: Millis | null = null;
    for (const words of held.values()) soonest = earliest(soonest, rate.waitMs(newestOf(words), now()));
    isPlanned = true;
    after(soonest ?? 0, () => {
      isPlanned = false;
      letThrough();
    });
  }

  /** Each to the life-safety entities whose last word it is: together they cost no more than one message to all. */
  function tell(words: HeldWords): void {
    for (const { message, tells } of words) {
      deliver(message, (listener) => isSafetyState(listener) && tells?.has(listener.entity.id) !== false);
    }
  }

  function letThrough(): void {
    for (const [topic, words] of [...held]) {
      const newest = newestOf(words);
      if (!rate.mayPass(newest, now())) continue;
      put(topic, []);
      tell(words.slice(0, -1));
      deliver(newest);
    }
    plan();
  }

  return {
    /** The topic may not speak now: its word waits. Of those that waited before it only life-safety entities' last words are left. False: there is no room for it. */
    keep(message: WireMessage): boolean {
      const { topic } = message;
      const isSafe = hearing(topic).some(isSafetyState);
      const words = isSafe ? withWord(held.get(topic) ?? [], message, read) : [{ message, tells: null }];
      const share = isSafe ? 1 : COMMON_SHARE;
      put(topic, []);
      if (held.size >= share * MAX_TOPICS || bytes + bytesOf(words) > share * MAX_BYTES) return false;
      put(topic, words);
      plan();
      return true;
    },
    /** A newer word of the topic is about to be taken: what life-safety entities were told before it goes first. */
    settle(topic: string): void {
      const words = held.get(topic);
      if (words === undefined) return;
      put(topic, []);
      if (hearing(topic).some(isSafetyState)) tell(words);
    },
  };
}
