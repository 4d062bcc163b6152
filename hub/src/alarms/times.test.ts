import { describe, expect, it } from 'vitest';
import {
  ack,
  CLOCK,
  type Doing,
  ended,
  hush,
  letterOf,
  met,
  NONE,
  onlyRow,
  playAlarms,
  playEachSecond,
  putBack,
  rowAt,
  shelve,
  takeOut,
} from '../../test/alarmPlay.ts';
import { at, ofType, reading } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import { asksForSound } from './alarmRow.ts';
import { reduceAlarms } from './alarms.ts';
import { mayHush } from './hush.ts';
import type { AlarmKind } from './schema.ts';
import { alarmsFrom, storedAlarms } from './state.ts';

type Happening = readonly [mono: Millis, doing: Doing];
const play = (...happenings: Happening[]) => playAlarms(NONE, happenings);
const co = (value: number) => met('alarm', { kind: 'co', entityId: 'bed.co', value, unit: 'ppm' });
const ppm = (value: number): Fact => reading('bed.co', value, { quantity: 'carbon_monoxide' });
const coRow = (state: Parameters<typeof rowAt>[0]) => rowAt(state, 'co', 'bed.co');
const smoke = (entityId = 'hall.smoke') =>
  met('alarm', { kind: 'smoke', entityId, roomId: 'hall', value: true });
const clockAt = (mono: Millis): Happening => [mono, CLOCK];

describe('ALM-2: hushing', () => {
  it('is for ten minutes, to the millisecond, and the alarm goes on', () => {
    const before = play([0, smoke()], [1_000, hush], clockAt(1_000 + 10 * MINUTE_MS - 1)).state;
    expect(onlyRow(before)).toMatchObject({
      state: 'unacknowledged',
      active: true,
      hushedUntil: at(601_000),
    });
    const { state, facts } = playAlarms(before, [clockAt(1_000 + 10 * MINUTE_MS)]);
    expect(onlyRow(state)?.hushedUntil).toBeNull();
    expect(ofType(facts, 'alarmMoved')).toMatchObject([{ event: 'hush-ended', by: null }]);
  });

  it.each<[what: string, happenings: Happening[], may: boolean]>([
    ['a contact that says it', [[0, smoke()]], true],
    [
      'a contact, acknowledged',
      [
        [0, smoke()],
        [1, ack],
      ],
      true,
    ],
    [
      'what is hushed',
      [
        [0, smoke()],
        [1, hush],
      ],
      false,
    ],
    [
      'what has cleared',
      [
        [0, smoke()],
        [1, ended('smoke', 'hall.smoke')],
      ],
      false,
    ],
    ['what makes no sound', [[0, met('warning', { sound: 'none' })]], false],
    ['a chime that is no danger', [[0, met('warning', { sound: 'chime' })]], true],
    ['a measured danger that has just come', [[0, co(100)]], false],
    ['one that rose less than a minute ago', [[0, co(100)], [30_000, ppm(110)], clockAt(89_999)], false],
    ['one that rose a minute ago', [[0, co(100)], [30_000, ppm(110)], clockAt(90_000)], true],
    [
      'one that falls',
      [
        [0, co(100)],
        [30_000, ppm(90)],
        [60_000, ppm(80)],
      ],
      true,
    ],
    [
      'noise of two percent',
      [
        [0, co(100)],
        [30_000, ppm(102)],
        [60_000, ppm(98)],
      ],
      true,
    ],
    [
      'one that rises again after it fell',
      [
        [0, co(100)],
        [61_000, ppm(50)],
        [122_000, ppm(50)],
        [130_000, ppm(60)],
      ],
      false,
    ],
    [
      'oxygen that falls',
      [
        [0, met('alarm')],
        [70_000, reading('kitchen.o2', 18)],
      ],
      false,
    ],
    [
      'oxygen that comes back',
      [
        [0, met('alarm')],
        [70_000, reading('kitchen.o2', 20)],
      ],
      true,
    ],
    [
      'what a replayed reading says to rise',
      [
        [0, co(100)],
        [61_000, reading('bed.co', 400, { retained: true })],
      ],
      true,
    ],
    [
      'what no number says to rise',
      [
        [0, co(100)],
        [61_000, reading('bed.co', Number.NaN)],
        [61_001, reading('bed.co', null)],
      ],
      true,
    ],
  ])('of %s: %s', (_what, happenings, may) => {
    const { state } = playAlarms(NONE, happenings);
    const row = onlyRow(state);
    expect(row && mayHush(state.trends, row)).toBe(may);
    const after = playAlarms(state, [[happenings.at(-1)?.[0] ?? 0, hush]]);
    expect(ofType(after.facts, 'alarmMoved')).toHaveLength(may ? 1 : 0);
  });

  const hushed: Happening[] = [
    [0, co(100)],
    [61_000, hush],
  ];
  it.each<[what: string, then: Fact, isOver: boolean]>([
    ['a value that rises', ppm(150), true],
    ['a value that stays', ppm(100), false],
    ['a worse level', met('critical', { kind: 'co', entityId: 'bed.co', value: 300 }), true],
    ['a milder level', met('warning', { kind: 'co', entityId: 'bed.co', value: 40 }), false],
    ['another sensor that alarms', smoke(), true],
    [
      'another sensor that only warns',
      met('warning', { kind: 'co2', entityId: 'bed.co2', sound: 'chime' }),
      false,
    ],
    ['the end of another', ended('smoke', 'hall.smoke'), false],
  ])('ends with %s: %s', (_what, then, isOver) => {
    const { state } = playAlarms(NONE, [...hushed, [62_000, then]]);
    expect(coRow(state)?.hushedUntil === null).toBe(isOver);
  });

  it('after a start waits until the level was steady for a minute', () => {
    const { state } = play([0, co(100)], clockAt(70_000));
    const resumed = playAlarms(alarmsFrom(storedAlarms(state)), [[80_000, { type: 'houseResumed' }]]).state;
    const may = (of: typeof state) => mayHush(of.trends, coRow(of) as never);
    expect([may(state), may(alarmsFrom(storedAlarms(state))), may(resumed)]).toEqual([true, false, false]);
    expect(may(playAlarms(resumed, [clockAt(139_999)]).state)).toBe(false);
    expect(may(playAlarms(resumed, [clockAt(140_000)]).state)).toBe(true);
  });

  it('outlasts a restart', () => {
    const { state } = play([0, smoke()], [1_000, hush]);
    const again = playAlarms(alarmsFrom(storedAlarms(state)), [clockAt(600_999)]).state;
    expect(onlyRow(again)?.hushedUntil).not.toBeNull();
    expect(onlyRow(playAlarms(again, [clockAt(601_000)]).state)?.hushedUntil).toBeNull();
  });
});

describe('ALM-3: what is put aside', () => {
  it.each<[kind: AlarmKind, hours: number]>([
    ['oxygen-low', 8],
    ['smoke', 8],
    ['co2', 8],
    ['humidity', 24],
    ['trouble', 24],
    ['intrusion', 24],
  ])('%s: for %i h at most, whatever is asked', (kind, hours) => {
    const point = { kind, entityId: 'x' };
    const { state } = play([0, shelve(100_000, point)]);
    expect(onlyRow(state)?.shelf?.until).toEqual(at(hours * HOUR_MS));
  });

  it('comes back by the clock as what is true then', () => {
    // A measured danger sounds for a minute before it may be put aside.
    const shelved = play([0, met('alarm')], [61_000, shelve(60)]).state;
    expect(asksForSound(onlyRow(shelved) as never)).toBe(false);
    expect(shelved.voice).toBeNull();
    const until = 61_000 + HOUR_MS;
    const holds = playAlarms(shelved, [clockAt(until - 1), clockAt(until)]);
    expect(letterOf(rowAt(holds.state))).toBe('B');
    expect(holds.state.voice?.kind).toBe('oxygen-low');
    expect(ofType(holds.facts, 'alarmRaised')).toHaveLength(1);
    const cleared = playAlarms(shelved, [[62_000, ended()], clockAt(until)]);
    expect(cleared.state.rows.size).toBe(0);
  });

  it('by its level: a worse one is told at once, a milder one is not', () => {
    const shelved = play([0, met('warning')], [1_000, shelve(60)]).state;
    expect(letterOf(rowAt(playAlarms(shelved, [[2_000, met('advisory')]]).state))).toBe('G');
    const worse = playAlarms(shelved, [[2_000, met('alarm')]]);
    expect(rowAt(worse.state)).toMatchObject({ state: 'unacknowledged', level: 'alarm', shelf: null });
    expect(ofType(worse.facts, 'alarmRaised')).toHaveLength(1);
  });

  it('while it was normal, at every level', () => {
    const { state, facts } = play([0, shelve(60)], [1_000, met('critical')]);
    expect(rowAt(state)).toMatchObject({ state: 'shelved', active: true, level: 'critical' });
    expect(ofType(facts, 'alarmRaised')).toHaveLength(0);
  });

  it('out of service is for as long as it takes, with a reminder each day', () => {
    const { state, facts } = play([0, takeOut()], [5, met('critical')], clockAt(3 * DAY_MS));
    expect(rowAt(state)).toMatchObject({ state: 'outOfService', active: true, stale: true });
    expect(ofType(facts, 'alarmReminded')).toMatchObject([
      { outOfService: true },
      { outOfService: true },
      { outOfService: true },
    ]);
    expect(letterOf(rowAt(playAlarms(state, [[3 * DAY_MS + 1, putBack()]]).state))).toBe('B');
  });

  it('of an entity that is gone leaves the list', () => {
    const { state } = play([0, takeOut()], [1, { type: 'entityRetired', entityId: 'kitchen.o2' }]);
    expect(state.rows.size).toBe(0);
  });
});

describe('time that passes', () => {
  it('ALM-6: an alarm that holds is brought to mind each day, to the millisecond', () => {
    const { facts } = play([0, met('warning')], clockAt(DAY_MS - 1));
    expect(ofType(facts, 'alarmReminded')).toHaveLength(0);
    const day = play([0, met('warning')], clockAt(DAY_MS), clockAt(2 * DAY_MS));
    expect(ofType(day.facts, 'alarmReminded')).toMatchObject([
      { outOfService: false },
      { outOfService: false },
    ]);
    expect(rowAt(day.state)).toMatchObject({ stale: true, state: 'unacknowledged' });
    expect(rowAt(playAlarms(day.state, [[3 * DAY_MS - 1, ended()]]).state)).toMatchObject({ stale: false });
  });

  it('a warning that ended leaves after a day, though nobody looked; an alarm that latched does not', () => {
    const warned = playEachSecond([met('warning'), ended()]).state;
    expect(playAlarms(warned, [clockAt(SECOND_MS + DAY_MS - 1)]).state.rows.size).toBe(1);
    const gone = playAlarms(warned, [clockAt(SECOND_MS + DAY_MS)]);
    expect(gone.state.rows.size).toBe(0);
    expect(ofType(gone.facts, 'alarmMoved')).toMatchObject([
      { event: 'retired', from: 'cleared', to: 'normal' },
    ]);
    const latched = playEachSecond([met('alarm'), ended()]).state;
    expect(playAlarms(latched, [clockAt(400 * DAY_MS)]).state.rows.size).toBe(1);
  });

  it('no clock that is set moves any of it: only house time counts', () => {
    const { state } = play([0, smoke()], [1_000, hush]);
    for (const utc of [0, Date.UTC(2016, 0), Date.UTC(2036, 0)]) {
      const early = reduceAlarms(state, CLOCK, { mono: 600_999, utc }).state;
      expect(onlyRow(early)?.hushedUntil).toEqual(at(601_000));
      const due = reduceAlarms(early, CLOCK, { mono: 601_000, utc }).state;
      expect(onlyRow(due)?.hushedUntil).toBeNull();
    }
  });
});
