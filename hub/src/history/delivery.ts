import type { Millis } from '../shared/time.ts';
import { BATCH_MS, BATCH_ROWS, BATCHES_ON_THE_WAY, RETRY_MS, WAITING_ROWS } from './limits.ts';
import type { Batch, FromWorker, Pause, SlotName } from './messages.ts';
import { createWaiting } from './waiting.ts';

export type DeliveryPorts = {
  /** Sends a batch with the names of the series that the thread may not know yet. It starts the thread if need be. */
  readonly send: (batch: Batch, names: readonly SlotName[]) => void;
  /** Runs a task once after a delay. */
  readonly after: (delay: Millis, task: () => void) => void;
};

/**
 * Brings readings to the thread, in order, each batch until it is taken: a thread that died or a full disk costs no
 * reading before there is no room left to wait in.
 */
export function createDelivery({ send, after }: DeliveryPorts) {
  const waiting = createWaiting();
  /** Sent and not taken yet, oldest first. */
  let onTheWay: Batch[] = [];
  let rowsOnTheWay = 0;
  let namesSent = 0;
  let paused: Pause | null = null;
  let dropped = 0;
  let isDue = false;
  let isRetrying = false;

  function post(batch: Batch): void {
    const names = waiting.names(namesSent);
    namesSent += names.length;
    send(batch, names);
  }

  /** Hands over what waits, unless as much is on its way as the disk can take. */
  function flush(): void {
    if (onTheWay.length >= BATCHES_ON_THE_WAY || (paused !== null && onTheWay.length > 0)) return;
    const batch = waiting.cut();
    if (batch === null) return;
    onTheWay.push(batch);
    rowsOnTheWay += batch.slots.length;
    post(batch);
  }

  function soon(): void {
    if (waiting.size() >= BATCH_ROWS) return flush();
    if (isDue || waiting.size() === 0) return;
    isDue = true;
    after(BATCH_MS, () => {
      isDue = false;
      flush();
    });
  }

  const hasRoom = (): boolean => waiting.size() + rowsOnTheWay < WAITING_ROWS;

  function handOver(): void {
    if (waiting.size() === 1 || waiting.size() >= BATCH_ROWS) soon();
  }

  function retry(): void {
    if (isRetrying) return;
    isRetrying = true;
    after(RETRY_MS, () => {
      isRetrying = false;
      onTheWay.forEach(post);
    });
  }

  function taken(seq: number, lost: number): void {
    dropped += lost;
    onTheWay = onTheWay.filter((batch) => batch.seq > seq);
    rowsOnTheWay = onTheWay.reduce((sum, { slots }) => sum + slots.length, 0);
    soon();
  }

  return {
    /** Takes in one reading. Where there is no room it is dropped, and counted. */
    add(entity: string, value: number | boolean, unit: string | null, utc: Millis): void {
      if (!hasRoom() || !waiting.add(entity, value, unit, utc)) dropped += 1;
      else handOver();
    },
    /** An entity cannot be heard any more: what is on or off is not known from then on. */
    end(entity: string, utc: Millis): void {
      if (hasRoom() && waiting.end(entity, utc)) handOver();
    },
    /** It can be heard again, and what it said last stands. */
    resume(entity: string, value: boolean, utc: Millis): void {
      if (hasRoom() && waiting.resume(entity, value, utc)) handOver();
    },
    flush,
    hear(message: Extract<FromWorker, { is: 'taken' | 'refused' | 'pause' }>): void {
      if (message.is === 'taken') taken(message.seq, message.dropped);
      else if (message.is === 'refused') retry();
      else paused = message.why;
    },
    /** A thread that knows nothing was started: it is sent all that is on its way. */
    begin(): void {
      namesSent = 0;
      onTheWay.forEach(post);
    },
    /** Whether a thread is needed. */
    isPending: (): boolean => onTheWay.length > 0,
    paused: (): Pause | null => paused,
    dropped: (): number => dropped,
  };
}
