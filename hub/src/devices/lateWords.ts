import { createAvailabilityWords } from './availabilityWords.ts';
import { createStateWords } from './stateWords.ts';
import type { LateListener, Listener } from './topics/topicIndex.ts';
import type { WireContext, WireMessage } from './wireContext.ts';

export type LateWordPorts = Pick<WireContext, 'after'> & {
  readonly hearing: (topic: string) => readonly Listener[];
  readonly take: (listener: Listener, message: WireMessage) => void;
};

const NOBODY: readonly LateListener[] = [];

/** What was said before somebody was announced who wants to hear it. */
export function createLateWords({ after, hearing, take }: LateWordPorts) {
  const available = createAvailabilityWords();
  const states = createStateWords();
  let late = NOBODY;

  const wordsFor = ({ topic, listener }: LateListener): readonly WireMessage[] => {
    const word = listener.hears === 'availability' ? available.of(topic) : undefined;
    const words = word === undefined ? states.for(topic, listener) : [word];
    return words.length > 0 && hearing(topic).includes(listener) ? words : [];
  };

  function tell(): void {
    const waiting = late;
    late = NOBODY;
    for (const each of waiting) for (const message of wordsFor(each)) take(each.listener, message);
  }

  return {
    /** @param isBehind whether announcements wait that came before it */
    hear(message: WireMessage, listeners: readonly Listener[], isBehind: boolean): void {
      available.hear(message, listeners);
      states.hear(message, listeners, isBehind);
    },
    /** They came after their topics had spoken. Told not at once: the fact that brought them is still being settled. */
    follow(more: readonly LateListener[]): void {
      if (late.length === 0 && more.length > 0) after(0, tell);
      if (more.length > 0) late = [...late, ...more];
    },
    /** Tells them now: something newer is about to be taken. */
    tell,
    /** No announcement waits any more. */
    settle: (): void => states.settle((topic) => hearing(topic).length > 0),
    /** Topics that nobody hears any more. */
    forget(topics: readonly string[]): void {
      available.forget(topics);
      states.forget(topics);
    },
  };
}
