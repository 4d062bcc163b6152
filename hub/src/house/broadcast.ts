import type { Millis } from '../shared/time.ts';
import type { Projection } from './projection.ts';
import type { HousePatch, HouseSnapshot } from './schema.ts';

/** Patches go out at most four times a second: more than that no eye can follow. Source: web.md §4. */
export const PATCH_EVERY_MS: Millis = 250;

export type BroadcastPorts = {
  readonly projection: Projection;
  readonly publish: (patch: HousePatch) => void;
  /** Whether any screen is open. Without one nothing is drawn: what changed is caught up with at the next look. */
  readonly isWatched: () => boolean;
  /** Real monotonic milliseconds: screens live in real time, even when the demo's house does not. */
  readonly steady: () => Millis;
  /** Runs a task once after a real delay, ms. */
  readonly after: (delay: Millis, task: () => void) => void;
};

/** Gathers what changed and tells all screens: the first change at once, what follows within 250 ms together. */
export function createBroadcast({ projection, publish, isWatched, steady, after }: BroadcastPorts) {
  let lastAt = Number.NEGATIVE_INFINITY;
  let isPlanned = false;

  function send(): void {
    isPlanned = false;
    const patch = projection.flush();
    if (patch === null) return;
    lastAt = steady();
    publish(patch);
  }

  return {
    /** Something may have changed. */
    noticed(): void {
      if (isPlanned || !isWatched()) return;
      isPlanned = true;
      after(Math.max(0, lastAt + PATCH_EVERY_MS - steady()), send);
    },
    /** The house as of the last patch that went out. */
    drawn: (): HouseSnapshot => projection.snapshot(),
    /** The house now; what was still waiting goes out to the screens first, so that numbers stay in order. */
    snapshot(): HouseSnapshot {
      send();
      return projection.snapshot();
    },
  };
}
