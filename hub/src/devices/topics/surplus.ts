import { getRow } from '../../house/table.ts';
import { type Millis, SECOND_MS } from '../../shared/time.ts';
import { createAnnouncementRate } from '../announcements/announcementRate.ts';
import { isAnnouncement, topicOwner } from '../discoveryTopic.ts';
import type { WireContext, WireMessage } from '../wireContext.ts';
import { createLastWords, type LastWordPorts } from './lastWords.ts';
import type { Listener } from './topicIndex.ts';
import { createTopicRate } from './topicRate.ts';

/** A device is told about once in this time, ms: what is dropped must not cost more than what is taken. */
const TELL_EVERY_MS: Millis = SECOND_MS;

/** Devices whose last telling is remembered. */
const MAX_TOLD = 1_000;

export type SurplusPorts = Omit<WireContext, 'drop'> & {
  /** Messages a second that one topic may bring. */
  readonly perSecond: number;
  readonly hearing: (topic: string) => readonly Listener[];
  /** Whether an announcement says what was read before. */
  readonly isUnchanged: (message: WireMessage) => boolean;
  /** Counts a message of that topic that is not taken now. */
  readonly dropped: (topic: string, reason: string) => void;
  /** Takes in a message that had to wait. `isFor`: who of those who hear its topic; default: everybody. */
  readonly deliver: LastWordPorts['deliver'];
};

/** Cuts what comes faster than it may, keeps the last word of each topic, and tells whose messages they are. */
export function createSurplus({ perSecond, hearing, isUnchanged, dropped, deliver, ...wire }: SurplusPorts) {
  const states = createTopicRate(perSecond);
  const announcements = createAnnouncementRate(perSecond);
  const rate: LastWordPorts['rate'] = {
    mayPass: (message, now) =>
      isAnnouncement(message.topic)
        ? announcements.mayPass(message, now) === 'now'
        : states.mayPass(message.topic, now),
    waitMs: (message, now) =>
      isAnnouncement(message.topic) ? announcements.waitMs(message, now) : states.waitMs(message.topic, now),
  };
  const words = createLastWords({ rate, hearing, now: wire.now, after: wire.after, deliver });
  const toldAt = new Map<string, Millis>();

  /** The device behind the topic; of a topic that several devices share, the gateway. Null: nobody that is known. */
  function offender(topic: string): string | null {
    const { devices, entitiesByTopic, entities } = wire.read();
    const heard = hearing(topic);
    const said = heard[0]?.entity ?? getRow(entities, getRow(entitiesByTopic, topic)?.[0] ?? '');
    const isShared = heard.some(({ entity }) => entity.deviceId !== said?.deviceId);
    const gatewayId = isShared ? getRow(devices, said?.deviceId ?? '')?.gatewayId : null;
    const deviceId = gatewayId ?? said?.deviceId ?? topicOwner(topic);
    return getRow(devices, deviceId) === undefined ? null : deviceId;
  }

  function tell(topic: string): void {
    const deviceId = offender(topic);
    const now = wire.now();
    if (deviceId === null || now - (toldAt.get(deviceId) ?? Number.NEGATIVE_INFINITY) < TELL_EVERY_MS) return;
    if (toldAt.size >= MAX_TOLD) toldAt.clear();
    toldAt.set(deviceId, now);
    wire.dispatch({ type: 'surplusDropped', deviceId, topic });
  }

  /** Too much is announced in all: that is nobody's flood. What finds no place to wait is lost until it is said again. */
  function wait(message: WireMessage): false {
    if (!words.keep(message)) dropped(message.topic, 'too-many-announcements');
    return false;
  }

  function cut(message: WireMessage): false {
    words.keep(message);
    tell(message.topic);
    dropped(message.topic, 'flood');
    return false;
  }

  function pass({ topic }: WireMessage): true {
    words.settle(topic);
    return true;
  }

  return {
    /** Whether the message may be taken now. One that may not waits, as long as no newer one of its topic says the same things. */
    mayPass(message: WireMessage): boolean {
      const now = wire.now();
      if (!isAnnouncement(message.topic))
        return states.mayPass(message.topic, now) ? pass(message) : cut(message);
      const may = announcements.mayPass(message, now, isUnchanged);
      return may === 'now' ? pass(message) : may === 'later' ? wait(message) : cut(message);
    },
  };
}
