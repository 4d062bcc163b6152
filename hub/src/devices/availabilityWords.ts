import type { Listener } from './topics/topicIndex.ts';
import type { WireMessage } from './wireContext.ts';

/** Longer than any "online": nothing larger is kept. Bytes. */
const MAX_WORD = 1_024;

/**
 * What availability topics said last. A gateway has one for all that speak through it; the broker tells its memory of it
 * once, when it is first asked for, so whoever is announced after that has to hear it from here.
 */
export function createAvailabilityWords() {
  const words = new Map<string, WireMessage>();
  return {
    hear(message: WireMessage, listeners: readonly Listener[]): void {
      if (!listeners.some(({ hears }) => hears === 'availability')) return;
      if (message.payload.length > MAX_WORD) words.delete(message.topic);
      // Kept as the broker would tell it, and by itself: the bytes may be a piece of a larger packet.
      else words.set(message.topic, { ...message, payload: new Uint8Array(message.payload), retain: true });
    },
    /** What the topic said last; undefined: nothing that is known. */
    of: (topic: string): WireMessage | undefined => words.get(topic),
    /** Topics that nobody hears any more. */
    forget(topics: readonly string[]): void {
      for (const topic of topics) words.delete(topic);
    },
  };
}
