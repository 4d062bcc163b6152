import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../test/builders.ts';
import { JournalFile, row } from '../../test/journalFile.ts';
import { HOUR_MS, MINUTE_MS } from '../shared/time.ts';
import { type Episode, partOf, spanOf } from './incident.ts';
import { SLICE_ROWS } from './limits.ts';
import type { JournalRow } from './schema.ts';
import { createStretches } from './stretchStore.ts';

const T0 = 50 * HOUR_MS;
const UTC = 1_800_000_000_000;
const moment = (ms: number, skew = 0) => ({ mono: T0 + ms, utc: UTC + ms + skew });
const episode = (more: Partial<Episode> = {}): Episode => ({
  alarmId: 'a1',
  kind: 'smoke',
  entityId: 'k.smoke',
  began: moment(0),
  ended: moment(5 * MINUTE_MS),
  ...more,
});
const DAY = moment(24 * HOUR_MS);

describe('the span of an incident', () => {
  it('goes from ten minutes before the raise to ten after the return, on both clocks', () => {
    expect(spanOf(episode(), DAY)).toEqual({
      monoFrom: T0 - 10 * MINUTE_MS,
      monoTo: T0 + 15 * MINUTE_MS,
      from: UTC - 10 * MINUTE_MS,
      to: UTC + 15 * MINUTE_MS,
      isCut: false,
    });
  });

  it.each<[what: string, ended: number | null, now: number, to: number, isCut: boolean]>([
    ['that ended just now ends now', 5, 8, 8, false],
    ['that goes on ends now', null, 3, 3, false],
    ['of six hours is whole', 360, 1_000, 370, false],
    ['of more is cut', 361, 1_000, 370, true],
    ['that goes on for days is cut', null, 5_000, 370, true],
  ])('%s', (_what, ended, now, to, isCut) => {
    const told = episode({ ended: ended === null ? null : moment(ended * MINUTE_MS) });
    const span = spanOf(told, moment(now * MINUTE_MS));
    expect([span.monoTo - T0, span.to - UTC, span.isCut]).toEqual([to * MINUTE_MS, to * MINUTE_MS, isCut]);
  });

  it('is not turned round by a clock that was set back meanwhile', () => {
    const { from, to } = spanOf(episode({ ended: moment(5 * MINUTE_MS, -2 * HOUR_MS) }), DAY);
    expect([from, to]).toEqual([UTC - 10 * MINUTE_MS, UTC + 15 * MINUTE_MS]);
  });
});

describe('a row is to an incident', () => {
  const told = (more: Partial<JournalRow>): JournalRow => ({
    seq: 1,
    at: 1,
    houseMs: 1,
    area: 'alarms',
    type: 'alarmRaised',
    who: null,
    where: 'k.smoke',
    why: 'smoke',
    fact: {},
    isSealed: false,
    hash: '',
    ...more,
  });
  it.each<[part: string, what: string, more: Partial<JournalRow>]>([
    ['alarm', 'of its own', { fact: { alarmId: 'a1' } }],
    ['other', 'of another alarm, also of the same sensor', { fact: { alarmId: 'a2' } }],
    ['alarm', 'that it comes and goes', { type: 'chatterBegan' }],
    ['other', 'that another comes and goes', { type: 'chatterBegan', where: 'k.co' }],
    ['deed', 'of a response', { area: 'responses', type: 'responseRan' }],
    ['deed', 'of a command', { area: 'devices', type: 'commandSent', who: 'Ana' }],
    ['other', 'of a sensor that fell silent', { area: 'devices', type: 'entityLost' }],
    ['person', 'of a login', { area: 'people', type: 'personLoggedIn', who: 'Ana' }],
    ['other', 'of the house', { area: 'house', type: 'brokerLost', where: null }],
  ])('%s: %s', (part, _what, more) => {
    expect(partOf(told(more), episode())).toBe(part);
  });
});

describe('a stretch of the journal', () => {
  let journal: JournalFile;
  beforeEach(() => {
    journal = new JournalFile();
  });
  afterEach(() => journal.remove());
  let pauses: (() => void)[] = [];
  const stretch = () =>
    createStretches(journal.db, {
      nameOrNull: (who) => (who === 'Ana 6' ? 'Anna' : null),
      pause: async () => pauses.shift()?.(),
    });
  const numbers = async (from: number, to: number, most = 500, isGone = () => false) => {
    const { rows, isMore } = await stretch()(from, to, most, isGone);
    return [rows.map(({ seq }) => seq), isMore];
  };

  it('is found wherever it lies, oldest first, and as it is shown on a page', async () => {
    journal.open().add(...Array.from({ length: 40 }, (_, n) => row(n + 1, at(10 * Math.floor(n / 2)))));
    const all = journal.db.prepare('select seq, mono from journal').all() as { seq: number; mono: number }[];
    for (const [from, to] of [
      [0, 1e9],
      [-5, -1],
      [at(190).mono, at(190).mono],
      [at(55).mono, at(95).mono],
      [1e9, 2e9],
    ] as const)
      expect(await numbers(from, to)).toEqual([
        all.filter(({ mono }) => mono >= from && mono <= to).map(({ seq }) => seq),
        false,
      ]);
    expect(await numbers(0, 1e9, 3)).toEqual([[1, 2, 3], true]);
    expect((await stretch()(0, 1e9, 500, () => false)).rows[6]).toMatchObject({
      who: 'Anna',
      type: 'commandSent',
      seq: 7,
    });
  });

  it('of an empty journal is empty, and rows that no hub wrote hide nothing', async () => {
    expect(await numbers(0, 1e9)).toEqual([[], false]);
    journal.open().add(row(1), row(2), row(3));
    const put = journal.db.prepare(
      "insert into journal (seq, mono, utc, type, json) values (?, ?, 1, 'x', '{}')",
    );
    put.run(-7n, 1);
    put.run(9223372036854775000n, 2);
    expect((await numbers(at(1).mono, at(3).mono))[0]).toEqual([2, 3, 4]);
  });

  it('lets go of the main thread after each hundred rows, and tells what stood there when it was asked', async () => {
    journal.open().add(...Array.from({ length: 4 * SLICE_ROWS }, (_, n) => row(n + 1, at(n))));
    const all = journal.db.prepare('select seq from journal order by seq').pluck().all();
    let taken = 0;
    const late = () => {
      taken += 1;
      journal.open().add(row(taken, at(4 * SLICE_ROWS + taken)));
    };
    pauses = Array(4).fill(late);
    expect(await numbers(0, 1e9)).toEqual([all, false]);
    expect(taken).toBe(4);
    expect(await numbers(0, 1e9, all.length)).toEqual([all, true]);
  });

  it('is read no further when nobody waits for it any more', async () => {
    journal.open().add(...Array.from({ length: 3 * SLICE_ROWS }, (_, n) => row(n + 1, at(n))));
    let looks = 0;
    const [rows] = await numbers(0, 1e9, 500, () => ++looks > 1);
    expect(rows).toHaveLength(SLICE_ROWS);
  });
});
