import { Refusal } from '../shared/errors.ts';

/** `first`: before all others that wait, for somebody whom no stranger may keep out. Default `last`. */
export type Place = 'first' | 'last';

/** Runs one piece of work as soon as there is room. */
export type Queue = <T>(work: () => Promise<T>, place?: Place) => Promise<T>;

/**
 * Lets only so many pieces of work run at a time; the others wait in one of two lines, so that a crowd in the one never
 * fills the other.
 * @param waiting how many may stand in each line; one more is refused with `too-many-tries`
 */
export function createQueue(parallel: number, waiting: number): Queue {
  const lines: Readonly<Record<Place, (() => void)[]>> = { first: [], last: [] };
  let running = 0;
  return async (work, place = 'last') => {
    if (running >= parallel) {
      const line = lines[place];
      if (line.length >= waiting) throw new Refusal('too-many-tries', { retryAfterS: 5 });
      // Whoever finishes hands its place to the next in line, so `running` stays as it is.
      await new Promise<void>((go) => line.push(go));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = lines.first.shift() ?? lines.last.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
