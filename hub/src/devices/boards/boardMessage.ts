import { z } from 'zod';
import { ok, type Result, refused } from '../../shared/result.ts';
import { MINUTE_MS, type Millis } from '../../shared/time.ts';

/** Boot id and counters that an own board puts into its state messages. Everything else in there is its own affair. */
const Stamp = z.object({
  boot: z.union([z.string().min(1).max(64), z.number().int()]).transform(String),
  seq: z.number().int().min(0),
  /** Milliseconds since the board started. */
  upMs: z.number().min(0),
  /** What time it has, epoch ms UTC, if it has a clock. One that makes no sense is none. */
  ts: z.number().min(0).max(8.64e15).optional().catch(undefined),
});

/** `homeward/<deviceId>/alarm`: repeated by the board until `…/ack {boot, seq}` comes. */
const BoardAlarm = Stamp.extend({
  /** Component key of the entity that alarms. */
  entity: z.string().min(1).max(64),
  /** The value it has now: a number, or "ON" and "OFF" of a contact. */
  value: z.union([z.number(), z.enum(['ON', 'OFF']).transform((word) => word === 'ON')]),
});
export type BoardAlarm = z.infer<typeof BoardAlarm>;
export type Stamp = z.infer<typeof Stamp>;

/** The stamp in a state message; null when it has none: the message is then taken as it comes. */
export function readStamp(json: unknown): Stamp | null {
  const read = Stamp.safeParse(json);
  return read.success ? read.data : null;
}

export function readBoardAlarm(json: unknown): Result<BoardAlarm> {
  const read = BoardAlarm.safeParse(json);
  return read.success ? ok(read.data) : refused('not-an-alarm-message');
}

/** What is known of one board's clock and order, since the hub started. */
type BoardClock = {
  boot: string;
  /** Smallest difference between the hub's time and the board's, ms: that of a message without any delay. */
  offset: Millis;
  /** When the offset was looked at last, hub's time. */
  at: Millis;
  /** The newest state message so far. */
  lastUpMs: Millis;
};

/** How far a board's clock may go wrong, per millisecond: ten times what a quartz does, so that no age grows of it. */
const DRIFT = 5e-4;

/**
 * A step back of more than this is no late message but a new run: a counter of 32 bits that began anew after 49.7 days, or
 * a board that takes the same boot id again. Messages are at most 10 min on their way (safety.md F-12). ms.
 */
const NEW_RUN_MS: Millis = 15 * MINUTE_MS;

/** Tells how old a board's message was when it came, and whether a newer one came before it. */
export function createBoardClocks() {
  const clocks = new Map<string, BoardClock>();

  function clockOf(deviceId: string, stamp: Stamp, now: Millis): BoardClock {
    const known = clocks.get(deviceId);
    if (known?.boot === stamp.boot && known.lastUpMs - stamp.upMs < NEW_RUN_MS) return known;
    const clock = { boot: stamp.boot, offset: now - stamp.upMs, at: now, lastUpMs: -1 };
    clocks.set(deviceId, clock);
    return clock;
  }

  /** Age by what is known so far; then the offset follows the message, and the board's clock as far as it may drift. */
  function settle(clock: BoardClock, stamp: Stamp, now: Millis): Millis {
    const difference = now - stamp.upMs;
    const age = Math.max(0, Math.round(difference - clock.offset));
    clock.offset = Math.min(difference, clock.offset + Math.max(0, now - clock.at) * DRIFT);
    clock.at = now;
    return age;
  }

  return {
    /** Age of the message, ms. The first message of a boot counts as new. */
    ageOf(deviceId: string, stamp: Stamp, now: Millis): Millis {
      return settle(clockOf(deviceId, stamp, now), stamp, now);
    },
    /** Whether a newer state message of the same boot came before: what this one says is past. */
    isOvertaken(deviceId: string, stamp: Stamp, now: Millis): boolean {
      const clock = clockOf(deviceId, stamp, now);
      settle(clock, stamp, now);
      if (stamp.upMs < clock.lastUpMs) return true;
      clock.lastUpMs = stamp.upMs;
      return false;
    },
  };
}
