import type { Millis } from '../../shared/time.ts';
import { type Bucket, type BucketSize, takeToken, tokensAt } from '../topics/tokenBucket.ts';
import { createTopicRate } from '../topics/topicRate.ts';
import type { WireMessage } from '../wireContext.ts';

/** Part of a topic's rate that announcements may have: 4 a second, 16 at once, of 50. To parse one costs a hundred times a reading. */
const SHARE = 0.08;

/**
 * Bytes that all topics together may announce anew: 8 MiB at once, as much as a house of 2,000 devices that moves in, then 64 KiB
 * a second, some 1 % of a core.
 */
const BYTES: BucketSize = { burst: 8_388_608, perSecond: 65_536 };

/** `later`: too much is announced in all; `never`: the topic itself brings too much. */
type May = 'now' | 'later' | 'never';

/**
 * How much may be announced: by topic, and in bytes. What the broker remembers is not charged for: it is bounded there, and a hub
 * that starts has to read all of it.
 * @param perSecond messages a second that one topic may bring, of whatever sort
 */
export function createAnnouncementRate(perSecond: number) {
  const topics = createTopicRate(Math.min(perSecond, Math.max(1, perSecond * SHARE)));
  let bytes: Bucket | null = null;

  function isPaid({ payload, retain }: WireMessage, now: Millis): boolean {
    if (retain) return true;
    const left = takeToken(bytes, BYTES, now, payload.length);
    bytes = left ?? bytes;
    return left !== null;
  }

  return {
    /** @param isFree whether the announcement costs nothing because it is not parsed; default: it is */
    mayPass(message: WireMessage, now: Millis, isFree: (message: WireMessage) => boolean = () => false): May {
      if (!topics.mayPass(message.topic, now)) return 'never';
      return isFree(message) || isPaid(message, now) ? 'now' : 'later';
    },
    waitMs({ topic, payload, retain }: WireMessage, now: Millis): Millis {
      const held = bytes === null ? BYTES.burst : tokensAt(bytes, BYTES, now);
      const missing = retain ? 0 : Math.max(0, payload.length - held);
      return Math.max(topics.waitMs(topic, now), Math.ceil((missing / BYTES.perSecond) * 1_000));
    },
  };
}
