import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../hubClient.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import type { TestBoard } from '../testBoard.ts';
import { Deeds } from './deeds.ts';

export type KillStory = {
  readonly hub: HubProcess;
  /** Boards that are connected and announced; each part named here is a contact that alarms. */
  readonly contacts: readonly { readonly board: TestBoard; readonly part: string }[];
  readonly kills: number;
  readonly onKill?: (nth: number, violations: readonly string[]) => void;
};

export type KillOutcome = {
  readonly kills: number;
  readonly answeredCalls: number;
  readonly acknowledgedAlarms: number;
  /** Milliseconds from the start of the program until it said that it is up, sorted. */
  readonly startsMs: readonly number[];
  readonly violations: readonly string[];
};

/** One kill in this many comes while the program starts; the others while it works. */
const EARLY_ONE_IN = 4;
const LONGEST_START_MS = 1_500;
/** Source: safety.md F-01. */
const LONGEST_WORK_MS = 500;

/**
 * F-01: alarms are raised, acknowledged, cleared and reset without a pause, and the hub is killed again and again.
 * After each kill the data on disk are compared with what the hub had promised.
 */
export async function killAgainAndAgain({ hub, contacts, kills, onKill }: KillStory): Promise<KillOutcome> {
  const deeds = new Deeds();
  const violations = new Set<string>();
  const startsMs: number[] = [];
  let isOver = false;
  const drivers = contacts.map(({ board, part }) =>
    drive(hub, board, part, deeds, () => isOver).catch((error: unknown) => {
      violations.add(`${board.id}: ${String(error)}`);
    }),
  );
  for (let nth = 1; nth <= kills; nth++) {
    await (nth % EARLY_ONE_IN === 0 ? killEarly(hub) : killAtWork(hub, deeds, startsMs));
    const found = deeds.violations(hub);
    for (const each of found) violations.add(each);
    onKill?.(nth, found);
  }
  await hub.start();
  isOver = true;
  const left = await Promise.race([Promise.all(drivers).then(() => null), sleep(20_000, 'late' as const)]);
  if (left === 'late') violations.add('some contact got no answer within 20 s of the last start');
  for (const each of deeds.violations(hub)) violations.add(each);
  return {
    kills,
    answeredCalls: deeds.answeredCalls.size,
    acknowledgedAlarms: deeds.acknowledgedAlarms.size,
    startsMs: startsMs.sort((a, b) => a - b),
    violations: [...violations],
  };
}

/** However slow the machine is, something is answered in each life before it ends. */
async function killAtWork(hub: HubProcess, deeds: Deeds, startsMs: number[]): Promise<void> {
  if (!hub.isRunning()) {
    const since = performance.now();
    await hub.start();
    startsMs.push(Math.round(performance.now() - since));
  }
  const before = deeds.answeredCalls.size;
  await until('a call is answered', () => deeds.answeredCalls.size > before, 60_000);
  await sleep(Math.random() * LONGEST_WORK_MS);
  await hub.kill9();
}

async function killEarly(hub: HubProcess): Promise<void> {
  if (!hub.isRunning()) hub.launch();
  await sleep(Math.random() * LONGEST_START_MS);
  await hub.kill9();
}

/** One contact and the person who looks after it: raised, acknowledged, cleared, reset, and again. */
async function drive(
  hub: HubProcess,
  board: TestBoard,
  part: string,
  deeds: Deeds,
  isOver: () => boolean,
): Promise<void> {
  const entityId = `${board.id}.${part}`;
  const call = async (value: 'ON' | 'OFF') => {
    const stamp = board.stamp();
    const name = `${board.id} ${stamp.boot} ${stamp.seq}`;
    deeds.madeCalls.add(name);
    await board.call(part, value, stamp);
    deeds.answeredCalls.add(name);
  };
  while (!isOver()) {
    await call('ON');
    deeds.promise(entityId, 'raised');
    const alarmId = await insist(async () => {
      const alarm = (await hub.api.alarms()).find((each) => each.entityId === entityId);
      return alarm?.id ?? null;
    });
    await insist(() => hub.api.acknowledge(alarmId));
    deeds.acknowledgedAlarms.add(alarmId);
    deeds.promise(entityId, 'acknowledged');
    await call('OFF');
    deeds.promise(entityId, 'cleared');
    await insist(() => hub.api.reset(alarmId).catch(isGone));
    deeds.promise(entityId, 'quiet');
    await sleep(Math.random() * 50);
  }
}

/** Until the hub answers: it may be dead just now. A refusal is an answer, and a fault of the hub. */
function insist<T>(ask: () => Promise<T>): Promise<Exclude<T, undefined | null | false>> {
  const patient = async () => {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refused) throw error;
      return null;
    }
  };
  return until('the hub answers', patient, 120_000) as Promise<Exclude<T, undefined | null | false>>;
}

/** The reset was done already; only its answer was lost. */
function isGone(error: unknown): true {
  if (error instanceof Refused && error.isA('not-found')) return true;
  throw error;
}
