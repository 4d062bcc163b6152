/** Real time as the simulation uses it; replaced in tests. */
export type RealClock = {
  /** Monotonic milliseconds. */
  now(): number;
  /** Runs `task` once after so many real milliseconds. Answers how to call it off. */
  after(delayMs: number, task: () => void): () => void;
};

export const systemClock: RealClock = {
  now: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Boards' reports that the hub gets per real second at most, of the whole house, messages. */
const MESSAGES_PER_S = 40;

/** Reports per house second of all boards at their usual intervals. */
const USUAL_MESSAGES_PER_S = 1;

/** A board's silence must last this long in real time before its values expire: a busy machine is not a dead board, s. */
const PATIENCE_REAL_S = 5;

/** How a house that runs `speed` times faster than the wall clock spaces what it says. */
export type Pace = {
  readonly speed: number;
  /** By how much report intervals are lengthened, so that the hub gets no more than MESSAGES_PER_S. */
  readonly stretch: number;
  /** Least `expire_after`, seconds of house time. */
  readonly leastExpiryS: number;
  /** Real milliseconds between two steps of the house. */
  readonly tickMs: number;
};

/** @param speed house seconds per real second, 1..1000. Throws RangeError outside. */
export function createPace(speed: number): Pace {
  if (!(speed >= 1 && speed <= 1_000)) throw new RangeError(`speed ${speed} is not between 1 and 1000`);
  return {
    speed,
    stretch: Math.max(1, (USUAL_MESSAGES_PER_S * speed) / MESSAGES_PER_S),
    leastExpiryS: PATIENCE_REAL_S * speed,
    tickMs: Math.min(250, Math.max(50, 2_000 / speed)),
  };
}
