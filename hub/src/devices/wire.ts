import { getRow, type Table } from '../house/table.ts';
import { createAnnouncementWire } from './announcements/announcementWire.ts';
import { createBoardWire } from './boards/boardWire.ts';
import { isAnnouncement, topicOwner } from './discoveryTopic.ts';
import type { Entity } from './entity.ts';
import { createLateWords } from './lateWords.ts';
import { maxBytesOf } from './platform.ts';
import { createTellWire } from './tellWire.ts';
import { createSurplus } from './topics/surplus.ts';
import {
  createTopicIndex,
  isOfBoard,
  type Listener,
  NEWS_FILTERS,
  STATE_FILTERS,
} from './topics/topicIndex.ts';
import type { WireContext, WireMessage } from './wireContext.ts';

/** Larger messages are dropped unread, bytes. Source: DESIGN §5, safety.md §6. */
export const MAX_PAYLOAD = 65_536;

export type WirePorts = Omit<WireContext, 'drop'> & {
  /** QoS 0: only what is said from now on; QoS 1: also what is said while the hub is away. */
  readonly subscribe: (filters: readonly string[], qos: 0 | 1) => void;
  readonly unsubscribe: (filters: readonly string[]) => void;
  /** Messages a second that one topic may bring. */
  readonly topicRate: number;
};

/** Longer topics are nobody's, characters: the embedded broker's own limit. */
const MAX_TOPIC = 512;

/** Counts dropped messages by device; what speaks for nobody in the registry only adds to the sum: names may be invented. */
function createDrops({ read, report }: Pick<WirePorts, 'read' | 'report'>) {
  const counts = new Map<string, number>();
  let inAll = 0;
  const isKnown = (who: string): boolean => getRow(read().devices, who) !== undefined;

  function forgetRemoved(): void {
    for (const who of counts.keys()) if (!isKnown(who)) counts.delete(who);
  }

  return {
    drop(who: string, reason: string): void {
      inAll += 1;
      if (isKnown(who)) counts.set(who, (counts.get(who) ?? 0) + 1);
      if (counts.size > 2 * read().devices.size) forgetRemoved();
      report(who, reason);
    },
    of: (deviceId: string): number => counts.get(deviceId) ?? 0,
    inAll: (): number => inAll,
  };
}

const sizeFor = (listener: Listener): number =>
  listener.hears === 'state' ? maxBytesOf(listener.entity.config, listener.part) : MAX_PAYLOAD;

/** A picture may be larger than anything else, and only where one was announced. */
const isTooLarge = ({ payload }: WireMessage, listeners: readonly Listener[]): boolean =>
  payload.length > MAX_PAYLOAD && !listeners.some((listener) => payload.length <= sizeFor(listener));

/** Where bytes become facts: topics are looked up, payloads decoded as announced, the rest is counted and dropped. */
export function createWire(ports: WirePorts) {
  const index = createTopicIndex();
  const drops = createDrops(ports);
  const context: WireContext = { ...ports, drop: drops.drop };
  const entities = createTellWire(context);
  const late = createLateWords({ ...ports, hearing: index.hearing, take: entities.take });
  const announcements = createAnnouncementWire({ ...context, crowd: index.crowd, onEmpty: late.settle });
  const surplus = createSurplus({
    ...ports,
    perSecond: ports.topicRate,
    hearing: index.hearing,
    isUnchanged: announcements.isUnchanged,
    dropped,
    deliver: take,
  });
  const boards = createBoardWire(context);
  let followed: Table<Entity> | null = null;

  /** Of a board whose announcement waits its turn, what it says right after it is wanted too. */
  const isWanted = (topic: string): boolean =>
    isAnnouncement(topic) ||
    boards.alarmingBoard(topic) !== null ||
    index.hearing(topic).length > 0 ||
    (announcements.areWaiting() && isOfBoard(topic));

  function onMessage(message: WireMessage): void {
    const { topic } = message;
    if (!isWanted(topic)) return;
    if (topic.length > MAX_TOPIC) dropped(topic, 'topic-too-long');
    else if (surplus.mayPass(message)) take(message);
  }

  function dropped(topic: string, reason: string): void {
    drops.drop(index.hearing(topic)[0]?.entity.deviceId ?? topicOwner(topic), reason);
  }

  /** A message that came in time, or that had to wait for its turn. `isFor`: who of those who hear its topic. */
  function take(message: WireMessage, isFor?: (listener: Listener) => boolean): void {
    late.tell();
    const { topic } = message;
    const listeners = index.hearing(topic);
    const boardId = boards.alarmingBoard(topic);
    if (isTooLarge(message, listeners)) dropped(topic, 'too-large');
    else if (boards.isOvertaken(message)) dropped(topic, 'overtaken');
    else if (isAnnouncement(topic)) announcements.offer(message);
    else if (boardId !== null) boards.takeAlarm(boardId, message);
    else tell(message, isFor === undefined ? listeners : listeners.filter(isFor));
  }

  function tell(message: WireMessage, listeners: readonly Listener[]): void {
    late.hear(message, listeners, announcements.areWaiting());
    for (const listener of listeners) entities.take(listener, message);
  }

  return {
    onMessage,
    /** Asks the broker for what is heard from the start. */
    start(): void {
      ports.subscribe(NEWS_FILTERS, 1);
      ports.subscribe(STATE_FILTERS, 0);
    },
    /** Keeps topics in step with the registry; called after every fact. */
    follow(registry: Table<Entity>): void {
      if (registry === followed) return;
      followed = registry;
      const { news, states, unsubscribe, late: came } = index.follow(registry);
      entities.pictures.follow((id) => getRow(registry, id) !== undefined);
      late.forget(unsubscribe);
      late.follow(came);
      if (unsubscribe.length > 0) ports.unsubscribe(unsubscribe);
      if (news.length > 0) ports.subscribe(news, 1);
      if (states.length > 0) ports.subscribe(states, 0);
    },
    /** Messages of a device that could not be used since the start. */
    dropped: drops.of,
    droppedInAll: drops.inAll,
    /** The last picture of a camera or an image; undefined: there is none. */
    pictureOf: entities.pictures.of,
  };
}
