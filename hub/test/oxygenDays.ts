/**
 * The seeded air of safety.md §2.4, as a cell of a usual board tells it: white noise 0.04 % vol, a slow noise of 0.03 % vol that forgets in 5
 * minutes, ±0.1 % vol over a day, drift of 1 % of its value in 5 weeks, two showers a day of which 70 % are compensated, and one
 * reading in 200 that is nonsense.
 */
export type OxygenAir = {
  /** Dry-equivalent oxygen as told, % vol. Called with minutes that go up. */
  readonly at: (minutes: number) => number;
};

const WHITE = 0.04;
const SLOW = 0.03;
const SLOW_MINUTES = 5;
const DAY = 0.1;
/** % vol a day. */
const DRIFT = 0.006;
/** A shower takes the reading down by so much when nothing is compensated: from 25 °C, 50 % to 28 °C, 85 %. */
const SHOWER = 0.35;
const OUTLIERS = 0.005;
const DAY_MINUTES = 24 * 60;

/** mulberry32: small, seeded, good enough for noise. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const gauss = (chance: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/** How strong a shower is that began so many minutes ago, 0..1: 5 minutes up, 10 at its height, then away. */
function showerAfter(minutes: number): number {
  if (minutes < 0) return 0;
  if (minutes < 5) return minutes / 5;
  return minutes < 15 ? 1 : Math.exp((15 - minutes) / 15);
}

export type OxygenDays = {
  readonly seed: number;
  /** Of clean air, % vol. */
  readonly base?: number;
  /** Minutes between two readings. */
  readonly every: number;
  /** Share of a shower that is compensated. */
  readonly compensated?: number;
};

export function oxygenAir({ seed, base = 20.95, every, compensated = 0.7 }: OxygenDays): OxygenAir {
  const chance = seeded(seed);
  const phase = chance() * 2 * Math.PI;
  const morning = 6 * 60 + chance() * 180;
  const evening = 19 * 60 + chance() * 180;
  const kept = Math.exp(-every / SLOW_MINUTES);
  let slow = 0;
  return {
    at(minutes) {
      slow = kept * slow + Math.sqrt(1 - kept * kept) * SLOW * gauss(chance);
      const ofDay = minutes % DAY_MINUTES;
      const shower = showerAfter(ofDay - morning) + showerAfter(ofDay - evening);
      const day = DAY * Math.sin((2 * Math.PI * minutes) / DAY_MINUTES + phase);
      const outlier = chance() < OUTLIERS ? (chance() - 0.5) * 2 : 0;
      const drift = (DRIFT * minutes) / DAY_MINUTES;
      return (
        base + day - drift - SHOWER * (1 - compensated) * shower + slow + WHITE * gauss(chance) + outlier
      );
    },
  };
}
