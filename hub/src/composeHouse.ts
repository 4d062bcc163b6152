import type { DeviceFact } from './devices/facts.ts';
import { createWire } from './devices/wire.ts';
import { createBroadcast } from './house/broadcast.ts';
import type { Fact } from './house/facts.ts';
import { type House, houseFrom } from './house/house.ts';
import { createProjection } from './house/projection.ts';
import { createEffectRunner } from './house/runEffect.ts';
import type { HousePatch } from './house/schema.ts';
import { createShell } from './house/shell.ts';
import { createHouseStore, loadClock, type Seal } from './house/store.ts';
import { getRow } from './house/table.ts';
import { createClock } from './io/clock.ts';
import { createRareLog, type Log } from './io/log.ts';
import type { Mqtt } from './io/mqtt.ts';
import type { Sqlite } from './io/sqlite.ts';

export type HouseParts = {
  readonly db: Sqlite;
  readonly log: Log;
  readonly speed: number;
  readonly topicRate: number;
  /** Asked when an effect runs: broker and screens are there by then. */
  readonly mqtt: () => Pick<Mqtt, 'publish' | 'subscribe' | 'unsubscribe'>;
  readonly removeIdentity: (username: string) => void;
  readonly endSessions: (username: string) => void;
  readonly publish: (patch: HousePatch) => void;
  /** A reading of an entity that the house knows, with the moment it was true, epoch ms. */
  readonly record: (reading: Extract<DeviceFact, { type: 'reading' }>, utc: number) => void;
  /** An entity can be heard no more, or again, since that moment, epoch ms. */
  readonly heard: (fact: Extract<DeviceFact, { type: 'entityLost' | 'entityFound' }>, utc: number) => void;
  /** Whether any screen is open. */
  readonly isWatched: () => boolean;
  /** The sealed part of a fact's row in the journal. */
  readonly seal: Seal;
  /** Told after each commit that succeeded. */
  readonly committed: () => void;
};

/** What waited on the wire is guarded as what comes from the broker is: a bug in it must not end the program. */
const guarded =
  (task: () => void, report: (error: unknown, what: string) => void, what = 'message') =>
  (): void => {
    try {
      task();
    } catch (error) {
      report(error, what);
    }
  };

/** What is said when something failed that is no rule. */
const FAILED: Readonly<Record<string, string>> = {
  commit: 'Could not be saved.',
  journal: 'A row could not be written into the journal; it is lost. The state of the house is saved.',
};

/** Does one thing, and the next when it did not throw. */
const andThen =
  <T extends readonly unknown[]>(first: (...given: T) => void, next: () => void) =>
  (...given: T): void => {
    first(...given);
    next();
  };

/** The house with its shell, its wire and its picture for the app. */
export function composeHouse(parts: HouseParts) {
  const { db, log } = parts;
  const last = loadClock(db);
  const clock = createClock(last, parts.speed);
  const start = { lastMono: last?.mono ?? null, mono: clock.now().mono, speed: parts.speed };
  const steady = () => performance.now();
  const rare = createRareLog(log, steady);
  const report = (error: unknown, what: string) =>
    rare.error(`bug:${what}`, { err: error, what }, FAILED[what] ?? 'A rule failed.');
  const store = createHouseStore(db, clock.anchor, (error) => report(error, 'journal'), parts.seal);

  /** What the history is told. */
  function note(house: House, fact: Fact, utc: number): void {
    if (fact.type === 'entityLost' || fact.type === 'entityFound') return parts.heard(fact, utc);
    if (fact.type !== 'reading' || fact.retained) return;
    if (getRow(house.devices.entities, fact.entityId) === undefined) return;
    parts.record(fact, utc - fact.ageMs);
  }

  const shell = createShell(houseFrom(store.load(), parts.speed), {
    now: clock.now,
    after: clock.after,
    commit: andThen(store.commit, parts.committed),
    differs: store.differs,
    run: createEffectRunner({
      publish: (topic, payload, options) => parts.mqtt().publish(topic, payload, options),
      removeIdentity: parts.removeIdentity,
      endSessions: parts.endSessions,
      report,
    }),
    settled: (house, facts, at) => {
      wire.follow(house.devices.entities);
      broadcast.noticed();
      for (const fact of facts) note(house, fact, at.utc);
    },
    report,
  });
  const wire = createWire({
    read: () => shell.read().devices,
    dispatch: (fact) => shell.dispatch(fact).facts,
    subscribe: (filters, qos) => parts.mqtt().subscribe(filters, qos),
    unsubscribe: (filters) => parts.mqtt().unsubscribe(filters),
    ask: (topic, payload) => parts.mqtt().publish(topic, payload, { qos: 0, retain: false }),
    now: clock.mono,
    after: (delay, task) => clock.after(delay, guarded(task, report)),
    report: (who, reason) => {
      rare.warn(`drop:${who}`, { device: who, reason }, 'A message was dropped.');
      if (getRow(shell.read().devices.devices, who) === undefined) return;
      projection.touch(who);
      broadcast.noticed();
    },
    topicRate: parts.topicRate,
  });
  const projection = createProjection({ read: shell.read, now: clock.now, dropped: wire.dropped });
  const broadcast = createBroadcast({
    projection,
    publish: parts.publish,
    isWatched: parts.isWatched,
    steady,
    after: (delay, task) => void setTimeout(task, delay),
  });
  return {
    shell,
    wire,
    broadcast,
    clock,
    /** Where house time stood at the last commit, and when this run began. */
    start,
    alarmHistory: store.alarmHistory,
    findEpisode: store.findEpisode,
    journal: store.journal,
    /** Writes where house time stands, and forgets what is too old. A disk that says no costs only that. */
    saveClock: guarded(store.saveAndPrune, report, 'commit'),
  };
}
