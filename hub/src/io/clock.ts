import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Millis, Moment } from '../shared/time.ts';

/** Where the house's time stood when something was last saved. */
export type ClockAnchor = Moment & {
  /** Identity of the machine's run: the same after a restart of the program, another after a power cut. */
  readonly bootId: string;
  /** The machine's own uptime then, ms. */
  readonly uptimeMs: Millis;
};

export type Clock = {
  /** The moment now: `mono` for rules, `utc` for people. */
  now(): Moment;
  /** `mono` of the moment now, ms: for who asks at each message and has no use for the calendar. */
  mono(): Millis;
  /** The moment with what is needed to go on from it after a restart. */
  anchor(): ClockAnchor;
  /** Runs `task` once, `delay` house milliseconds from now. Answers how to call it off. */
  after(delay: Millis, task: () => void): () => void;
};

/** What the clock reads; replaced in tests. */
export type ClockSources = {
  /** Monotonic milliseconds of this process. */
  readonly steady: () => Millis;
  readonly wall: () => Millis;
  readonly uptimeMs: () => Millis;
  readonly bootId: () => string;
};

const system: ClockSources = {
  steady: () => performance.now(),
  wall: () => Date.now(),
  uptimeMs: () => Math.round(uptime() * 1_000),
  bootId: readBootId,
};

/** Longest delay that a Node timer can hold; a longer one is taken up again when it ends. */
const MAX_TIMER_MS = 2_147_000_000;

/**
 * The house's clock.
 * @param last where it stood when something was last saved; null: this is the first start, `mono` begins at 0
 * @param speed how many house seconds pass in one real second; 1 in a home, more in the demo
 */
export function createClock(last: ClockAnchor | null, speed = 1, sources: ClockSources = system): Clock {
  const bootId = sources.bootId();
  const base = last === null ? 0 : last.mono + elapsedSince(last, bootId, sources);
  const steady0 = sources.steady();
  // A faster house keeps its own calendar; at real speed the wall clock is asked each time, so that it may be set.
  const wall0 = speed === 1 ? null : Math.max(sources.wall(), last?.utc ?? 0);
  const elapsed = () => (sources.steady() - steady0) * speed;
  const mono = (): Millis => Math.floor(base + elapsed());
  const now = (): Moment => ({
    mono: mono(),
    utc: Math.floor(wall0 === null ? sources.wall() : wall0 + elapsed()),
  });
  return {
    now,
    mono,
    anchor: () => ({ ...now(), bootId, uptimeMs: sources.uptimeMs() }),
    after(delay, task) {
      let timer: NodeJS.Timeout;
      const due = sources.steady() + Math.max(0, delay) / speed;
      const wait = () => {
        const left = due - sources.steady();
        timer = left > 0 ? setTimeout(wait, Math.min(Math.ceil(left), MAX_TIMER_MS)) : setTimeout(task, 0);
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}

/**
 * How long the program was away. In the same run of the machine its uptime tells, whatever happened to the wall
 * clock; after a power cut only the wall clock can, and one that went backwards (no RTC) counts as no time at all.
 */
function elapsedSince(last: ClockAnchor, bootId: string, sources: ClockSources): Millis {
  if (bootId !== '' && bootId === last.bootId) return Math.max(0, sources.uptimeMs() - last.uptimeMs);
  return Math.max(0, sources.wall() - last.utc);
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
