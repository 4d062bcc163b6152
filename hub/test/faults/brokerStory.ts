import { setTimeout as sleep } from 'node:timers/promises';
import type { Mosquitto } from '../brokers/mosquitto.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import type { TestBoard } from '../testBoard.ts';

export type BrokerStory = {
  readonly hub: HubProcess;
  readonly mosquitto: Mosquitto;
  /** Boards with a smoke contact `smoke`. */
  readonly boards: readonly TestBoard[];
  readonly restarts: number;
  readonly longestDownMs: number;
  readonly onRestart?: (nth: number, reconnectMs: number) => void;
};

export type BrokerOutcome = {
  readonly calls: number;
  /** From the moment at which the broker took connections again until the hub was back, sorted, ms. */
  readonly reconnectsMs: readonly number[];
  readonly violations: readonly string[];
};

/** After a broker came back everybody has this long to speak, ms of house time. Source: safety.md SUP-2. */
const WINDOW_MS = 60_000;

/** F-07: boards call while the broker is killed and started again; it forgets everything each time. */
export async function restartAgainAndAgain(story: BrokerStory): Promise<BrokerOutcome> {
  const { hub, mosquitto, boards, restarts, longestDownMs } = story;
  const made: string[] = [];
  const reconnectsMs: number[] = [];
  const violations: string[] = [];
  let isOver = false;
  const callers = boards.map((board) => callOnAndOn(board, made, () => isOver));
  for (let nth = 1; nth <= restarts; nth++) {
    await sleep(200 + Math.random() * 800);
    await mosquitto.kill();
    await sleep(Math.random() * longestDownMs);
    await mosquitto.restart();
    const reconnectMs = await reconnect(hub);
    reconnectsMs.push(reconnectMs);
    story.onRestart?.(nth, reconnectMs);
  }
  isOver = true;
  const left = await Promise.race([Promise.all(callers).then(() => null), sleep(20_000, 'late' as const)]);
  if (left === 'late') violations.push('some board got no answer within 20 s of the last restart');
  violations.push(...lostCalls(hub, made), ...lostTooEarly(hub));
  return { calls: made.length, reconnectsMs: reconnectsMs.sort((a, b) => a - b), violations };
}

async function callOnAndOn(board: TestBoard, made: string[], isOver: () => boolean): Promise<void> {
  for (let isOn = true; !isOver(); isOn = !isOn) {
    const stamp = board.stamp();
    made.push(`${board.id} ${stamp.boot} ${stamp.seq}`);
    await board.call('smoke', isOn ? 'ON' : 'OFF', stamp);
    await sleep(Math.random() * 300);
  }
}

async function reconnect(hub: HubProcess): Promise<number> {
  const since = performance.now();
  const isBack = async () => (await hub.api.call('house')).brokerConnected;
  await until('the hub has found the broker again', isBack, 20_000);
  return Math.round(performance.now() - since);
}

function lostCalls(hub: HubProcess, made: readonly string[]): string[] {
  const taken = hub.journal('boardAlarmTaken').map(({ fact }) => `${fact.deviceId} ${fact.boot} ${fact.seq}`);
  const counts = new Map<string, number>();
  for (const call of taken) counts.set(call, (counts.get(call) ?? 0) + 1);
  return made
    .filter((call) => counts.get(call) !== 1)
    .map((call) => `call ${call} stands in the journal ${counts.get(call) ?? 0} times`);
}

/** Nobody is lost while the broker is away, nor within the window after it came back. */
function lostTooEarly(hub: HubProcess): string[] {
  let backAt = Number.POSITIVE_INFINITY;
  const early: string[] = [];
  for (const { type, mono, fact } of hub.journal()) {
    if (type === 'brokerFound') backAt = mono;
    if (type === 'brokerLost') backAt = Number.POSITIVE_INFINITY;
    if (type === 'entityLost' && mono < backAt + WINDOW_MS) early.push(`${fact.entityId} was lost too early`);
  }
  return early;
}
