/** A QoS 1 message on its way to the broker. */
export type Unsent = {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain: boolean;
  /** Last moment at which sending it still makes sense; `Infinity`: always. Monotonic ms. */
  readonly until: number;
};

/** Messages kept while there is no broker. More than a house says in a minute; bounds the memory. */
export const MAX_UNSENT = 1_000;

/** The messages that wait for the broker, oldest first. */
export type UnsentQueue = {
  /**
   * Puts a message at the end. A newer retained message replaces the older one of its topic: only the last counts.
   * @returns false: the queue was full, and the oldest message was given up for this one
   */
  add(message: Unsent): boolean;
  /** Takes out all messages that still make sense at `now`; forgets the others and says how many they were. */
  take(now: number): { readonly messages: readonly Unsent[]; readonly stale: number };
};

/** @param limit how many messages may wait; default 1,000 */
export function createUnsentQueue(limit = MAX_UNSENT): UnsentQueue {
  let waiting: Unsent[] = [];
  return {
    add(message) {
      if (message.retain) {
        waiting = waiting.filter((other) => !(other.retain && other.topic === message.topic));
      }
      waiting.push(message);
      if (waiting.length <= limit) return true;
      waiting.shift();
      return false;
    },
    take(now) {
      const messages = waiting.filter((message) => message.until >= now);
      const stale = waiting.length - messages.length;
      waiting = [];
      return { messages, stale };
    },
  };
}
