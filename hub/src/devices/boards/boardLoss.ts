import { MINUTE_MS, type Millis } from '../../shared/time.ts';
import { LOSS_MUCH_PERCENT, LOSS_SOME_PERCENT } from '../health/limits.ts';
import type { Stamp } from './boardMessage.ts';

/** An hour in six parts: what is older than that is past. */
const PARTS = 6;
const PART_MS: Millis = 10 * MINUTE_MS;

/** Fewer messages than these tell no share: one of five lost is an accident. Ours. */
export const LEAST_MESSAGES = 30;

/** After a longer pause nobody knows what was said meanwhile: that is silence, not loss. ms, ours. */
export const PAUSE_MS: Millis = 3 * MINUTE_MS;

/** A message that was overtaken has this long to come; then it is missed. ms, ours: boards repeat an alarm every few seconds. */
const LATE_MS: Millis = MINUTE_MS;

/** So many may be on their way; more are missed at once. */
const MAX_AWAITED = 200;

type Count = {
  boot: string;
  seq: number;
  at: Millis;
  /** Number of the running part. */
  part: number;
  /** Messages that came, and that never did, by part, the running one last. */
  parts: { came: number; missed: number }[];
  told: number;
  /** Numbers that were overtaken, with when; oldest first. */
  awaited: Map<number, Millis>;
};

const classOf = (percent: number): number =>
  Number(percent > LOSS_SOME_PERCENT) + Number(percent > LOSS_MUCH_PERCENT);

/** Tells how many of a board's numbered messages get lost on their way. */
export function createBoardLoss() {
  const counts = new Map<string, Count>();

  function turn(count: Count, now: Millis): void {
    const part = Math.floor(now / PART_MS);
    for (let gone = Math.min(PARTS, part - count.part); gone > 0; gone--) {
      count.parts = [...count.parts.slice(1 - PARTS), { came: 0, missed: 0 }];
    }
    count.part = part;
  }

  /** Who was waited for in vain. */
  function giveUp({ awaited }: Count, now: Millis): number {
    let missed = 0;
    for (const [overtaken, at] of awaited) {
      if (now - at < LATE_MS) break;
      awaited.delete(overtaken);
      missed += 1;
    }
    return missed;
  }

  function add(count: Count, { seq }: Stamp, now: Millis): void {
    const running = count.parts.at(-1);
    if (running === undefined) return;
    running.missed += giveUp(count, now);
    if (seq > count.seq) {
      if (now - count.at <= PAUSE_MS) running.missed += notAwaited(count, seq, now);
      count.seq = seq;
      count.at = now;
      running.came += 1;
    } else if (count.awaited.delete(seq)) running.came += 1;
  }

  /** Waits for what that number overtook; answers how much of it is too much to wait for. */
  function notAwaited({ seq: last, awaited }: Count, seq: number, now: Millis): number {
    const overtaken = seq - last - 1;
    if (overtaken + awaited.size > MAX_AWAITED) return overtaken;
    for (let missing = last + 1; missing < seq; missing++) awaited.set(missing, now);
    return 0;
  }

  function percentOf({ parts }: Count): number {
    let came = 0;
    let missed = 0;
    for (const part of parts) {
      came += part.came;
      missed += part.missed;
    }
    return came + missed < LEAST_MESSAGES ? 0 : (100 * missed) / (came + missed);
  }

  return {
    /** The share of the last hour's messages that never came, %, when there is news of it; null: there is none. */
    note(deviceId: string, stamp: Stamp, now: Millis): number | null {
      const known = counts.get(deviceId);
      const part = Math.floor(now / PART_MS);
      if (known?.boot !== stamp.boot) {
        const parts = known?.parts ?? [{ came: 0, missed: 0 }];
        counts.set(deviceId, {
          boot: stamp.boot,
          seq: stamp.seq,
          at: now,
          part: known?.part ?? part,
          parts,
          told: known?.told ?? 0,
          awaited: new Map(),
        });
        return null;
      }
      turn(known, now);
      add(known, stamp, now);
      const percent = percentOf(known);
      if (classOf(percent) === known.told) return null;
      known.told = classOf(percent);
      return percent;
    },
  };
}
