import type { WireMessage } from './wireContext.ts';

/**
 * Most words that wait on one topic, and their bytes in all. A board has a handful of life-safety entities, and each needs one
 * word at most.
 */
const MAX_WORDS = 32;
const MAX_BYTES = 262_144;

/** A message that waits. */
export type HeldWord = {
  readonly message: WireMessage;
  /** Ids of the life-safety entities whose last word this is. Null: nobody has looked yet. */
  readonly tells: ReadonlySet<string> | null;
};

/** Words of one topic that wait, oldest first. The newest is for everybody, those before it for whom they tell something. */
export type HeldWords = readonly HeldWord[];

export const bytesOf = (words: HeldWords): number =>
  words.reduce((sum, { message }) => sum + message.payload.length, 0);

/**
 * The words with one more. Of those before it only what is still some life-safety entity's last word is kept: a detector that says
 * "smoke" and then "battery 12 %" has said smoke.
 * @param read ids of the life-safety entities that a message tells something; null: it cannot be read now
 */
export function withWord(
  words: HeldWords,
  message: WireMessage,
  read: (message: WireMessage) => ReadonlySet<string> | null,
): HeldWords {
  const newest = words.at(-1);
  if (newest !== undefined && isSaid(newest.message, message)) return words;
  const before = words.filter((word) => !isSaid(word.message, message));
  const last = before.at(-1);
  const settled =
    last === undefined
      ? before
      : withoutOvertaken([
          ...before.slice(0, -1),
          { message: last.message, tells: last.tells ?? read(last.message) },
        ]);
  return bounded([...settled, { message, tells: null }]);
}

function withoutOvertaken(words: HeldWords): HeldWords {
  const later = words.at(-1)?.tells ?? NOTHING;
  return words.flatMap((word, n) => {
    if (word.tells === null) return word;
    const tells =
      n === words.length - 1 ? word.tells : new Set([...word.tells].filter((id) => !later.has(id)));
    return tells.size === 0 ? [] : { ...word, tells };
  });
}

const NOTHING: ReadonlySet<string> = new Set();

/** The oldest that nobody could read goes first, then the oldest: what is known to be a last word outlasts the rest. */
function bounded(words: HeldWords): HeldWords {
  let kept = words;
  while (kept.length > 1 && (kept.length > MAX_WORDS || bytesOf(kept) > MAX_BYTES)) {
    const unread = kept.findIndex(({ tells }, n) => tells === null && n < kept.length - 1);
    kept = kept.filter((_, n) => n !== Math.max(0, unread));
  }
  return kept;
}

function isSaid(a: WireMessage, b: WireMessage): boolean {
  return (
    a.retain === b.retain &&
    a.payload.length === b.payload.length &&
    a.payload.every((byte, n) => byte === b.payload[n])
  );
}
