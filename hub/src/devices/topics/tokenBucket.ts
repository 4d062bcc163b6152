import type { Millis } from '../../shared/time.ts';

/** What a bucket holds, and when that was looked at. */
export type Bucket = { readonly tokens: number; readonly at: Millis };

export type BucketSize = {
  /** Most that may be taken at once. */
  readonly burst: number;
  readonly perSecond: number;
};

/** What the bucket holds now. */
export const tokensAt = ({ tokens, at }: Bucket, { burst, perSecond }: BucketSize, now: Millis): number =>
  Math.min(burst, tokens + ((now - at) / 1_000) * perSecond);

/** The bucket with so many tokens less; null: it holds too few. A bucket that nobody has touched yet is full. */
export function takeToken(bucket: Bucket | null, size: BucketSize, now: Millis, count = 1): Bucket | null {
  const tokens = bucket === null ? size.burst : tokensAt(bucket, size, now);
  return tokens < count ? null : { tokens: tokens - count, at: now };
}
