import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HistoryFile } from '../../test/historyFile.ts';
import { HOUR_MS } from './timeKey.ts';

const T0 = Date.UTC(2026, 9, 1);
const at = (hours: number) => T0 + hours * HOUR_MS;

let file: HistoryFile;
beforeEach(() => {
  file = new HistoryFile();
});
afterEach(() => file.remove());

const entities = () =>
  file.opened.db.prepare('select entity from series order by entity').pluck().all() as string[];

/** Adds up and deletes as the upkeep does when nothing before then is kept. */
function prune(hours: number): void {
  file.roll(at(hours));
  while (!file.opened.pruning.pruneSome({ raw: at(hours), hourly: at(hours) }, () => true)) {}
  while (!file.opened.emptySeries.forgetSome(() => false)) {}
}

it('a series goes with the last that is kept of it, not before', () => {
  file.record([
    { at: at(1), value: 5, entity: 'gone' },
    { at: at(1), value: true, entity: 'gone contact' },
    { at: at(9), value: 6, entity: 'there' },
  ]);
  file.roll(at(2));
  file.opened.pruning.pruneSome({ raw: at(2), hourly: 0 }, () => true);
  file.opened.emptySeries.forgetSome(() => true);
  expect(entities()).toEqual(['gone', 'gone contact', 'there']);
  prune(9);
  expect(entities()).toEqual(['there']);
  expect(
    file.draw({ source: 'readings', t0: at(9), step: HOUR_MS, count: 1 }, at(10), at(10), 'there').n,
  ).toEqual([1]);
});

it('one that comes back in the same run gets a series again, its hours too, and nothing of another', () => {
  file.record([
    { at: at(1), value: 5, entity: 'first' },
    { at: at(1), value: 7, entity: 'last' },
  ]);
  prune(3);
  expect(entities()).toEqual([]);
  // The number of the one is free, and goes to the other.
  file.record([{ at: at(3.1), value: 8, entity: 'last' }]);
  file.record([{ at: at(3.2), value: 9, entity: 'first' }]);
  file.record([{ at: at(3.3), value: 10, entity: 'last' }]);
  const rows = file.opened.db
    .prepare('select entity, v from reading join series on id = series order by t')
    .raw();
  expect(rows.all()).toEqual([
    ['last', 8],
    ['first', 9],
    ['last', 10],
  ]);
  file.roll(at(5));
  const hours = file.opened.db
    .prepare('select entity, n, total from hourly join series on id = series order by 1')
    .raw();
  expect(hours.all()).toEqual([
    ['first', 1, 9],
    ['last', 2, 18],
  ]);
});

it('a new series whose hour was open under an old number is added up all the same', () => {
  file.record([{ at: at(1), value: 5, entity: 'old' }]);
  prune(3);
  file.record([{ at: at(1.5), value: 6, entity: 'new' }]);
  file.roll(at(5));
  expect(file.count('hourly')).toBe(1);
});

it('a batch that could not be written leaves no series behind, and is written when it comes again', () => {
  const batch = file.batch([{ at: at(1), value: 5, entity: 'e' }]);
  file.opened.db.exec(
    "create trigger full before insert on reading begin select raise(abort, 'no room'); end",
  );
  expect(() => file.opened.recording.take('run', batch)).toThrow('no room');
  expect(entities()).toEqual([]);
  file.opened.db.exec('drop trigger full');
  expect(file.opened.recording.take('run', batch)).toBe(0);
  expect(entities()).toEqual(['e']);
  expect(file.count('reading')).toBe(1);
});

it('many are looked through piece by piece', () => {
  const names = Array.from({ length: 1_000 }, (_, n) => `e${String(n).padStart(4, '0')}`);
  file.record(names.map((entity, n) => ({ at: at(n % 2 === 0 ? 1 : 9), value: n, entity })));
  file.roll(at(9));
  while (!file.opened.pruning.pruneSome({ raw: at(9), hourly: at(9) }, () => true)) {}
  let pieces = 1;
  while (!file.opened.emptySeries.forgetSome(() => false)) pieces += 1;
  expect(pieces).toBeGreaterThan(3);
  expect(entities()).toEqual(names.filter((_, n) => n % 2 === 1));
});

it('a contact that is gone is not kept for ever by the ends that each start of the hub notes', () => {
  file.record([
    { at: at(1), value: true, entity: 'contact' },
    { at: at(1), value: 5, entity: 'meter' },
  ]);
  for (let run = 1; run <= 4; run++) {
    const now = 50 * run;
    file.roll(at(now));
    // Readings are kept for 60 hours, hourly values for a hundred.
    const horizon = { raw: at(now - 60), hourly: at(now - 100) };
    while (!file.opened.pruning.pruneSome(horizon, () => true)) {}
    while (!file.opened.emptySeries.forgetSome(() => true)) {}
    file.reopen();
    file.record([{ at: at(now), value: run, entity: 'meter' }], 'ppm', `run ${run}`);
  }
  expect(entities()).toEqual(['meter']);
});

it('a file in the middle of being read goes on with nothing of another series', () => {
  file.record(Array.from({ length: 3_000 }, (_, n) => ({ at: at(1) + n, value: n })));
  const ask = (after: { series: number; key: number } | null) =>
    file.opened.answers.csv({ entity: 'e', from: 0, to: at(100), after });
  const first = ask(null);
  expect(first?.next).not.toBeNull();
  prune(3);
  file.record([{ at: at(4), value: 77, entity: 'other' }]);
  file.record([{ at: at(4), value: 5 }]);
  const rest = ask(first?.next ?? null);
  expect(rest?.text).not.toContain('77');
});

it('whatever comes and goes: a series stands for exactly those of which something is kept, and all of it is theirs', () => {
  const deed = fc.record({
    entity: fc.constantFrom('a', 'b', 'c', 'd'),
    on: fc.option(fc.boolean()),
    pause: fc.nat(6),
    restart: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 30 }), (deeds) => {
      file.remove();
      file = new HistoryFile();
      let hour = 1;
      const told: { entity: string; hour: number; states: boolean }[] = [];
      for (const { entity, on, pause, restart } of deeds) {
        hour += pause;
        if (restart === 0) file.reopen();
        file.record([{ at: at(hour), value: on ?? hour, entity }]);
        told.push({ entity, hour, states: on !== null });
        prune(hour - 5);
      }
      const kept = told.filter((one) => one.hour >= hour - 5);
      const names = [...new Set(kept.map((one) => `${one.entity} ${one.states}`))].sort();
      const rows = file.opened.db.prepare(
        "select entity || ' ' || iif(states, 'true', 'false') from series order by 1",
      );
      expect(rows.pluck().all()).toEqual(names);
      const readings = file.opened.db
        .prepare('select entity, t / 32 from reading join series on id = series order by t, 1')
        .raw()
        .all() as [string, number][];
      expect(new Set(readings.map(([entity, utc]) => `${entity} ${utc}`))).toEqual(
        new Set(kept.map((one) => `${one.entity} ${at(one.hour)}`)),
      );
    }),
    { numRuns: 40 },
  );
});
