import { describe, expect, it } from 'vitest';
import {
  ack,
  CLOCK,
  type Doing,
  ended,
  idOf,
  met,
  NONE,
  onlyRow,
  playAlarms,
  reset,
  rowAt,
  shelve,
} from '../../test/alarmPlay.ts';
import { at, ofType } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { getRow } from '../house/table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';
import { reduceAlarms } from './alarms.ts';
import type { AlarmKind, AlarmLevel } from './schema.ts';
import { alarmsFrom, floodOf, storedAlarms } from './state.ts';

type Happening = readonly [mono: Millis, doing: Doing];
const play = (...happenings: Happening[]) => playAlarms(NONE, happenings);
const clockAt = (mono: Millis): Happening => [mono, CLOCK];
const of = (kind: AlarmKind, entityId: string, level: AlarmLevel = 'alarm', roomId = 'hall') =>
  met(level, { kind, entityId, roomId, latching: level === 'alarm' });
const trouble = (entityId: string, level: AlarmLevel = 'advisory') => of('trouble', entityId, level);

describe('ALM-8: the escalation', () => {
  const stepsOf = (facts: readonly Fact[]) =>
    ofType(facts, 'escalationDue').map(({ step, rung }) => `${step} ${rung}`);

  it.each<[what: string, first: Doing, at: Millis, steps: string[]]>([
    ['a life', met('alarm'), 0, ['0 everybody']],
    ['a life', met('alarm'), 29_999, ['0 everybody']],
    ['a life', met('alarm'), 30_000, ['0 everybody', '1 again']],
    ['a life', met('alarm'), 59_999, ['0 everybody', '1 again']],
    ['a life', met('alarm'), 60_000, ['0 everybody', '1 again', '2 second-channel']],
    ['a life', met('alarm'), 119_999, ['0 everybody', '1 again', '2 second-channel']],
    ['a life', met('alarm'), 120_000, ['0 everybody', '1 again', '2 second-channel', '3 contacts']],
    ['a life', met('alarm'), 299_999, ['0 everybody', '1 again', '2 second-channel', '3 contacts']],
    ['a life', met('alarm'), 300_000, ['0 everybody', '1 again', '2 second-channel', '3 contacts', '4 loop']],
    [
      'a life',
      met('alarm'),
      600_000,
      ['0 everybody', '1 again', '2 second-channel', '3 contacts', '4 loop', '5 loop'],
    ],
    ['what is critical', met('critical'), 0, ['0 everybody', '1 second-channel', '2 contacts']],
    [
      'what is critical',
      met('critical'),
      300_000,
      ['0 everybody', '1 second-channel', '2 contacts', '3 again', '4 loop'],
    ],
    ['a warning', met('warning'), 59_999, ['0 everybody']],
    ['a warning', met('warning'), 60_000, ['0 everybody', '1 again']],
    ['a warning', met('warning'), DAY_MS, ['0 everybody', '1 again', '2 again']],
    ['duress', of('duress', 'door'), 0, ['0 contacts']],
    ['duress', of('duress', 'door'), 300_000, ['0 contacts', '1 loop']],
    ['an advisory', met('advisory'), DAY_MS, []],
    ['bad air', of('air-quality', 'pm'), DAY_MS, []],
    ['trouble of no life sensor', met('warning', { kind: 'trouble', isLifeSensor: false }), DAY_MS, []],
  ])('of %s after %#', (_what, first, until, steps) => {
    expect(stepsOf(play([0, first], clockAt(until)).facts)).toEqual(steps);
  });

  it.each<[what: string, doing: Doing, goesOn: boolean]>([
    ['an acknowledgement', ack, false],
    ['a shelf', shelve(60), false],
    ['the end of the condition', ended(), true],
    ['a hush', (state) => ({ type: 'hushAsked', alarmId: idOf(state), by: 'Ana' }), true],
    ['a milder level', met('warning'), true],
  ])('with %s goes on: %s', (_what, doing, goesOn) => {
    const { facts } = play([0, met('alarm', { value: true })], [1_000, doing], clockAt(HOUR_MS / 4));
    expect(stepsOf(facts).length > 1).toBe(goesOn);
  });

  it('ends half an hour after the condition did, though nobody saw it', () => {
    const { facts } = play([0, met('alarm')], [MINUTE_MS, ended()], clockAt(DAY_MS));
    // Steps at 0, 30 s, 60 s, 2 min, and every 5 min up to the 30th; the next would be after the 31st.
    expect(stepsOf(facts)).toHaveLength(4 + 6);
  });

  it('begins anew when it gets worse, or flares up, and no step has the number of another', () => {
    const { facts } = play(
      [0, met('warning')],
      [1_000, met('alarm')],
      [2_000, met('critical')],
      [3_000, ack],
      [4_000, ended()],
      [200_000, met('alarm')],
    );
    expect(stepsOf(facts)).toEqual([
      '0 everybody',
      '1 everybody',
      '2 everybody',
      '3 second-channel',
      '4 contacts',
      '5 everybody',
    ]);
  });

  it('survives a restart, and says of a loop that was missed for hours that it is due once', () => {
    const { state } = play([0, met('alarm')], clockAt(31_000));
    const again = alarmsFrom(storedAlarms(state));
    expect(again.wakeAt).toBe(60_000);
    const woken = reduceAlarms(again, CLOCK, at(5 * HOUR_MS));
    expect(stepsOf(woken.facts ?? [])).toEqual(['2 second-channel', '3 contacts', '4 loop']);
    expect(woken.state.wakeAt).toBe(5 * HOUR_MS + 5 * MINUTE_MS);
  });
});

describe('ALM-6: what comes and goes', () => {
  const often = (kind: AlarmKind, gap: Millis): Happening[] => [
    [0, of(kind, 'x', 'warning')],
    [gap, ended(kind, 'x')],
    [2 * gap, of(kind, 'x', 'warning')],
  ];
  const isChattering = (happenings: Happening[]) =>
    ofType(playAlarms(NONE, happenings).facts, 'chatterBegan').length === 1;

  it('chatters with the third transition within a minute', () => {
    expect(isChattering(often('humidity', 30_000))).toBe(true);
    expect(isChattering(often('humidity', 30_001))).toBe(false);
    expect(isChattering(often('humidity', 1).slice(0, 2))).toBe(false);
  });

  it('is held back for a minute when it ends, and goes on as if it had not when it comes back', () => {
    const begun = playAlarms(NONE, often('humidity', 1_000)).state;
    const held = playAlarms(begun, [[10_000, ended('humidity', 'x')], clockAt(69_999)]);
    expect(onlyRow(held.state)).toMatchObject({ active: true, count: 2 });
    expect(onlyRow(playAlarms(held.state, [clockAt(70_000)]).state)).toMatchObject({ active: false });
    const back = playAlarms(held.state, [
      [69_999, of('humidity', 'x', 'warning')],
      clockAt(80_000),
      [90_000, ended('humidity', 'x')],
      [100_000, ended('humidity', 'x')],
    ]);
    expect(ofType(back.facts, 'alarmMoved')).toEqual([]);
    expect(onlyRow(playAlarms(back.state, [clockAt(149_999)]).state)).toMatchObject({
      active: true,
      count: 2,
    });
    expect(onlyRow(playAlarms(back.state, [clockAt(150_000)]).state)).toMatchObject({ active: false });
  });

  it('waits four times its off-delay where it has one', () => {
    const { state } = playAlarms(NONE, often('humidity', 1_000));
    const end: Fact = { type: 'conditionEnded', kind: 'humidity', entityId: 'x', offDelayMs: 30_000 };
    const held = playAlarms(state, [[10_000, end], clockAt(99_999)]);
    expect(onlyRow(held.state)?.active).toBe(true);
    expect(onlyRow(playAlarms(held.state, [clockAt(100_000)]).state)?.active).toBe(false);
  });

  it('of a danger to life neither sounds later nor longer than its own delays make it', () => {
    const { state, facts } = playAlarms(NONE, [
      [0, of('smoke', 'x')],
      [1_000, ended('smoke', 'x')],
      [2_000, of('smoke', 'x')],
      [3_000, ended('smoke', 'x')],
    ]);
    expect(onlyRow(state)?.active).toBe(false);
    expect(ofType(facts, 'alarmRaised')).toHaveLength(2);
    expect(ofType(facts, 'chatterBegan')).toHaveLength(1);
  });

  it('is over after an hour, or with the end that was held back then', () => {
    const { state } = playAlarms(NONE, often('humidity', 1_000));
    const over = playAlarms(state, [clockAt(2_000 + HOUR_MS)]);
    expect(ofType(over.facts, 'chatterEnded')).toEqual([
      { type: 'chatterEnded', kind: 'humidity', entityId: 'x' },
    ]);
    expect(ofType(over.facts, 'alarmMoved').map(({ event }) => event)).toContain('chatter-ended');
    const held = playAlarms(state, [[HOUR_MS, ended('humidity', 'x')], clockAt(HOUR_MS + 2 * MINUTE_MS)]);
    expect(ofType(held.facts, 'chatterEnded')).toHaveLength(1);
    expect(onlyRow(held.state)?.active).toBe(false);
    expect(held.state.chatters.size).toBe(0);
  });

  it('is told also of an advisory that leaves the list each time, and forgotten with it', () => {
    const { facts, state } = playAlarms(NONE, [
      [0, trouble('x')],
      [1, ended('trouble', 'x')],
      [2, trouble('x')],
      [3, ended('trouble', 'x')],
      clockAt(61_000),
      clockAt(2 * HOUR_MS),
    ]);
    expect(ofType(facts, 'chatterBegan')).toHaveLength(1);
    expect(ofType(facts, 'chatterEnded')).toHaveLength(1);
    expect([state.rows.size, state.chatters.size]).toEqual([0, 0]);
  });

  it('keeps no list of moves that grows', () => {
    const many = Array.from({ length: 600 }, (_, n): Happening => [n * 61_000, trouble(`s${n}`)]);
    expect(playAlarms(NONE, many).state.moved.size).toBeLessThanOrEqual(257);
  });
});

describe('ALM-5: a flood', () => {
  const raise = (count: number, gap: Millis, from = 0) =>
    Array.from({ length: count }, (_, n): Happening => [from + n * gap, trouble(`s${from}.${n}`)]);

  it.each<[count: number, gap: Millis, floods: number]>([
    [10, 1, 0],
    [11, 1, 1],
    [11, MINUTE_MS - 1, 1],
    [11, MINUTE_MS, 0],
    [40, 1, 1],
  ])('%i new alarms, one each %i ms: %i', (count, gap, floods) => {
    const { facts, state } = playAlarms(NONE, raise(count, gap));
    expect(ofType(facts, 'alarmFloodBegan')).toHaveLength(floods);
    expect(floodOf(state).since !== null).toBe(floods === 1);
  });

  it('ends when fewer than five came in ten minutes, and may come again', () => {
    const { state } = playAlarms(NONE, raise(11, 1_000));
    // The fifth newest came at 6 s.
    const before = playAlarms(state, [clockAt(6_000 + 10 * MINUTE_MS - 1)]);
    expect(ofType(before.facts, 'alarmFloodEnded')).toHaveLength(0);
    const after = playAlarms(before.state, [clockAt(6_000 + 10 * MINUTE_MS)]);
    expect(ofType(after.facts, 'alarmFloodEnded')).toHaveLength(1);
    expect(ofType(playAlarms(after.state, raise(11, 1, HOUR_MS)).facts, 'alarmFloodBegan')).toHaveLength(1);
  });

  it('survives a restart, and delays no alarm of any priority', () => {
    const { state } = playAlarms(NONE, raise(11, 1_000));
    const again = alarmsFrom(storedAlarms(state));
    expect(floodOf(again).since).toEqual(at(10_000));
    const { facts } = playAlarms(again, [[11_000, of('smoke', 'hall.smoke')]]);
    expect(facts.map(({ type }) => type)).toEqual(['alarmMoved', 'alarmRaised', 'escalationDue']);
  });

  it('does not count what comes back from where it was put aside', () => {
    const shelved = playAlarms(NONE, [
      ...raise(10, 1),
      [20, shelve(60, { kind: 'trouble', entityId: 's0.0' })],
      [30, { type: 'unshelveAsked', kind: 'trouble', entityId: 's0.0', by: 'Ana' }],
    ]);
    expect(ofType(shelved.facts, 'alarmFloodBegan')).toHaveLength(0);
  });
});

describe('ALM-7: the first of several', () => {
  const second = (first: Happening[], then: ReturnType<typeof of>) => {
    const { state } = playAlarms(NONE, first);
    const after = playAlarms(state, [[5 * MINUTE_MS, then]]).state;
    return { cause: onlyRow(state), row: rowAt(after, then.kind, then.entityId) };
  };

  it.each<[what: string, first: ReturnType<typeof of>, then: ReturnType<typeof of>, belong: boolean]>([
    ['CO after smoke in the same room', of('smoke', 'a'), of('co', 'b'), true],
    ['smoke after CO in the same room', of('co', 'a'), of('smoke', 'b'), true],
    ['smoke after smoke', of('smoke', 'a'), of('smoke', 'b'), true],
    ['CO after smoke in another room', of('smoke', 'a'), of('co', 'b', 'alarm', 'attic'), false],
    [
      'what stands in no room',
      of('smoke', 'a', 'alarm', 'unplaced'),
      of('co', 'b', 'alarm', 'unplaced'),
      false,
    ],
    ['gas after smoke', of('smoke', 'a'), of('gas', 'b'), false],
    ['oxygen after gas', of('gas', 'a'), of('oxygen-low', 'b'), true],
    ['a lost sensor after a power cut', trouble('~power', 'warning'), trouble('b'), true],
    ['a lost sensor after another', trouble('a', 'warning'), trouble('b'), false],
    ['a house trouble after another', trouble('~power', 'warning'), trouble('~radio'), false],
    ['smoke after a power cut', trouble('~power', 'warning'), of('smoke', 'b'), false],
  ])('%s', (_what, first, then, belong) => {
    const found = second([[0, first]], then);
    expect(found.row?.firstOutId).toBe(belong ? found.cause?.alarmId : null);
    expect(found.row?.state).toBe('unacknowledged');
  });

  it.each<[what: string, more: Happening[]]>([
    ['has ended', [[1_000, ended('smoke', 'a')]]],
    ['was put aside', [[1_000, shelve(60, { kind: 'smoke', entityId: 'a' })]]],
  ])('is none that %s', (_what, more) => {
    expect(
      second([[0, { ...of('smoke', 'a'), value: true }], ...more], of('co', 'b')).row?.firstOutId,
    ).toBeNull();
  });

  it('is not older than ten minutes, and the very first of all', () => {
    const { state } = play([0, of('smoke', 'a')], [1_000, of('heat', 'b')], [10 * MINUTE_MS, of('co', 'c')]);
    const [a, b, c] = (['smoke', 'heat', 'co'] as const).map((kind, n) =>
      rowAt(state, kind, 'abc'[n] as string),
    );
    expect([a?.firstOutId, b?.firstOutId, c?.firstOutId]).toEqual([null, a?.alarmId, a?.alarmId]);
    const late = playAlarms(state, [[10 * MINUTE_MS + 1, of('co2', 'd')]]).state;
    expect(rowAt(late, 'co2', 'd')?.firstOutId).toBeNull();
  });

  it('may explain a trouble away, never a danger to life; and when it is gone the trouble stands for itself', () => {
    const power = play([0, trouble('~power', 'warning')]).state;
    const alarmId = idOf(power);
    const explain = (kind: AlarmKind): Fact => ({
      type: 'suppressAsked',
      kind,
      entityId: 'b',
      roomId: 'hall',
      alarmId,
    });
    const explained = playAlarms(power, [
      [1, explain('trouble')],
      [2, trouble('b')],
      [3, explain('smoke')],
    ]).state;
    expect(rowAt(explained, 'trouble', 'b')).toMatchObject({
      state: 'suppressed',
      suppressedBy: alarmId,
      active: true,
    });
    expect(rowAt(explained, 'smoke', 'b')).toBeUndefined();
    const over = playAlarms(explained, [
      [4, ended('trouble', '~power')],
      [5, { type: 'acknowledgeAsked', alarmId, by: 'Ana' }],
    ]);
    expect(rowAt(over.state, 'trouble', 'b')).toMatchObject({ state: 'unacknowledged', suppressedBy: null });
    expect(ofType(over.facts, 'alarmRaised')).toHaveLength(1);
    const nobody = playAlarms(over.state, [[6, explain('trouble')]]);
    expect(nobody.state).toBe(over.state);
    expect(getRow(over.state.rows, 'trouble:~power')).toBeUndefined();
  });

  it('cannot be explained by itself', () => {
    const { state } = play([0, trouble('~power', 'warning')]);
    const asked: Fact = {
      type: 'suppressAsked',
      kind: 'trouble',
      entityId: '~power',
      roomId: 'x',
      alarmId: idOf(state),
    };
    expect(playAlarms(state, [[1, asked]]).state).toBe(state);
  });
});

it('a reset of what nobody saw is refused, and changes nothing', () => {
  const { state } = play([0, met('alarm')], [1, ended()]);
  expect(playAlarms(state, [[2, reset]]).state).toBe(state);
});
