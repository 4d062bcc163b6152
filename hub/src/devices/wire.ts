import type { Table } from '../house/table.ts';
import { createBoardWire } from './boardWire.ts';
import { decodeAvailability } from './decode.ts';
import { createDiscoveryWire, topicOwner } from './discoveryWire.ts';
import type { Entity } from './entity.ts';
import { isPossible, readingOf } from './reading.ts';
import { createTopicIndex, type Listener, NEWS_FILTERS, STATE_FILTERS } from './topicIndex.ts';
import { createTopicRate } from './topicRate.ts';
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

/** Drop counters that are kept; a flood of invented names must not grow the memory. */
const MAX_COUNTERS = 4_000;

/** Counts dropped messages by device. */
function createDrops(report: WirePorts['report']) {
  const counts = new Map<string, number>();
  return {
    drop(who: string, reason: string): void {
      if (counts.has(who) || counts.size < MAX_COUNTERS) counts.set(who, (counts.get(who) ?? 0) + 1);
      report(who, reason);
    },
    of: (deviceId: string): number => counts.get(deviceId) ?? 0,
    inAll: (): number => [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
}

/** Where bytes become facts: topics are looked up, payloads decoded as announced, the rest is counted and dropped. */
export function createWire(ports: WirePorts) {
  const index = createTopicIndex();
  const mayPass = createTopicRate(ports.topicRate);
  const drops = createDrops(ports.report);
  const context: WireContext = { ...ports, drop: drops.drop };
  const discovery = createDiscoveryWire(context);
  const boards = createBoardWire(context);

  function onMessage(message: WireMessage): void {
    const { topic } = message;
    const listeners = index.hearing(topic);
    const boardId = boards.alarmingBoard(topic);
    const isConfig = topic.startsWith('homeassistant/');
    if (!isConfig && boardId === null && listeners.length === 0) return;
    const reason = refuse(message);
    if (reason !== null) drops.drop(listeners[0]?.entity.deviceId ?? topicOwner(topic), reason);
    else if (isConfig) discovery.take(topic, message.payload);
    else if (boardId !== null) boards.takeAlarm(boardId, message);
    else listeners.forEach((listener) => void tell(listener, message));
  }

  /** Why the message is dropped before anything in it is read for its value; null: it is not. */
  function refuse(message: WireMessage): string | null {
    if (message.topic.length > MAX_TOPIC) return 'topic-too-long';
    if (!mayPass(message.topic, ports.now())) return 'flood';
    if (message.payload.length > MAX_PAYLOAD) return 'too-large';
    return boards.isOvertaken(message) ? 'overtaken' : null;
  }

  function tell(listener: Listener, { topic, payload, retain }: WireMessage): void {
    const { entity } = listener;
    if (listener.hears === 'availability') {
      const online = decodeAvailability(listener.availability, payload);
      if (online !== null) ports.dispatch({ type: 'availabilityHeard', entityId: entity.id, topic, online });
      return;
    }
    const decoded = listener.decoder.decode(payload);
    if (decoded.kind === 'drop') return drops.drop(entity.deviceId, decoded.reason);
    const reading = readingOf(ports.read(), entity, decoded.value);
    if (!isPossible(reading)) return drops.drop(entity.deviceId, 'impossible');
    ports.dispatch({ ...reading, retained: retain });
  }

  return {
    onMessage,
    /** Asks the broker for what is heard from the start. */
    start(): void {
      ports.subscribe(NEWS_FILTERS, 1);
      ports.subscribe(STATE_FILTERS, 0);
    },
    /** Keeps topics in step with the registry; called after every fact. */
    follow(entities: Table<Entity>): void {
      const { news, states, unsubscribe } = index.follow(entities);
      if (unsubscribe.length > 0) ports.unsubscribe(unsubscribe);
      if (news.length > 0) ports.subscribe(news, 1);
      if (states.length > 0) ports.subscribe(states, 0);
    },
    /** Messages of a device that could not be used since the start. */
    dropped: drops.of,
    droppedInAll: drops.inAll,
  };
}
