/** The search for the highest rate that holds: up by half each time until one does not, then between the two. */
export type Search = {
  readonly from: number;
  /** Beyond it nobody looks. */
  readonly upTo: number;
  /** Times that the gap is halved (as a ratio). 3: the answer is right to 6 %. */
  readonly bisections: number;
};

const STEP = 1.5;
/** A rate that cannot be held after one that was too high is tried lower, this often. */
const MAX_DOWN = 8;

type Holds = (rate: number) => Promise<boolean>;
type Gap = { readonly low: number; readonly high: number };

/**
 * @param holds tries one rate
 * @returns the highest rate that held; 0: none
 */
export async function highestThatHolds(search: Search, holds: Holds): Promise<number> {
  let { low, high } = await goUp(search, holds);
  for (let down = 0; low === 0 && down < MAX_DOWN; down++) {
    const rate = Math.max(1, Math.round(high / STEP));
    if (await holds(rate)) low = rate;
    else high = rate;
  }
  if (low === 0 || high === Number.POSITIVE_INFINITY) return low;
  for (let nth = 0; nth < search.bisections; nth++) {
    const rate = Math.round(Math.sqrt(low * high));
    if (await holds(rate)) low = rate;
    else high = rate;
  }
  return low;
}

async function goUp({ from, upTo }: Search, holds: Holds): Promise<Gap> {
  let low = 0;
  for (let rate = from; rate <= upTo; rate = Math.round(rate * STEP)) {
    if (!(await holds(rate))) return { low, high: rate };
    low = rate;
  }
  return { low, high: Number.POSITIVE_INFINITY };
}
