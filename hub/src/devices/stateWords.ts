import type { Listener } from './topics/topicIndex.ts';
import type { WireMessage } from './wireContext.ts';

/** Longer words are not kept, bytes: a device's whole state has some hundred. */
const MAX_WORD = 4_096;

/** Topics whose words are kept, and their bytes in all. Beyond it the oldest are forgotten. */
const MAX_TOPICS = 4_096;
const MAX_BYTES = 4_194_304;

/** Words of one topic that are kept while announcements wait: what a device says in a second, each of another part of it. */
const MAX_UNHEARD = 8;

type Words = readonly WireMessage[];

/** What may be several values in one: it has listeners that may come later than others. */
const isRecordLike = ({ payload }: WireMessage): boolean => payload[0] === 0x7b;

/** An event is over: only who was announced before it was said may be told of it late. */
const isHappening = ({ entity: { config } }: Listener): boolean =>
  config.component === 'event' || config.component === 'device_automation' || config.component === 'tag';

/**
 * What state topics said before everybody who hears them was announced. The broker tells what it remembers once, when a topic is first
 * asked for: whoever shares the topic and is announced later hears it from here. And what comes while announcements wait for their turn
 * is told to whom they bring.
 */
export function createStateWords() {
  const words = new Map<string, Words>();
  let bytes = 0;

  function forget(topic: string): void {
    for (const { payload } of words.get(topic) ?? []) bytes -= payload.length;
    words.delete(topic);
  }

  function put(topic: string, said: Words): void {
    forget(topic);
    words.set(topic, said);
    for (const { payload } of said) bytes += payload.length;
    while (words.size > MAX_TOPICS || bytes > MAX_BYTES) forget(words.keys().next().value as string);
  }

  return {
    /** @param isBehind whether announcements wait that came before it */
    hear(message: WireMessage, listeners: readonly Listener[], isBehind: boolean): void {
      const { topic } = message;
      const before = words.get(topic);
      if (message.payload.length > MAX_WORD) return forget(topic);
      // By itself: the bytes may be a piece of a larger packet.
      const word = () => ({ ...message, payload: new Uint8Array(message.payload) });
      if (isBehind) put(topic, [...(before ?? []).slice(1 - MAX_UNHEARD), word()]);
      else if (before !== undefined || (message.retain && (listeners.length > 1 || isRecordLike(message))))
        put(topic, [{ ...word(), retain: true }]);
    },
    /** What somebody who came late has to be told, oldest first. */
    for: (topic: string, listener: Listener): Words =>
      (words.get(topic) ?? []).filter(({ retain }) => !retain || !isHappening(listener)),
    /** Nothing is announced any more: the last word of each topic that is heard stands, but is no news. */
    settle(isHeard: (topic: string) => boolean): void {
      for (const [topic, said] of [...words]) {
        const last = said.at(-1);
        if (last === undefined || !isHeard(topic)) forget(topic);
        else if (said.length > 1 || !last.retain) put(topic, [{ ...last, retain: true }]);
      }
    },
    /** Topics that nobody hears any more. */
    forget: (topics: readonly string[]): void => topics.forEach(forget),
  };
}
