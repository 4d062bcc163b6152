import type { LateListener, Listener } from './topicIndex.ts';
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
      else words.set(message.topic, { ...message, payload: message.payload.slice(), retain: true });
    },
    /** Tells those who came late what the broker told before, if they still want to hear it. */
    tell(
      late: readonly LateListener[],
      hearing: (topic: string) => readonly Listener[],
      take: (listener: Listener, message: WireMessage) => void,
    ): void {
      for (const { topic, listener } of late) {
        const message = words.get(topic);
        if (message !== undefined && hearing(topic).includes(listener)) take(listener, message);
      }
    },
    /** Topics that nobody hears any more. */
    forget(topics: readonly string[]): void {
      for (const topic of topics) words.delete(topic);
    },
  };
}
