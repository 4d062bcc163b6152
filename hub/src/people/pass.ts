import type { Millis } from '../shared/time.ts';

/** A span of one weekday in which a pass opens. */
export type WeeklyWindow = {
  /** 1 Monday … 7 Sunday, as ISO 8601 counts. */
  readonly weekday: number;
  /** Minute of the day from which on, 0..1439. */
  readonly fromMinute: number;
  /** Minute of the day until which, that one not included, 1..1440. Not after `fromMinute`: until then on the next day. */
  readonly toMinute: number;
};

/** What lets a guest through one door, or into one area, for a while. */
export type GuestPass = {
  readonly id: string;
  /** Of the door or the area. */
  readonly placeId: string;
  /** From when on, epoch ms UTC. */
  readonly fromUtc: Millis;
  /** Until when, that moment not included, epoch ms UTC. */
  readonly untilUtc: Millis;
  /** When in the week, by the clock on the wall. Empty: at any time. */
  readonly weekly: readonly WeeklyWindow[];
  /** How often still; null: as often as the guest likes. */
  readonly usesLeft: number | null;
};

/** What the clock on the wall of the house says; summer time is the caller's business. */
export type WallClock = { readonly weekday: number; readonly minute: number };

export type PassAsked = {
  readonly placeId: string;
  readonly utc: Millis;
  readonly wall: WallClock;
};

export type PassRefusal = 'other-place' | 'not-yet' | 'over' | 'used-up' | 'not-at-this-time';

/** Why a pass does not open that place at that moment; null: it does. */
export function passRefusal(pass: GuestPass, { placeId, utc, wall }: PassAsked): PassRefusal | null {
  if (placeId !== pass.placeId) return 'other-place';
  if (utc < pass.fromUtc) return 'not-yet';
  if (utc >= pass.untilUtc) return 'over';
  if (pass.usesLeft !== null && pass.usesLeft <= 0) return 'used-up';
  const isTime = pass.weekly.length === 0 || pass.weekly.some((window) => contains(window, wall));
  return isTime ? null : 'not-at-this-time';
}

export const isPassValid = (pass: GuestPass, asked: PassAsked): boolean => passRefusal(pass, asked) === null;

/** Whether a pass can never open anything again: then nothing of it is kept. */
export function isPassOver({ untilUtc, usesLeft }: GuestPass, utc: Millis): boolean {
  return utc >= untilUtc || (usesLeft !== null && usesLeft <= 0);
}

/** The pass after it opened something. */
export function passUsed(pass: GuestPass): GuestPass {
  return pass.usesLeft === null ? pass : { ...pass, usesLeft: Math.max(0, pass.usesLeft - 1) };
}

function contains({ weekday, fromMinute, toMinute }: WeeklyWindow, wall: WallClock): boolean {
  if (toMinute > fromMinute)
    return wall.weekday === weekday && wall.minute >= fromMinute && wall.minute < toMinute;
  if (wall.weekday === weekday) return wall.minute >= fromMinute;
  return wall.weekday === (weekday % 7) + 1 && wall.minute < toMinute;
}
