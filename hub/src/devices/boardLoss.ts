import { MINUTE_MS, type Millis } from '../shared/time.ts';
import type { Stamp } from './boardMessage.ts';
import { LOSS_MUCH_PERCENT, LOSS_SOME_PERCENT } from './health/limits.ts';

/** An hour in six parts: what is older than that is past. */
const PARTS = 6;
const PART_MS: Millis = 10 * MINUTE_MS;

/** Fewer messages than these tell no share: one of five lost is an accident. Ours. */
export const LEAST_MESSAGES = 30;

/** After a longer pause nobody knows what was said meanwhile: that is silence, not loss. ms, ours. */
export const PAUSE_MS: Millis = 3 * MINUTE_MS;

type Count = {
  boot: string;
  seq: number;
  at: Millis;
  /** Number of the running part. */
  part: number;
  /** Messages that came, and that never did, by part, the running one last. */
  parts: { came: number; missed: number }[];
  told: number;
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

  function add(count: Count, { seq }: Stamp, now: Millis): void {
    const running = count.parts.at(-1);
    if (running === undefined || seq <= count.seq) return;
    running.came += 1;
    if (now - count.at <= PAUSE_MS) running.missed += seq - count.seq - 1;
    count.seq = seq;
    count.at = now;
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
