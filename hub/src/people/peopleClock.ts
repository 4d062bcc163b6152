import type { Millis } from '../shared/time.ts';

/**
 * The time by which sessions, invitations, passes and tries live: it goes on through restarts and never jumps when somebody sets the
 * clock. It is shown and taken as the wall clock has it.
 */
export type PeopleClock = {
  /** Ms that only ever go on; where the wall clock never jumped they are epoch ms UTC. */
  now(): Millis;
  /** The wall clock, epoch ms UTC: for what phones reckon with, too. May jump. */
  wall(): Millis;
  /** A stored time as the wall clock has it now, epoch ms UTC. */
  shown(at: Millis): Millis;
  /** A time of the wall clock as it is stored. @param utc epoch ms */
  taken(utc: Millis): Millis;
};

/**
 * @param steady ms that never jump, through restarts; @param wall epoch ms UTC
 * @param began what the wall clock said when `steady` was 0, as far as was known when the house first had people
 */
export function createPeopleClock(steady: () => Millis, wall: () => Millis, began: Millis): PeopleClock {
  // Whole: these are kept. In a house that is played fast, steady time falls between two milliseconds.
  const now = () => Math.floor(began + steady());
  const ahead = () => wall() - now();
  // What people read and choose is whole milliseconds, whatever the clock drifted by.
  return {
    now,
    wall,
    shown: (at) => Math.max(0, Math.round(at + ahead())),
    taken: (utc) => Math.round(utc - ahead()),
  };
}
