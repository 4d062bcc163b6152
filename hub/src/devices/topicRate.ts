import type { Millis } from '../shared/time.ts';

/** How many times a second's worth may come at once. Source: DESIGN §7 (50 a second, burst 200). */
const BURST_SECONDS = 4;

/** Topics whose rate is kept. Beyond it the oldest are forgotten, that is: forgiven. */
const MAX_TOPICS = 50_000;

/**
 * A token bucket for each topic, asked before anything of a message is parsed.
 * @param perSecond messages a second that one topic may bring
 */
export function createTopicRate(perSecond: number) {
  const capacity = perSecond * BURST_SECONDS;
  const buckets = new Map<string, { tokens: number; at: Millis }>();

  /** Whether one more message of this topic may pass now (monotonic ms). */
  return function mayPass(topic: string, now: Millis): boolean {
    const bucket = buckets.get(topic);
    if (bucket === undefined) {
      if (buckets.size >= MAX_TOPICS) buckets.delete(buckets.keys().next().value as string);
      buckets.set(topic, { tokens: capacity - 1, at: now });
      return true;
    }
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
