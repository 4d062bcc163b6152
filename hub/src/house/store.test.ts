import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  at,
  carbonMonoxide,
  deviceAnnounced,
  emptyHouse,
  houseWith,
  lamp,
  oxygen,
  play,
  reading,
  siren,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import type { ExposureRow } from '../air/exposure.ts';
import type { CalibrationRow } from '../air/oxygen/calibration.ts';
import { HOUSEHOLD, USUAL_SETTINGS } from '../air/settings.ts';
import { openDatabase, type Sqlite } from '../io/sqlite.ts';
import { NEW_RESPONSE } from '../responses/state.ts';
import type { JournalEntry } from './committer.ts';
import type { Fact } from './facts.ts';
import { EMPTY_STORE, type House, houseFrom, storedPart } from './house.ts';
import { createHouseStore, loadClock, type SavedClock } from './store.ts';
import { emptyTable, rowsOf, tableOf } from './table.ts';

const MIGRATIONS = new URL('../../migrations', import.meta.url).pathname;
const STAND: SavedClock = { mono: 12_345, utc: 1_793_491_200_000, bootId: 'boot', uptimeMs: 99 };

let db: Sqlite;
beforeEach(() => {
  db = openDatabase(':memory:', MIGRATIONS);
});
afterEach(() => db.close());

let lost: unknown[];
beforeEach(() => {
  lost = [];
});
const storeOf = (stand = STAND) =>
  createHouseStore(
    db,
    () => stand,
    (error) => void lost.push(error),
  );
const entry = (fact: Fact, mono = 1): JournalEntry => ({ fact, at: at(mono) });
const journal = () =>
  db.prepare('select mono, utc, type, json from journal order by seq').all() as {
    mono: number;
    utc: number;
    type: string;
    json: string;
  }[];
const plain = (house: House) => {
  const stored = storedPart(house);
  return Object.fromEntries(
    Object.entries(stored).map(([name, table]) => [name, new Map<string, unknown>(rowsOf<unknown>(table))]),
  );
};

const numbers = () =>
  db.prepare('select seq from journal order by seq').safeIntegers().pluck().all() as bigint[];
const rowAt = (seq: string, hash = 'null') =>
  `insert into journal (seq, mono, utc, type, json, hash) values (${seq}, 1, 1, 'hubClaimed', '{}', ${hash})`;
const signedAt = (seq: string) =>
  `insert into journal_checkpoint (seq, no, first, hash, mono, utc, key, signature)
   values (${seq}, ${seq}, 1, x'00', 1, 1, x'00', x'00')`;

/** A house in which something stands in every table. */
const played = play(
  houseWith({ k: [oxygen(), carbonMonoxide(), smoke(), lamp()], m: [carbonMonoxide()], s: [siren()] }),
  [
    [
      1,
      deviceAnnounced('k', [], { device: { name: '廚房 "quoted" \\ غرفة 🛋', suggestedArea: "Kitchen's" } }),
    ],
    [2, reading('k.o2', 19.4)],
    [3, smokeReading('k.smoke', true)],
    // It chatters.
    [3, smokeReading('k.smoke', false)],
    [3, smokeReading('k.smoke', true)],
    [
      4,
      {
        type: 'boardAlarmHeard',
        deviceId: 'k',
        entityId: 'k.smoke',
        boot: 'b',
        seq: 9,
        value: true,
        ageMs: 1,
      },
    ],
    [5, { type: 'commandAsked', entityId: 'k.lamp', command: { on: true }, by: 'Ana' }],
    [6, { type: 'devicePaired', deviceId: '__proto__', name: 'odd', kind: 'board' }],
    [7, { type: 'questionAnswered', question: 'ups', answer: false, by: 'Ana' }],
    [8, { type: 'sirenTestBegan', entityIds: ['s.siren'], soundMs: 2_000, answerMs: 6_000, by: 'Ana' }],
    // Both are silent, at once.
    [200_000, { type: 'clockReached' }],
  ],
).house;
const lively = houseFrom({
  ...storedPart(played),
  airMeans: tableOf([['k.co', { tens: null, quarters: null, days: null }]]),
  exposures: tableOf([['k.co', { dose: 0.5 } as ExposureRow]]),
  calibrations: tableOf([['k.o2', { baselineOffset: 0.1 } as CalibrationRow]]),
  responses: tableOf([['ventilate', { ...NEW_RESPONSE, chosen: { enabled: false } }]]),
  deeds: tableOf([['k.fan', { responseId: 'ventilate', alarmId: 'a', answered: true }]]),
  airSettings: tableOf([[HOUSEHOLD, { ...USUAL_SETTINGS, profile: 'US' as const }]]),
});

describe('a whole house', () => {
  it('comes back as it was saved, row for row', () => {
    storeOf().commit(emptyHouse(), lively, []);
    const loaded = storeOf().load();
    expect(loaded).toEqual(storedPart(lively));
    expect(plain(houseFrom(loaded))).toEqual(plain(lively));
    for (const table of Object.values(plain(lively))) expect(table.size).toBeGreaterThan(0);
  });

  it('is empty when nothing was ever saved', () => {
    expect(storeOf().load()).toEqual(EMPTY_STORE);
    expect(loadClock(db)).toBeNull();
  });

  it('that was saved in many steps is the one that was saved at once', () => {
    const anything = fc.constantFrom<Fact>(
      reading('k.o2', 17),
      reading('k.o2', 20.9),
      smokeReading('k.smoke', true),
      smokeReading('k.smoke', false),
      { type: 'deviceRemoveAsked', deviceId: 'k', by: 'Ana' },
      deviceAnnounced('k', [oxygen(), smoke()]),
      { type: 'commandAsked', entityId: 's.siren', command: { on: true }, by: 'Ana' },
      { type: 'clockReached' },
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20, size: 'max' }), (facts) => {
        db.exec('delete from house_state; delete from alarm_transition');
        const store = storeOf();
        let saved = emptyHouse();
        facts.forEach((fact, n) => {
          const { house } = play(saved, [[n * 10_000, fact]]);
          store.commit(saved, house, []);
          saved = house;
        });
        expect(plain(houseFrom(store.load()))).toEqual(plain(saved));
      }),
      { numRuns: 40 },
    );
  });

  it('leaves no row behind when it becomes empty again', () => {
    const store = storeOf();
    store.commit(emptyHouse(), lively, []);
    store.commit(lively, emptyHouse(), []);
    expect(db.prepare('select count(*) from house_state').pluck().get()).toBe(0);
  });
});

describe('state and journal', () => {
  it('are written together, with the stand of the clock', () => {
    storeOf().commit(emptyHouse(), lively, [
      entry({ type: 'brokerFound' }, 5),
      entry({ type: 'brokerLost' }, 6),
    ]);
    expect(journal()).toEqual([
      { ...at(5), type: 'brokerFound', json: '{"type":"brokerFound"}' },
      { ...at(6), type: 'brokerLost', json: '{"type":"brokerLost"}' },
    ]);
    expect(loadClock(db)).toEqual(STAND);
  });

  it('are not written at all when the clock cannot be', () => {
    const store = storeOf();
    store.commit(emptyHouse(), houseWith({ before: [smoke()] }), [entry({ type: 'houseResumed' })]);
    const before = plain(houseFrom(store.load()));
    const stand = { ...STAND, mono: 0.5 };
    expect(() => storeOf(stand).commit(emptyHouse(), lively, [entry({ type: 'brokerFound' })])).toThrow();
    expect(plain(houseFrom(store.load()))).toEqual(before);
    expect(journal().map(({ type }) => type)).toEqual(['houseResumed']);
    expect(loadClock(db)).toEqual(STAND);
  });

  it('are not written when a row in the middle cannot be', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const broken: House = {
      ...lively,
      devices: { ...lively.devices, rooms: tableOf([['x', circular as never]]) },
    };
    expect(() => storeOf().commit(emptyHouse(), broken, [])).toThrow(/circular/i);
    expect(storeOf().load()).toEqual(EMPTY_STORE);
  });
});

describe('a journal that cannot be written', () => {
  const savedWith = (entries: JournalEntry[]) => {
    storeOf().commit(emptyHouse(), lively, entries);
    expect(plain(houseFrom(storeOf().load()))).toEqual(plain(lively));
    expect(loadClock(db)).toEqual(STAND);
  };

  it('costs only the row that it refuses, and it is said', () => {
    savedWith([
      entry({ type: 'brokerFound' }),
      entry({ type: 'brokerLost' }, 0.5),
      entry({ type: 'houseResumed' }),
    ]);
    expect(journal().map(({ type }) => type)).toEqual(['brokerFound', 'houseResumed']);
    expect(lost).toHaveLength(1);
  });

  it('of which the table is damaged costs no state', () => {
    db.exec('alter table journal rename to kept; create table journal (seq integer primary key, hash blob)');
    db.exec('alter table journal add column mono; alter table journal add column utc');
    for (const column of ['type', 'who', 'place', 'why', 'json', 'sealed'])
      db.exec(`alter table journal add column ${column}`);
    db.exec("create trigger never before insert on journal begin select raise(abort, 'no'); end");
    savedWith([entry({ type: 'brokerFound' })]);
    expect(lost).toHaveLength(1);
  });

  it('because the disk is full costs all of it: it is tried again, and nothing is lost', () => {
    const store = storeOf();
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    const entries = Array.from({ length: 2_000 }, () => entry({ type: 'brokerFound' }));
    expect(() => store.commit(emptyHouse(), emptyHouse(), entries)).toThrow(/full/);
    expect([lost, journal()]).toEqual([[], []]);
    db.pragma('max_page_count = 100000');
    store.commit(emptyHouse(), lively, entries);
    expect([lost, journal().length]).toEqual([[], entries.length]);
  });

  it.each<[what: string, edit: string]>([
    [
      'the numbers are at their end',
      "update sqlite_sequence set seq = 9007199254740991 where name = 'journal'",
    ],
    [
      'the numbers are beyond their end',
      "update sqlite_sequence set seq = 9223372036854775807 where name = 'journal'",
    ],
    ['the numbers are none', "update sqlite_sequence set seq = 'x' where name = 'journal'"],
    ['a row is beyond what a number holds', rowAt('9007199254740992')],
    ['a row is the very last', rowAt('9223372036854775807')],
    ['a row of the chain is the very last', rowAt('9007199254740991', "x'00'")],
    [
      'rows of the chain are the last two',
      `${rowAt('9007199254740990', "x'00'")};${rowAt('9007199254740991', "x'00'")}`,
    ],
    ['a signature is the very last', signedAt('9223372036854775807')],
    ['a signature is the last that a number holds', signedAt('9007199254740991')],
  ])('is written on when %s, restart after restart', (_what, edit) => {
    storeOf().commit(emptyHouse(), emptyHouse(), [entry({ type: 'houseResumed' })]);
    db.exec(edit);
    const edited = numbers();
    for (let start = 0; start < 3; start++)
      storeOf().commit(emptyHouse(), lively, [entry({ type: 'brokerFound' }), entry({ type: 'brokerLost' })]);
    expect(plain(houseFrom(storeOf().load()))).toEqual(plain(lively));
    expect(lost).toEqual([]);
    const added = numbers().filter((seq) => !edited.includes(seq));
    expect(added).toEqual(added.map((_, n) => BigInt(n + 2)));
    expect(journal().filter(({ type }) => type === 'brokerLost')).toHaveLength(3);
  });
});

describe('what differs', () => {
  it('is nothing when only something volatile changed', () => {
    const { house } = play(lively, [
      [60, reading('k.co', 1, { quantity: 'carbon_monoxide' })],
      [61, { type: 'brokerLost' }],
    ]);
    expect(house).not.toBe(lively);
    expect(storeOf().differs(lively, house)).toBe(false);
  });

  it('is whatever would be stored otherwise, and nothing else', () => {
    const asked = storedPart(lively) as unknown as Readonly<Record<string, unknown>>;
    const seen = { lasting: 0, volatile: 0 };
    for (const part of Object.keys(lively) as (keyof House)[]) {
      for (const field of Object.keys(lively[part])) {
        const other = { ...lively, [part]: { ...lively[part], [field]: { ...emptyTable() } } } as House;
        const now = storedPart(other) as unknown as Readonly<Record<string, unknown>>;
        const lasts = Object.keys(asked).some((table) => asked[table] !== now[table]);
        seen[lasts ? 'lasting' : 'volatile'] += 1;
        expect([part, field, storeOf().differs(lively, other)]).toEqual([part, field, lasts]);
      }
    }
    expect(seen.lasting).toBe(Object.keys(asked).length);
    expect(seen.volatile).toBeGreaterThan(10);
  });

  it.each<[string, Fact]>([
    ['an alarm', smokeReading('k.smoke', false)],
    ['a delay', reading('k.co', 400, { quantity: 'carbon_monoxide' })],
    ['a command', { type: 'commandAsked', entityId: 's.siren', command: { on: false }, by: 'Ana' }],
    ['a device', { type: 'devicePaired', deviceId: 'new', name: 'N', kind: 'board' }],
    ['a board', { type: 'boardStarted', deviceId: 'k', boot: 'b2' }],
    ['a room', { type: 'deviceCorrected', deviceId: 'k', by: 'Ana', room: 'Hall' }],
  ])('is %s', (_what, fact) => {
    expect(storeOf().differs(lively, play(lively, [[100, fact]]).house)).toBe(true);
  });
});

it('a damaged row is told, not passed over', () => {
  db.prepare("insert into house_state (domain, id, json) values ('rooms', 'x', '{')").run();
  expect(() => storeOf().load()).toThrow();
});

it('what was saved in a file is there after a restart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-store-'));
  try {
    const file = join(folder, 'safety.db');
    const first = openDatabase(file, MIGRATIONS);
    const store = createHouseStore(
      first,
      () => STAND,
      (error) => void lost.push(error),
    );
    store.commit(emptyHouse(), lively, [entry({ type: 'brokerFound' })]);
    store.saveClock();
    first.close();
    const second = openDatabase(file, MIGRATIONS);
    expect(
      plain(
        houseFrom(
          createHouseStore(
            second,
            () => STAND,
            (error) => void lost.push(error),
          ).load(),
        ),
      ),
    ).toEqual(plain(lively));
    expect(loadClock(second)).toEqual(STAND);
    second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
