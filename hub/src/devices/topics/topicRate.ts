import type { Millis } from '../../shared/time.ts';
import { type Bucket, tokensAt } from './tokenBucket.ts';

/** How many times a second's worth may come at once. Source: DESIGN §7 (50 a second, burst 200). */
const BURST_SECONDS = 4;

/** Topics whose rate is kept. Beyond it the oldest are forgotten, that is: forgiven. */
const MAX_TOPICS = 50_000;

/** Below so many nobody looks for buckets that are full again. */
const SWEEP_FROM = 1_024;

/**
 * A token bucket for each topic, asked before anything of a message is parsed. A bucket that is full again is as good as
 * none: only topics that spoke within the last seconds cost memory.
 * @param perSecond messages a second that one topic may bring
 */
export function createTopicRate(perSecond: number) {
  const size = { burst: perSecond * BURST_SECONDS, perSecond };
  // Changed in place: thousands of times a second.
  const buckets = new Map<string, { -readonly [key in keyof Bucket]: Bucket[key] }>();
  let sweepAt = SWEEP_FROM;

  /** Looks through all buckets once in so many new ones as there are: constant cost for each message. */
  function sweep(now: Millis): void {
    for (const [topic, bucket] of buckets)
      if (tokensAt(bucket, size, now) >= size.burst) buckets.delete(topic);
    sweepAt = Math.max(SWEEP_FROM, 2 * buckets.size);
    if (buckets.size >= MAX_TOPICS) buckets.delete(buckets.keys().next().value as string);
  }

  return {
    /** Whether one more message of this topic may pass now (monotonic ms). */
    mayPass(topic: string, now: Millis): boolean {
      const bucket = buckets.get(topic);
      if (bucket === undefined) {
        if (buckets.size >= sweepAt || buckets.size >= MAX_TOPICS) sweep(now);
        buckets.set(topic, { tokens: size.burst - 1, at: now });
        return true;
      }
      bucket.tokens = tokensAt(bucket, size, now);
      bucket.at = now;
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
    /** How long until the next message of this topic may pass, ms; 0: now. */
    waitMs(topic: string, now: Millis): Millis {
      const bucket = buckets.get(topic);
      const missing = bucket === undefined ? 0 : 1 - tokensAt(bucket, size, now);
      return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1_000);
    },
    /** Topics that are kept now. */
    size: (): number => buckets.size,
  };
}

export type TopicRate = ReturnType<typeof createTopicRate>;
