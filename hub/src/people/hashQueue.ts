import { Refusal } from '../shared/errors.ts';

/** Runs one piece of work as soon as there is room. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets only so many pieces of work run at a time; the others wait in line.
 * @param waiting how many may stand in line; one more is refused with `too-many-tries`
 */
export function createQueue(parallel: number, waiting: number): Queue {
  const line: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= parallel) {
      if (line.length >= waiting) throw new Refusal('too-many-tries', { retryAfterS: 5 });
      // Whoever finishes hands its place to the first in line, so `running` stays as it is.
      await new Promise<void>((go) => line.push(go));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
