import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RecordedHome, writeRecorder } from '../../test/recorder.ts';
import { type ImportJob, type JobAnswer, runImportJob } from './importJobWorker.ts';
import type { ImportPlan, PlannedSeries } from './importPlan.ts';

const NOW = Date.UTC(2026, 10, 1);
const T = Date.UTC(2026, 9, 1, 10);
const MINUTE = 60_000;
const SAME = { factor: 1, offset: 0 };

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-import-'));
  file = join(folder, 'upload');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const job = (stage: ImportJob['stage'] = null): ImportJob => ({ file, name: 'Cellar.csv', now: NOW, stage });

const look = (): JobAnswer => runImportJob(job(), () => {});

function lay(plan: Record<string, Partial<PlannedSeries>>, reserveBytes = 0): JobAnswer {
  const whole = new Map(
    Object.entries(plan).map(([source, series]) => [
      source,
      { entity: source, unit: '', states: false, conversion: SAME, ofHours: SAME, ...series },
    ]),
  ) satisfies ImportPlan;
  rmSync(join(folder, 'staged'), { force: true });
  return runImportJob(job({ file: join(folder, 'staged'), plan: whole, reserveBytes }), () => {});
}

/** What was laid ready: entity, time, value. */
function staged(): unknown[] {
  const db = new Database(join(folder, 'staged'), { readonly: true });
  const rows = db.prepare('select entity, t, v from reading join series on id = series').raw().all();
  db.close();
  return rows;
}

const home: RecordedHome = {
  states: [
    { entity: 'sensor.bath', t: T, state: '68.0' },
    { entity: 'switch.plug', t: T, state: 'on' },
    { entity: 'sensor.bath', t: T + MINUTE + 0.25, state: 'unavailable' },
    { entity: 'sensor.bath', t: T + 2 * MINUTE + 7, state: '69.8' },
    { entity: 'sun.sun', t: T, state: 'above_horizon' },
    { entity: 'switch.plug', t: T + MINUTE, state: 'off' },
    { entity: 'sensor.bath', t: 0, state: '70' },
  ],
  attributes: { 'sensor.bath': { friendly_name: 'Bath', unit_of_measurement: '°F' } },
  hours: [
    { entity: 'sensor.bath', t: T - 3_600_000, mean: 20, min: 19, max: 22 },
    { entity: 'sensor.meter', t: T, state: 1_234.5 },
  ],
  units: { 'sensor.bath': '°C', 'sensor.meter': 'kWh' },
};

describe.each(['today', 'before'] as const)('a recorder as Home Assistant writes it %s', (form) => {
  test('is looked through: its series with their names, units and spans; what never had a value is none', () => {
    writeRecorder(file, form, home);
    expect(look()).toEqual({
      is: 'found',
      found: {
        kind: 'home-assistant',
        sources: [
          {
            source: 'sensor.bath',
            name: 'Bath',
            unit: '°F',
            hourUnit: '°C',
            rows: 3,
            from: T - 3_600_000,
            to: T + 2 * MINUTE + 7,
          },
          { source: 'sensor.meter', name: null, unit: 'kWh', hourUnit: 'kWh', rows: 1, from: T, to: T },
          { source: 'switch.plug', name: null, unit: null, hourUnit: null, rows: 2, from: T, to: T + MINUTE },
        ],
      },
    });
  });

  test('is laid ready in our units; what is no value is counted, what nobody asked for stays out', () => {
    writeRecorder(file, form, home);
    const fahrenheit = { factor: 5 / 9, offset: -160 / 9 };
    const plan = {
      'sensor.bath': { entity: 'b.t', unit: '°C', conversion: fahrenheit },
      'switch.plug': { entity: 'p.s', states: true },
    };
    expect(lay(plan)).toEqual({ is: 'staged', staged: { rows: 5, doubles: 2 } });
    expect(staged()).toEqual([
      ['b.t', T, 20],
      ['b.t', T + 2 * MINUTE + 7, 21],
      ['p.s', T, 1],
      ['p.s', T + MINUTE, 0],
    ]);
    const db = new Database(join(folder, 'staged'), { readonly: true });
    expect(db.prepare('select * from hour').raw().all()).toEqual([[1, T / 3_600_000 - 1, 19, 20, 22]]);
    db.close();
  });
});

test('a file that is being migrated has rows of both kinds', () => {
  writeRecorder(file, 'today', home);
  const db = new Database(file);
  db.exec(`alter table states drop column entity_id; alter table states add column entity_id varchar(255);
    insert into states (entity_id, state, last_updated) values ('sensor.old', '5', '2026-10-01 10:00:00.500000')`);
  db.close();
  expect(lay({ 'sensor.old': {} })).toEqual({ is: 'staged', staged: { rows: 1, doubles: 0 } });
  expect(staged()).toEqual([['sensor.old', T + 500, 5]]);
});

test('statistics in a unit that nobody knows stay out', () => {
  writeRecorder(file, 'today', home);
  expect(lay({ 'sensor.bath': { ofHours: null } })).toMatchObject({ staged: { rows: 2 } });
});

test('a value that is beyond all numbers, or is so in our unit, is none', () => {
  const hours = [
    { entity: 'sensor.bath', t: T, mean: 1e308 },
    { entity: 'sensor.bath', t: T + 3_600_000, mean: 1, min: 1, max: Infinity },
    { entity: 'sensor.bath', t: T + 7_200_000, mean: 1 },
  ];
  const states = [{ entity: 'sensor.bath', t: T, state: '1e308' }];
  writeRecorder(file, 'today', { states, hours });
  const inches = { factor: 25.4, offset: 0 };
  const plan = { 'sensor.bath': { conversion: inches, ofHours: inches } };
  expect(lay(plan)).toEqual({ is: 'staged', staged: { rows: 1, doubles: 3 } });
  expect(lay({ 'sensor.bath': {} })).toEqual({ is: 'staged', staged: { rows: 3, doubles: 1 } });
});

test('a text file holds what its lines say; a reading that comes twice is a double', () => {
  const iso = new Date(T).toISOString();
  writeFileSync(file, `time,value,unit\n${iso},1,ppm\n${iso},1,ppm\n${iso},2,ppm\n${iso},off sick,ppm\n`);
  expect(look()).toEqual({
    is: 'found',
    found: {
      kind: 'csv',
      sources: [{ source: 'Cellar', name: null, unit: 'ppm', hourUnit: null, rows: 3, from: T, to: T }],
    },
  });
  expect(lay({ Cellar: {} })).toEqual({ is: 'staged', staged: { rows: 2, doubles: 2 } });
});

test('a text of an old Windows program is read', () => {
  writeFileSync(file, Buffer.from(`time;value;unit\n${T};21;\xb0C\n`, 'latin1'));
  expect(look()).toMatchObject({ found: { sources: [{ unit: '°C', rows: 1 }] } });
});

describe('a file that is of no use is told apart', () => {
  const bytes = (text: string | Buffer) => () => writeFileSync(file, text);
  const spoil = (sql: string) => () => {
    const db = new Database(file);
    db.exec(sql);
    db.close();
  };
  const table = (columns: string) => `create table states (state_id integer primary key, ${columns})`;
  const plain = 'entity_id text, last_updated_ts float, state text';

  test.each([
    ['an empty one', bytes(''), 'not-readable', null],
    ['a zip', bytes('PK\x03\x04\x14\0\0\0'), 'not-readable', null],
    ['a text in sixteen bits', bytes(Buffer.from('time,value\n', 'utf16le')), 'not-readable', null],
    ['a letter', bytes('Dear Sir,\nhow are you?\n'), 'bad-header', null],
    ['a broken line', bytes(`time,value\n${T},1\n${T}\n${T},2\n`), 'bad-row', 3],
    ['a header alone', bytes('time,value\n'), 'no-rows', null],
    ['nothing but words', bytes(`time,value\n${T},unknown\n`), 'no-rows', null],
    ['another database', spoil('create table music (id)'), 'not-a-recorder', null],
    ['one without a state', spoil(table('entity_id text, last_updated_ts float')), 'not-a-recorder', null],
    ['an empty recorder', spoil(table(plain)), 'no-rows', null],
    [
      'a view that calls itself states',
      spoil(`create view states as select 'a' entity_id, 1.7e9 last_updated_ts, '1' state`),
      'not-a-recorder',
      null,
    ],
    [
      'a column that computes',
      spoil(
        `${table('entity_id text, last_updated_ts float, state text as (hex(zeroblob(1e8)))')};
         insert into states (entity_id, last_updated_ts) values ('a', 1.7e9)`,
      ),
      'not-a-recorder',
      null,
    ],
    [
      'a recorder among thousands of tables',
      spoil(`begin; ${Array.from({ length: 5_000 }, (_, n) => `create table t${n} (a);`).join('')}
        ${table(plain)}; commit`),
      'not-a-recorder',
      null,
    ],
    ['a header and nothing behind', bytes('SQLite format 3\0'), 'damaged', null],
  ] as const)('%s', (_name, write, failure, line) => {
    write();
    expect(look()).toEqual({ is: 'failed', failure, line });
  });

  test('a database that was cut off, at any place', () => {
    const states = Array.from({ length: 5_000 }, (_, n) => ({ entity: 's.a', t: T + n, state: `${n}` }));
    writeRecorder(file, 'today', { states });
    const whole = readFileSync(file);
    for (const share of [0.01, 0.3, 0.7, 0.999]) {
      writeFileSync(file, whole);
      truncateSync(file, Math.floor(whole.length * share));
      expect(look()).toEqual({ is: 'failed', failure: 'damaged', line: null });
    }
  });

  test('a database whose pages are junk', () => {
    const states = Array.from({ length: 5_000 }, (_, n) => ({ entity: 's.a', t: T + n, state: `${n}` }));
    writeRecorder(file, 'today', { states });
    const spoiled = readFileSync(file);
    spoiled.fill(0xa5, 8_192);
    writeFileSync(file, spoiled);
    expect(look()).toEqual({ is: 'failed', failure: 'damaged', line: null });
  });

  test('a header that claims ten gigabytes', () => {
    writeRecorder(file, 'today', home);
    const lying = readFileSync(file);
    lying.writeUInt32BE(2_621_440, 28);
    writeFileSync(file, lying);
    expect(statSync(file).size).toBeLessThan(1e6);
    expect(look()).toEqual({ is: 'failed', failure: 'damaged', line: null });
  });

  test('more series than any home has, as a database and as a text', () => {
    const states = Array.from({ length: 10_001 }, (_, n) => ({ entity: `s.${n}`, t: T, state: '1' }));
    writeRecorder(file, 'before', { states });
    expect(look()).toEqual({ is: 'failed', failure: 'too-large', line: null });
    writeFileSync(file, `time,entity,value\n${states.map(({ entity }) => `${T},${entity},1`).join('\n')}`);
    expect(look()).toEqual({ is: 'failed', failure: 'too-large', line: null });
  });

  test('a state as long as a book is no value, and is not even fetched', () => {
    spoil(`${table(plain)}; insert into states (entity_id, last_updated_ts, state)
      values ('a', 1.7e9, hex(zeroblob(30000000))), ('a', 1.7e9, '5'), (hex(zeroblob(9000000)), 1.7e9, '5')`)();
    expect(look()).toMatchObject({ found: { sources: [{ source: 'a', rows: 1 }] } });
  });
});

test('a disk without room is said, and what was laid ready is worth nothing', () => {
  const lines = Array.from({ length: 60_000 }, (_, n) => `${T + n},${n}`);
  writeFileSync(file, `time,value\n${lines.join('\n')}\n`);
  expect(lay({ Cellar: {} }, 2 ** 60)).toEqual({ is: 'failed', failure: 'disk-full', line: null });
});

test('how far it is grows to the end', () => {
  writeFileSync(file, `time,value\n${`${T},1\n`.repeat(20_000)}`);
  const told: number[] = [];
  runImportJob(job(), (share) => void told.push(share));
  expect(told.length).toBeGreaterThan(3);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(1);
});
