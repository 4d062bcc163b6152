import { getRow } from '../house/table.ts';
import { createReadAnnouncements } from './announcements/readAnnouncements.ts';
import { type Discovered, readDiscovery } from './discovery.ts';
import { topicOwner } from './discoveryTopic.ts';
import { textOf } from './json.ts';
import { hasCrowded, withoutCrowds } from './topics/crowdedTopics.ts';
import { FOREIGN_TOPIC, foreignTopic } from './topics/ownTopics.ts';
import { type Bucket, type BucketSize, takeToken } from './topics/tokenBucket.ts';
import type { Listener } from './topics/topicIndex.ts';
import type { WireContext, WireMessage } from './wireContext.ts';

/** Platforms of Home Assistant that the hub does not take in (yet): nothing is wrong with whoever announces them. */
const FOR_LATER: ReadonlySet<string> = new Set(
  'alarm_control_panel climate date datetime fan humidifier infrared lawn_mower notify scene time vacuum water_heater'.split(
    ' ',
  ),
);

const isForLater = (reason: string): boolean =>
  reason.startsWith('not-enabled: ') ||
  (reason.startsWith('component: ') && FOR_LATER.has(reason.slice('component: '.length)));

/**
 * Announcements on topics that nobody announced on yet and that are read at once; then so many a second. A house of 2,000 devices
 * has some 20,000 of them, as many as the embedded broker remembers.
 */
const STRANGERS: BucketSize = { burst: 20_000, perSecond: 50 };

/**
 * Discovery messages become facts; what is refused is counted.
 * @param crowd those who hear states on a topic
 */
export function createDiscoveryWire(
  { read, dispatch, drop, report, now }: WireContext,
  crowd: (topic: string) => readonly Listener[],
) {
  let strangers: Bucket | null = null;
  const before = createReadAnnouncements(read);

  /** Asked before anything is parsed. What the broker remembers is bounded there. */
  function mayBeNew({ topic, retain }: WireMessage): boolean {
    if (retain || getRow(read().entitiesByTopic, topic) !== undefined) return true;
    const left = takeToken(strangers, STRANGERS, now());
    strangers = left ?? strangers;
    return left !== null;
  }

  function announced(message: WireMessage, found: Extract<Discovered, { kind: 'announced' }>): void {
    const { topic, retain } = message;
    const owner = topicOwner(topic);
    const isPaired = getRow(read().devices, owner)?.kind === 'board';
    const own = found.entities.map((entity) =>
      foreignTopic(entity, owner, isPaired) === null ? entity : { ...entity, fault: FOREIGN_TOPIC },
    );
    const entities = withoutCrowds(own, topic, crowd);
    for (const warning of found.warnings) report(owner, warning);
    const facts = dispatch({
      type: 'deviceAnnounced',
      discoveryTopic: topic,
      pairedId: isPaired ? owner : null,
      device: found.device,
      entities,
      removedKeys: found.removedKeys,
      ...(retain ? { retained: true } : {}),
    });
    const refused = facts.filter((fact) => fact.type === 'announcementRefused');
    for (const { deviceId, reason } of refused) drop(deviceId ?? owner, reason);
    before.note(message, refused.length > 0 || hasCrowded(entities) ? 0 : entities.length);
  }

  function parse(message: WireMessage, text: string): void {
    const { topic } = message;
    const found = readDiscovery(topic, text);
    if (found.kind === 'announced') announced(message, found);
    else if (found.kind === 'withdrawn') dispatch({ type: 'announcementWithdrawn', discoveryTopic: topic });
    else if (found.reason === 'migrate-discovery')
      dispatch({ type: 'announcementLeft', discoveryTopic: topic });
    else if (!isForLater(found.reason)) drop(topicOwner(topic), found.reason);
  }

  return {
    /** Whether it says what was read before and still stands: it is not parsed again. */
    isUnchanged: before.isUnchanged,
    take(message: WireMessage): void {
      const { topic, payload } = message;
      if (before.isUnchanged(message)) return;
      if (!mayBeNew(message)) return drop(topicOwner(topic), 'too-many-announcements');
      const text = textOf(payload);
      if (text === null) drop(topicOwner(topic), 'not-utf8');
      else parse(message, text);
    },
  };
}
