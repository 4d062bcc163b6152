/** One moment on three clocks: what the hub said, this page's running time, this device's wall clock. Milliseconds. */
export type ClockMark = { readonly hub: number; readonly running: number; readonly wall: number };

export const markClock = (hub: number): ClockMark => ({
  hub,
  running: performance.now(),
  wall: Date.now(),
});

/**
 * Time since the mark. The longer of both clocks counts: running time stands still while some phones sleep, the wall
 * clock may be set. So an age can be too high for a moment, never too low.
 */
export const sinceMark = (mark: ClockMark, running: number, wall: number): number =>
  Math.max(0, running - mark.running, wall - mark.wall);

/** The hub's clock now, epoch ms UTC. Ages count from it, so that a wrong clock on the phone does no harm. */
export const hubTime = (mark: ClockMark, running: number, wall: number): number =>
  mark.hub + sinceMark(mark, running, wall);
