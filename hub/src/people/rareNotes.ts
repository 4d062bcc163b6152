import { MINUTE_MS, type Millis } from '../shared/time.ts';

/** The same is told at most so often, ms: a stubborn screen must not fill the journal. */
const TELL_EVERY_MS: Millis = MINUTE_MS;

/** Things that are remembered: more than a house has people times rights. The oldest give way. */
const REMEMBERED = 1_000;

type Noted = { readonly at: Millis; readonly untold: number };

/** How often that was since it was last told, this time with it; null: it was told less than a minute ago. */
export type RareNotes = (what: string) => number | null;

/**
 * Counts what comes again and again, and says when it is to be told.
 * @param now epoch ms UTC
 */
export function createRareNotes(now: () => Millis): RareNotes {
  const noted = new Map<string, Noted>();
  return (what) => {
    const at = now();
    const last = noted.get(what);
    // A clock that was set back must not silence the journal.
    if (last !== undefined && at >= last.at && at - last.at < TELL_EVERY_MS) {
      noted.set(what, { at: last.at, untold: last.untold + 1 });
      return null;
    }
    noted.delete(what);
    noted.set(what, { at, untold: 0 });
    const [oldest] = noted.keys();
    if (noted.size > REMEMBERED && oldest !== undefined) noted.delete(oldest);
    return (last?.untold ?? 0) + 1;
  };
}
