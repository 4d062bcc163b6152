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

/** Where the time of the people stood at a start of the hub, and how it goes on from there. */
export type PeopleAnchor = {
  /** The people's time then, ms. */
  readonly at: Millis;
  /** House time then, ms. */
  readonly mono: Millis;
  /** House ms in a real one since then: 1, more only in the demo. */
  readonly speed: number;
};

/** A start of the hub. */
export type PeopleStart = {
  /** House time when something was last saved, ms; null: this is the first start. */
  readonly lastMono: Millis | null;
  /** House time at this start, ms: what lies between the two is real time in which the program was away. */
  readonly mono: Millis;
  readonly speed: number;
};

/**
 * Where people's time stands at a start. Real time has passed, however fast the house went before and goes from now on: no session,
 * lock-out or invitation is prolonged or ended by another speed.
 * @param kept of an earlier start, perhaps one after which nothing of the house was saved any more
 */
export function anchorAt(kept: PeopleAnchor, { lastMono, mono, speed }: PeopleStart): PeopleAnchor {
  const last = lastMono ?? mono;
  const ran = last - kept.mono;
  const at = Math.round(kept.at + (ran > 0 ? ran / kept.speed : ran) + (mono - last));
  const isSame = speed === kept.speed && at - kept.at === (mono - kept.mono) / speed;
  return isSame ? kept : { at, mono, speed };
}

/**
 * @param steady ms that never jump, through restarts; @param wall epoch ms UTC
 * @param began the people's time when `steady` was 0
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
