import { describe, expect, it } from 'vitest';
import { type Doing, idOf, met, NONE, onlyRow, playAlarms } from '../../test/alarmPlay.ts';
import { ofType } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import type { Millis } from '../shared/time.ts';
import { priorityOfRow } from './ladder.ts';
import type { Met } from './life.ts';
import type { AlarmsState } from './state.ts';

const POINT = { kind: 'trouble', entityId: 'hall.siren' } as const;
const mute = (isUrgent?: boolean): Fact =>
  met('warning', {
    ...POINT,
    cause: 'siren-mute',
    latching: false,
    value: true,
    unit: null,
    limit: null,
    sound: 'chime',
    ...(isUrgent === undefined ? {} : { isUrgent }),
  });
const ack = (state: AlarmsState): Fact => ({ type: 'acknowledgeAsked', alarmId: idOf(state), by: 'Ana' });
const shelve: Fact = {
  type: 'shelveAsked',
  ...POINT,
  roomId: 'hall',
  minutes: 600,
  reason: 'tomorrow',
  by: 'Ana',
};
const AT_ONCE = ['everybody', 'second-channel'];

const play = (...happenings: (readonly [mono: Millis, doing: Doing])[]) => playAlarms(NONE, happenings);
const rungsIn = (facts: readonly Fact[]) => ofType(facts, 'escalationDue').map(({ rung }) => rung);
const priority = (state: AlarmsState) => {
  const row = onlyRow(state);
  return row === undefined ? null : priorityOfRow(row);
};

describe('a trouble on which a life depends (F-25)', () => {
  it('is of priority 1, and told on two ways at once', () => {
    const { state, facts } = play([0, mute(true)], [300_000, { type: 'clockReached' }]);
    expect(priority(state)).toBe(1);
    expect(rungsIn(facts)).toEqual([...AT_ONCE, 'again', 'contacts', 'loop']);
  });

  it.each<[what: string, between: Doing[]]>([
    ['nobody has seen', []],
    ['somebody has seen', [ack]],
    ['somebody has put aside', [shelve]],
    ['was as urgent before', [mute(true), ack, mute(false)]],
  ])('that %s is told anew when a life comes to depend on it', (_, between) => {
    const before = play(
      [0, mute()],
      ...between.map((doing, n): readonly [Millis, Doing] => [1_000 + n, doing]),
    ).state;
    expect(priority(before)).toBe(2);
    const { state, facts } = playAlarms(before, [[20_000, mute(true)]]);
    expect(rungsIn(facts)).toEqual(AT_ONCE);
    expect(onlyRow(state)).toMatchObject({ state: 'unacknowledged', shelf: null, isUrgent: true });
  });

  it('may be put aside as what it is', () => {
    const { state } = play([0, mute(true)], [1_000, shelve], [2_000, mute(true)]);
    expect(onlyRow(state)?.state).toBe('shelved');
  });

  it('is no news when it is said twice', () => {
    const { facts } = play([0, mute(true)], [1_000, mute(true)]);
    expect(ofType(facts, 'alarmMoved')).toHaveLength(1);
  });

  it('tells nobody any more once no life depends on it, where it is no more than a note', () => {
    const note = { ...(mute(false) as Met), isLifeSensor: false };
    const { facts } = play([0, mute(true)], [1_000, note], [4_000_000, { type: 'clockReached' }]);
    expect(rungsIn(facts)).toEqual(AT_ONCE);
  });

  it('is not seen anew when no life depends on it any more', () => {
    const { state } = play([0, mute(true)], [1_000, ack], [2_000, mute()]);
    expect(onlyRow(state)).toMatchObject({ state: 'acknowledged', isUrgent: false });
  });
});
