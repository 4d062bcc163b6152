import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until the answer is neither undefined, null nor false.
 * @throws with `what` when it takes longer than `limitMs`
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  limitMs = 10_000,
): Promise<Exclude<T, undefined | null | false>> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer as Exclude<T, undefined | null | false>;
    }
    if (performance.now() > end) throw new Error(`Not in ${limitMs} ms: ${what}`);
    await sleep(20);
  }
}
