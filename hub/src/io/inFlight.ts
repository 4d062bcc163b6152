import { MAX_UNSENT, MAX_URGENT, type Unsent } from './unsent.ts';

/** What was sent and not acknowledged yet, by message id. */
export type InFlight = {
  /** Whether one more message may go out. An urgent one always may. */
  mayAdd(message: Unsent): boolean;
  /**
   * Notes a message that was sent.
   * @returns id of an urgent message that need not be repeated any more: it was an older one of its topic, or there are too many
   */
  add(id: number, message: Unsent): number | null;
  remove(id: number): void;
  /** Takes out everything, oldest first. */
  takeAll(): readonly (readonly [id: number, message: Unsent])[];
};

/**
 * @param limit how many messages may be in flight; default 1,000
 * @param urgentLimit how many urgent ones beside them; default 256
 */
export function createInFlight(limit = MAX_UNSENT, urgentLimit = MAX_URGENT): InFlight {
  const messages = new Map<number, Unsent>();
  /** Of the urgent ones, oldest first: message id by topic. */
  const urgent = new Map<string, number>();

  function remove(id: number): void {
    const message = messages.get(id);
    messages.delete(id);
    if (message?.urgent === true) urgent.delete(message.topic);
  }

  /** Which urgent message gives way to one of that topic. */
  function outdatedBy(topic: string): number | null {
    const older = urgent.get(topic);
    if (older !== undefined || urgent.size < urgentLimit) return older ?? null;
    return urgent.values().next().value ?? null;
  }

  return {
    mayAdd: (message) => message.urgent === true || messages.size - urgent.size < limit,
    add(id, message) {
      const outdated = message.urgent === true ? outdatedBy(message.topic) : null;
      if (outdated !== null) remove(outdated);
      if (message.urgent === true) urgent.set(message.topic, id);
      messages.set(id, message);
      return outdated;
    },
    remove,
    takeAll() {
      const all = [...messages];
      messages.clear();
      urgent.clear();
      return all;
    },
  };
}
