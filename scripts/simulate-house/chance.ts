/** A source of chance: the next number in [0, 1). */
export type Chance = () => number;

/** Chance that repeats itself for the same seed (mulberry32, 32 bits of state: enough for noise, never for secrets). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normally distributed with mean 0 and deviation 1 (Box–Muller). */
export function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/** Evenly between two numbers. */
export function between(low: number, high: number, chance: Chance): number {
  return low + (high - low) * chance();
}

/** True once in a while: whether something that happens `perMinute` times a minute happens within `dtS` seconds. */
export function happens(perMinute: number, dtS: number, chance: Chance): boolean {
  return chance() < 1 - Math.exp((-perMinute * dtS) / 60);
}
