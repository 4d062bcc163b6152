import { Refusal } from '../shared/errors.ts';

/**
 * Runs one piece of work as soon as there is room.
 * @param first whose it is, when it is of somebody whom no stranger may keep out: it goes before all others that wait. Default nobody's
 */
export type Queue = <T>(work: () => Promise<T>, first?: string | null) => Promise<T>;

/** Pieces of work of one person that may wait before the others: more than that nobody needs, and it leaves room for the rest of the house. */
const WAITING_OF_ONE = 2;

type Waiting = { readonly of: string | null; readonly go: () => void };

/**
 * Lets only so many pieces of work run at a time; the others wait in one of two lines, so that a crowd in the one never
 * fills the other, and nobody alone fills the first.
 * @param waiting how many may stand in each line; one more is refused with `too-many-tries`
 */
export function createQueue(parallel: number, waiting: number): Queue {
  const before: Waiting[] = [];
  const behind: Waiting[] = [];
  let running = 0;

  function hasRoom(first: string | null): boolean {
    if (first === null) return behind.length < waiting;
    const own = before.filter(({ of }) => of === first);
    return own.length < WAITING_OF_ONE && before.length < waiting;
  }

  function makeRoom(): void {
    const next = before.shift() ?? behind.shift();
    if (next === undefined) running -= 1;
    else next.go();
  }

  return async (work, first = null) => {
    if (running >= parallel) {
      if (!hasRoom(first)) throw new Refusal('too-many-tries', { retryAfterS: 5 });
      const line = first === null ? behind : before;
      // Whoever finishes hands its place to the next in line, so `running` stays as it is.
      await new Promise<void>((go) => line.push({ of: first, go }));
    } else running += 1;
    try {
      return await work();
    } finally {
      makeRoom();
    }
  };
}
