import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlarmWalk, anyWalk, walkAlarms } from '../../test/alarmWalk.ts';
import { at } from '../../test/builders.ts';
import { emptyTable, rowsOf, tableOf } from '../house/table.ts';
import { openDatabase, type Sqlite } from '../io/sqlite.ts';
import type { AlarmRow } from './alarmRow.ts';
import { KEEP_TRANSITIONS_MS } from './limits.ts';
import { EMPTY_ALARMS } from './state.ts';
import { createEpisodeReader, createTransitionStore, PRUNE_AT_ONCE } from './store.ts';
import { type OldAlarmRow, upgradeAlarms } from './stored.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

let db: Sqlite;
beforeEach(() => {
  db = openDatabase(':memory:', MIGRATIONS);
});
afterEach(() => db.close());

const count = () => db.prepare('select count(*) from alarm_transition').pluck().get() as number;
const plain = (rows: Iterable<[string, AlarmRow]>) => new Map(rows);

/** Writes down every transition of a walk. */
function write(walk: AlarmWalk) {
  const store = createTransitionStore(db);
  const steps = [...walkAlarms(walk)];
  for (const { moved, mono } of steps) for (const each of moved) store.add(each, at(mono));
  return { store, steps, live: steps.at(-1)?.after.rows ?? emptyTable<AlarmRow>() };
}

describe('ALM-1: the transitions on the disk', () => {
  it('say where every alarm stands, whatever happened', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        db.exec('delete from alarm_transition');
        const { store, live } = write(walk);
        expect(plain(rowsOf(store.load()))).toEqual(plain(rowsOf(live)));
      }),
      { numRuns: 60 },
    );
  });

  it('are thrown away when they are too old, but never the last of an alarm that stands or stood', () => {
    fc.assert(
      fc.property(anyWalk, fc.nat(100_000), (walk, later) => {
        db.exec('delete from alarm_transition');
        const { store, live, steps } = write(walk);
        const points = db.prepare('select count(distinct point) from alarm_transition').pluck().get();
        const now = (steps.at(-1)?.mono ?? 0) + KEEP_TRANSITIONS_MS + later;
        while (store.prune(now));
        expect(plain(rowsOf(store.load()))).toEqual(plain(rowsOf(live)));
        expect(count()).toBe(points);
      }),
      { numRuns: 30 },
    );
  });

  it('go a few at a time, the oldest first, and not before their time', () => {
    const store = createTransitionStore(db);
    const [step] = walkAlarms([{ do: 'met', point: 0, level: 'alarm', latching: true, wait: 0 }]);
    const moved = step?.moved[0];
    if (moved === undefined) throw new Error('Nothing moved.');
    for (let n = 0; n < PRUNE_AT_ONCE + 10; n++) store.add(moved, at(n));
    expect(store.prune(KEEP_TRANSITIONS_MS)).toBe(false);
    expect(count()).toBe(PRUNE_AT_ONCE + 10);
    expect(store.prune(KEEP_TRANSITIONS_MS + 1_000)).toBe(true);
    expect(count()).toBe(10);
    expect(db.prepare('select min(mono) from alarm_transition').pluck().get()).toBe(PRUNE_AT_ONCE);
    expect(store.prune(KEEP_TRANSITIONS_MS + 1_000)).toBe(false);
    expect(count()).toBe(1);
  });

  it('are made up for alarms of which no news was handed over: a full disk never loses where one stands', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        db.exec('delete from alarm_transition');
        const store = createTransitionStore(db);
        const steps = [...walkAlarms(walk)];
        const half = steps[Math.floor(steps.length / 2)]?.after.rows ?? emptyTable<AlarmRow>();
        const last = steps.at(-1)?.after.rows ?? emptyTable<AlarmRow>();
        store.addUntold(emptyTable(), half, new Set(), at(1));
        store.addUntold(half, last, new Set(), at(2));
        expect(plain(rowsOf(store.load()))).toEqual(plain(rowsOf(last)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the history of alarms', () => {
  const roomOf = (id: string) => ({ id, name: id });
  const read = (query: Parameters<ReturnType<typeof createEpisodeReader>>[0]) =>
    createEpisodeReader(db)(query, roomOf);

  /** All pages, one after the other. */
  function* pagesOf(limit: number) {
    let before: string | null = null;
    do {
      const page: ReturnType<typeof read> = read(before === null ? { limit } : { limit, before });
      expect(page.episodes.length).toBeLessThanOrEqual(limit);
      yield* page.episodes;
      before = page.next;
    } while (before !== null);
  }

  it('has every episode once, in its pages, and each with all its steps', () => {
    fc.assert(
      fc.property(anyWalk, fc.integer({ min: 1, max: 7 }), (walk, limit) => {
        db.exec('delete from alarm_transition');
        write(walk);
        const seen: string[] = [];
        for (const { id, transitions, endedAt } of pagesOf(limit)) {
          seen.push(id);
          const [froms, tos] = [transitions.map(({ from }) => from), transitions.map(({ to }) => to)];
          expect(froms).toEqual(['normal', ...tos.slice(0, -1)]);
          expect(endedAt === null).toBe(tos.at(-1) !== 'normal');
        }
        const ids = db.prepare('select distinct alarm_id from alarm_transition').pluck().all();
        expect(seen.sort()).toEqual(ids.sort());
      }),
      { numRuns: 40 },
    );
  });

  it('shows the last 100 steps of a long life, and its worst level', () => {
    const store = createTransitionStore(db);
    const first = [...walkAlarms([{ do: 'met', point: 0, level: 'critical', latching: true, wait: 0 }])][0]
      ?.moved[0];
    if (first === undefined) throw new Error('Nothing moved.');
    store.add(first, at(0));
    for (let n = 1; n <= 150; n++)
      store.add({ ...first, event: 'level-changed', from: 'unacknowledged', level: 'warning' }, at(n));
    const [episode] = read({ limit: 20 }).episodes;
    expect(episode?.transitions).toHaveLength(100);
    expect(episode?.transitions.at(-1)?.at).toBe(at(150).utc);
    expect(episode).toMatchObject({ peak: 'critical', since: at(0).utc, endedAt: null });
  });
});

describe('alarms of an earlier version', () => {
  const OLD: OldAlarmRow = {
    alarmId: 'co.hall.co.1a',
    kind: 'co',
    level: 'alarm',
    entityId: 'hall.co',
    state: 'acknowledged',
    roomId: 'hall',
    active: true,
    latching: true,
    peak: 'critical',
    value: 80,
    unit: 'ppm',
    late: false,
    since: at(5_000),
    clearedAt: null,
    acknowledgedBy: 'Ana',
    acknowledgedAt: at(6_000),
  };

  it('are taken over into the transitions, and stand as they stood', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeward-alarms-'));
    try {
      cpSync(MIGRATIONS, folder, { recursive: true });
      for (const name of readdirSync(folder))
        if (name.endsWith('.sql') && name >= '0003-alarm-transitions.sql') rmSync(join(folder, name));
      const file = join(folder, 'safety.db');
      const before = openDatabase(file, folder);
      const put = before.prepare("insert into house_state (domain, id, json) values ('alarms', ?, ?)");
      put.run('co:hall.co', JSON.stringify(OLD));
      put.run('smoke:hall.smoke', JSON.stringify({ ...OLD, kind: 'smoke', value: true, active: false }));
      before.close();
      const now = openDatabase(file, MIGRATIONS);
      const rows = plain(
        rowsOf(upgradeAlarms({ ...EMPTY_ALARMS, alarms: createTransitionStore(now).load() }).alarms),
      );
      expect(rows.get('co:hall.co')).toEqual({
        ...OLD,
        sound: 'siren',
        cause: 'limit',
        limit: null,
        isLifeSensor: true,
        isUrgent: false,
        count: 1,
        hushedUntil: null,
        shelf: null,
        service: null,
        suppressedBy: null,
        firstOutId: null,
        stale: false,
        remindAt: 86_405_000,
      });
      expect(rows.get('smoke:hall.smoke')).toMatchObject({ value: true, remindAt: null });
      expect(now.prepare("select count(*) from house_state where domain = 'alarms'").pluck().get()).toBe(0);
      expect(createEpisodeReader(now)({ limit: 20 }, (id) => ({ id, name: '' })).episodes).toHaveLength(2);
      now.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('that are of today stay as they are', () => {
    const row = { ...OLD, sound: 'none', count: 7, stale: true } as unknown as AlarmRow;
    const upgraded = upgradeAlarms({ ...EMPTY_ALARMS, alarms: tableOf([['a', row]]) });
    expect(plain(rowsOf(upgraded.alarms)).get('a')).toMatchObject({ sound: 'none', count: 7, stale: true });
  });
});
