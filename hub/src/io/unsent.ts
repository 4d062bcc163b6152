/** A QoS 1 message on its way to the broker. */
export type Unsent = {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain: boolean;
  /** A siren command: no number of other messages keeps it back, and of a topic only the newest counts. */
  readonly urgent?: boolean;
  /** Last moment at which sending it still makes sense; `Infinity`: always. Monotonic ms. */
  readonly until: number;
};

/** Messages kept while there is no broker. More than a house says in a minute; bounds the memory. */
export const MAX_UNSENT = 1_000;

/** Topics whose urgent message is kept beside them. Four times the sirens that a house may have. */
export const MAX_URGENT = 256;

/** The messages that wait for the broker: the urgent ones, then the others, each oldest first. */
export type UnsentQueue = {
  /**
   * Puts a message at the end. A newer retained message replaces the older one of its topic, and so does an urgent
   * one: only the last counts.
   * @returns false: the queue was full, and the oldest message was given up for this one
   */
  add(message: Unsent): boolean;
  /** Puts messages before all others, in their order. @returns how many were given up for the newer ones */
  putBack(older: readonly Unsent[]): number;
  /** Takes out all messages that still make sense at `now`; forgets the others and says how many they were. */
  take(now: number): { readonly messages: readonly Unsent[]; readonly stale: number };
};

/** @param limit how many messages may wait; default 1,000 */
export function createUnsentQueue(limit = MAX_UNSENT): UnsentQueue {
  let waiting: Unsent[] = [];
  let urgent: Unsent[] = [];
  const queue: UnsentQueue = {
    add(message) {
      if (message.urgent === true) {
        urgent = [...urgent.filter(({ topic }) => topic !== message.topic), message];
        if (urgent.length <= MAX_URGENT) return true;
        urgent.shift();
        return false;
      }
      if (message.retain) {
        waiting = waiting.filter((other) => !(other.retain && other.topic === message.topic));
      }
      waiting.push(message);
      if (waiting.length <= limit) return true;
      waiting.shift();
      return false;
    },
    putBack(older) {
      const all = [...older, ...urgent, ...waiting];
      waiting = [];
      urgent = [];
      return all.filter((message) => !queue.add(message)).length;
    },
    take(now) {
      const all = [...urgent, ...waiting];
      const messages = all.filter((message) => message.until >= now);
      const stale = all.length - messages.length;
      waiting = [];
      urgent = [];
      return { messages, stale };
    },
  };
  return queue;
}
