import { getRow } from '../../house/table.ts';
import { topicOwner } from '../discoveryTopic.ts';
import type { WireContext, WireMessage } from '../wireContext.ts';

/**
 * Announcements that are taken in before everything else has its turn, and their bytes: 2 to 4 ms on a PC, some 15 on a Raspberry
 * Pi 4. One that is larger than that has a turn of its own.
 */
export const SLICE = { messages: 16, bytes: 16_384 } as const;

/**
 * What may wait: the 8 MiB that may be announced at once, and what a broker remembers of a house of 2,000 devices. When there is no
 * room for one more the oldest is taken in at once: that costs time, but nothing is lost.
 */
const MAX_WAITING = { messages: 20_000, bytes: 16_777_216 } as const;

/** First in, first out; its front is cut off now and then, not with each message. */
function createLane() {
  let messages: WireMessage[] = [];
  let front = 0;
  return {
    size: (): number => messages.length - front,
    add: (message: WireMessage): void => void messages.push(message),
    take(): WireMessage | undefined {
      const message = messages[front];
      if (message === undefined) return undefined;
      front += 1;
      if (front >= 1_024 || front === messages.length) {
        messages = messages.slice(front);
        front = 0;
      }
      return message;
    },
  };
}

type Lane = ReturnType<typeof createLane>;

export type QueuePorts = Pick<WireContext, 'read' | 'after'> & {
  /** Takes in one announcement. */
  readonly take: (message: WireMessage) => void;
  /** Nothing waits any more. */
  readonly onEmpty: () => void;
};

/**
 * Announcements wait here for their turn, so that a gateway with a thousand devices holds up no alarm: a slice of them, then whatever
 * else has come. Each topic keeps its order, withdrawals included. Paired boards have a lane of their own, and every other turn.
 */
export function createAnnouncementQueue({ read, after, take, onEmpty }: QueuePorts) {
  const boards = createLane();
  const others = createLane();
  /** How many wait, by topic, and in which lane: there they stay in order although the board is paired meanwhile. */
  const topics = new Map<string, { lane: Lane; waiting: number }>();
  let bytes = 0;
  let left = { ...SLICE } as { messages: number; bytes: number };
  let isPlanned = false;
  let isBoardsTurn = true;

  const size = (): number => boards.size() + others.size();

  const laneOf = (topic: string): Lane =>
    topics.get(topic)?.lane ??
    (getRow(read().devices, topicOwner(topic))?.kind === 'board' ? boards : others);

  function spend({ payload }: WireMessage): void {
    left.messages -= 1;
    left.bytes -= payload.length;
  }

  function next(): WireMessage | undefined {
    const [first, second] = isBoardsTurn ? [boards, others] : [others, boards];
    isBoardsTurn = !isBoardsTurn;
    const message = first.take() ?? second.take();
    if (message === undefined) return undefined;
    bytes -= message.payload.length;
    const topic = topics.get(message.topic);
    if (topic !== undefined && --topic.waiting === 0) topics.delete(message.topic);
    return message;
  }

  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    after(0, turn);
  }

  function turn(): void {
    isPlanned = false;
    left = { ...SLICE };
    if (size() === 0) return;
    try {
      for (let some = 0; size() > 0 && (some === 0 || isLeft()); some++) takeNext();
    } finally {
      // A bug in one of them must not keep back the rest.
      if (size() > 0) plan();
      else onEmpty();
    }
  }

  const isLeft = (): boolean => left.messages > 0 && left.bytes > 0;

  function takeNext(): void {
    const message = next();
    if (message === undefined) return;
    spend(message);
    take(message);
  }

  function wait(message: WireMessage): void {
    const lane = laneOf(message.topic);
    // By itself: the bytes may be a piece of a larger packet.
    lane.add({ ...message, payload: new Uint8Array(message.payload) });
    bytes += message.payload.length;
    const topic = topics.get(message.topic);
    if (topic === undefined) topics.set(message.topic, { lane, waiting: 1 });
    else topic.waiting += 1;
    while (size() > MAX_WAITING.messages || bytes > MAX_WAITING.bytes) takeNext();
    plan();
  }

  return {
    /** Takes it in at once when nothing waits and the turn is not used up; otherwise when it is its turn. */
    offer(message: WireMessage): void {
      if (size() > 0 || !isLeft()) return wait(message);
      spend(message);
      plan();
      take(message);
    },
    isEmpty: (): boolean => size() === 0,
    /** Whether an earlier announcement on this topic waits. */
    isWaiting: (topic: string): boolean => topics.has(topic),
  };
}
