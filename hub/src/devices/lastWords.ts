import { earliest, type Millis } from '../shared/time.ts';
import type { TopicRate } from './topicRate.ts';
import type { WireMessage } from './wireContext.ts';

/** Topics whose last word is kept at once, and their payloads, bytes: a word waits for a fraction of a second only. */
const MAX_WORDS = 4_096;
const MAX_BYTES = 16_777_216;

export type LastWordPorts = {
  readonly rate: TopicRate;
  /** House time now, ms. */
  readonly now: () => Millis;
  /** Runs a task once after a delay, ms. */
  readonly after: (delay: Millis, task: () => void) => unknown;
  /** Takes the word after all. */
  readonly deliver: (message: WireMessage) => void;
};

/**
 * The newest message of a flood that had to wait. When it is the last one it is what holds now: a contact that said ON a
 * thousand times and then OFF is off. So it is let through as soon as the topic may speak again.
 */
export function createLastWords({ rate, now, after, deliver }: LastWordPorts) {
  const words = new Map<string, WireMessage>();
  let bytes = 0;
  let isPlanned = false;

  function forget(topic: string): void {
    const word = words.get(topic);
    if (word === undefined) return;
    words.delete(topic);
    bytes -= word.payload.length;
  }

  function plan(): void {
    if (isPlanned || words.size === 0) return;
    let soonest: Millis | null = null;
    for (const topic of words.keys()) soonest = earliest(soonest, rate.waitMs(topic, now()));
    isPlanned = true;
    after(soonest ?? 0, () => {
      isPlanned = false;
      letThrough();
    });
  }

  function letThrough(): void {
    for (const [topic, word] of [...words]) {
      if (!rate.mayPass(topic, now())) continue;
      forget(topic);
      deliver(word);
    }
    plan();
  }

  return {
    /** The topic may not speak now: its word waits. One that waited before it is past. */
    keep(message: WireMessage): void {
      forget(message.topic);
      if (words.size >= MAX_WORDS || bytes + message.payload.length > MAX_BYTES) return;
      words.set(message.topic, message);
      bytes += message.payload.length;
      plan();
    },
    /** A newer word of the topic was taken. */
    forget,
  };
}
