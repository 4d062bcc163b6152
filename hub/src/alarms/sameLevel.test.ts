import { describe, expect, it } from 'vitest';
import {
  ack,
  type Doing,
  ended,
  hush,
  met,
  NONE,
  onlyRow,
  playEachSecond,
  putBack,
  shelve,
  takeOut,
} from '../../test/alarmPlay.ts';
import { ofType } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';

const quiet = met('alarm', { latching: false, sound: 'chime' });
const rowAfter = (...doings: Doing[]) => onlyRow(playEachSecond(doings, NONE).state);
const movesOf = (...doings: Doing[]) =>
  ofType(playEachSecond(doings, NONE).facts, 'alarmMoved').map(({ event }) => event);

describe('ALM-1: what is learned of an alarm that holds, at the level that it has', () => {
  it.each<[what: string, more: Partial<Extract<Fact, { type: 'conditionMet' }>>]>([
    ['the reason', { cause: 'displacement' }],
    ['the limit', { limit: 18 }],
    ['the value', { value: 17 }],
    ['the sound', { sound: 'none' }],
    ['that it latches', { latching: true }],
  ])('%s is written down, and nobody is called again', (_what, more) => {
    const again = met('alarm', { latching: false, sound: 'chime', ...more });
    for (const before of [
      [quiet, ack],
      [quiet, shelve(60)],
      [quiet, takeOut()],
    ] as Doing[][]) {
      const was = rowAfter(...before);
      expect(rowAfter(...before, again)).toEqual({ ...was, ...more });
      expect(movesOf(...before, again).at(-1)).toBe('changed');
      // The same once more is nothing new.
      expect(movesOf(...before, again, again)).toEqual(movesOf(...before, again));
    }
  });

  it('a siren that joins in has to be seen again, and is heard', () => {
    const loud = met('alarm', { latching: false });
    const row = rowAfter(quiet, hush, ack, loud);
    expect(row).toMatchObject({
      state: 'unacknowledged',
      sound: 'siren',
      hushedUntil: null,
      acknowledgedBy: null,
    });
    const { facts } = playEachSecond([quiet, ack, loud], NONE);
    expect(ofType(facts, 'escalationDue').map(({ rung }) => rung)).toEqual(['everybody', 'everybody']);
    expect(ofType(facts, 'alarmRaised')).toHaveLength(1);
  });

  it('what once latched latches, though it says so no more', () => {
    const loud = met('alarm');
    expect(rowAfter(loud, quiet, ack, ended())?.state).toBe('latched');
    expect(rowAfter(loud, takeOut(), quiet, putBack(), ended())?.state).toBe('latched');
  });
});
