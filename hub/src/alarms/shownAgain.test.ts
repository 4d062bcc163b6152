import { describe, expect, it } from 'vitest';
import {
  ack,
  CLOCK,
  type Doing,
  ended,
  met,
  NONE,
  onlyRow,
  playAlarms,
  rowAt,
  shelve,
} from '../../test/alarmPlay.ts';
import { ofType } from '../../test/builders.ts';
import { HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';
import { SHOW_AGAIN_MS } from './limits.ts';
import type { AlarmCause, AlarmLevel } from './schema.ts';
import { alarmsFrom, storedAlarms } from './state.ts';

type Happening = readonly [mono: Millis, doing: Doing];
const trouble = (cause: AlarmCause = 'battery', level: AlarmLevel = 'advisory') =>
  met(level, { kind: 'trouble', entityId: 'hall.smoke', cause, value: 15, unit: '%', sound: 'none' });
const clockAt = (mono: Millis): Happening => [mono, CLOCK];
const play = (...happenings: Happening[]) => playAlarms(NONE, happenings);
const SEEN_AT = 10 * MINUTE_MS;
const seen: Happening[] = [
  [0, trouble()],
  [SEEN_AT, ack],
];

describe('§3.2: a battery that is low', () => {
  it('is shown again 4 h after somebody saw it, to the millisecond', () => {
    expect(SHOW_AGAIN_MS).toBe(4 * HOUR_MS);
    const { state } = play(...seen);
    expect(state.wakeAt).toBe(SEEN_AT + 4 * HOUR_MS);
    const before = playAlarms(state, [clockAt(SEEN_AT + 4 * HOUR_MS - 1)]);
    expect(onlyRow(before.state)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ana' });
    const { state: after, facts } = playAlarms(state, [clockAt(SEEN_AT + 4 * HOUR_MS)]);
    expect(onlyRow(after)).toMatchObject({
      state: 'unacknowledged',
      acknowledgedBy: null,
      acknowledgedAt: null,
    });
    expect(ofType(facts, 'alarmMoved')).toMatchObject([
      { event: 'shown-again', from: 'acknowledged', to: 'unacknowledged', by: null },
    ]);
    // It is the same episode: no new alarm, and none that adds to a flood.
    expect(onlyRow(after)?.alarmId).toBe(onlyRow(state)?.alarmId);
    expect(ofType(facts, 'alarmRaised')).toEqual([]);
  });

  it('again and again, each time from when it was seen', () => {
    const day = Array.from({ length: 5 }, (_, n): Happening[] => [
      [SEEN_AT + n * 5 * HOUR_MS, ack],
      clockAt(SEEN_AT + n * 5 * HOUR_MS + 4 * HOUR_MS),
    ]).flat();
    const { facts } = play([0, trouble()], ...day);
    expect(ofType(facts, 'alarmMoved').filter(({ event }) => event === 'shown-again')).toHaveLength(5);
  });

  it('that nobody saw stays in view, and nothing moves', () => {
    const { facts, state } = play([0, trouble()], clockAt(20 * HOUR_MS));
    expect(ofType(facts, 'alarmMoved').map(({ event }) => event)).toEqual(['raised']);
    expect(rowAt(state, 'trouble', 'hall.smoke')?.state).toBe('unacknowledged');
  });

  it('of priority 2 tells people anew', () => {
    const { facts } = play([0, trouble('battery', 'warning')], [1, ack], clockAt(1 + 4 * HOUR_MS));
    const steps = ofType(facts, 'escalationDue').map(({ step, rung, priority }) => ({
      step,
      rung,
      priority,
    }));
    expect(steps).toEqual([
      { step: 0, rung: 'everybody', priority: 2 },
      { step: 1, rung: 'everybody', priority: 2 },
    ]);
  });

  it.each<[what: string, then: Happening]>([
    ['is over', [HOUR_MS, ended('trouble', 'hall.smoke')]],
    ['was put aside', [HOUR_MS, shelve(1_440, { kind: 'trouble', entityId: 'hall.smoke' })]],
  ])('is not shown again when it %s', (_, then) => {
    const { facts } = play(...seen, then, clockAt(20 * HOUR_MS));
    expect(ofType(facts, 'alarmMoved').map(({ event }) => event)).not.toContain('shown-again');
  });

  it.each<AlarmCause>(['signal', 'calibration', 'silent', 'end-of-life'])(
    'is the only trouble for which to be seen is not enough: not %s',
    (cause) => {
      const { state } = play([0, trouble(cause)], [SEEN_AT, ack], clockAt(20 * HOUR_MS));
      expect(onlyRow(state)?.state).toBe('acknowledged');
    },
  );

  it('is shown again after a restart, once, however long the hub was down', () => {
    const restarted = (at: Millis) =>
      playAlarms(alarmsFrom(storedAlarms(play(...seen).state)), [clockAt(at)]);
    expect(onlyRow(restarted(SEEN_AT + 4 * HOUR_MS - 1).state)?.state).toBe('acknowledged');
    const { state, facts } = restarted(SEEN_AT + 13 * HOUR_MS);
    expect(onlyRow(state)?.state).toBe('unacknowledged');
    expect(ofType(facts, 'alarmMoved')).toHaveLength(1);
  });
});
