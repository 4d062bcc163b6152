import { describe, expect, it } from 'vitest';
import { aHouse, anAlarm, NOW } from '../../test/unit/houses.ts';
import { groupAlarms } from './alarmGroups.ts';
import { alarmFlags, alarmLine } from './alarmLine.ts';
import { dropOutsOf } from './troubles.ts';

const FLOOD = { since: NOW, merged: 2 };
const idsOf = (families: ReturnType<typeof groupAlarms>['families']) =>
  families.map(({ first, followers }) => [first.id, ...followers.map(({ id }) => id)]);

describe('the list of alarms', () => {
  const smoke = anAlarm({ id: 'smoke', kind: 'smoke', firstOut: true });
  const co = anAlarm({ id: 'co', firstOutId: 'smoke' });
  const dust = anAlarm({ id: 'dust', kind: 'air-quality', level: 'warning', priority: 3 });
  const cold = anAlarm({ id: 'cold', kind: 'cold', level: 'advisory', priority: 4 });

  it('ALM-7 puts a consequence under what came first, as long as that is there', () => {
    expect(idsOf(groupAlarms([co, smoke, dust], null).families)).toEqual([['smoke', 'co'], ['dust']]);
    expect(idsOf(groupAlarms([co], null).families)).toEqual([['co']]);
  });

  it('ALM-7 never puts what is more urgent below what is less', () => {
    const first = { ...dust, firstOut: true };
    const after = { ...co, firstOutId: 'dust' };
    expect(idsOf(groupAlarms([first, after], null).families)).toEqual([['co'], ['dust']]);
  });

  it('ALM-5 merges in a flood what is less urgent, and never what is urgent', () => {
    const groups = groupAlarms([cold, dust, co, smoke], FLOOD);
    expect(idsOf(groups.families)).toEqual([['smoke', 'co']]);
    expect(idsOf(groups.merged)).toEqual([['dust'], ['cold']]);
    expect(groupAlarms([cold, dust], null).merged).toEqual([]);
  });

  it('keeps what is put aside for itself, also in a flood', () => {
    const aside = anAlarm({ id: 'aside', state: 'outOfService', priority: 4 });
    const groups = groupAlarms([aside, { ...co, firstOutId: 'aside' }], FLOOD);
    expect(groups.aside.map(({ id }) => id)).toEqual(['aside']);
    expect(idsOf(groups.families)).toEqual([['co']]);
  });
});

describe('the line of an alarm', () => {
  const time = (at: number): string => String(at);
  const keyOf = (given: Parameters<typeof anAlarm>[0], house = aHouse()) =>
    alarmLine(anAlarm(given), house, time).key;

  it.each([
    [{ state: 'unacknowledged' }, 'unacknowledged'],
    [{ state: 'acknowledged', acknowledgedBy: 'Salma' }, 'acknowledged'],
    [{ state: 'cleared', active: false, clearedAt: NOW }, 'cleared'],
    [{ state: 'latched', active: false }, 'latched'],
    [{ state: 'latched', active: false, acknowledgedBy: 'Salma' }, 'latchedBy'],
    [{ state: 'shelved', shelf: { until: NOW, by: 'Omar', reason: 'paint' } }, 'shelved'],
    [{ state: 'outOfService', service: { since: NOW, by: 'Omar', reason: 'broken' } }, 'outOfService'],
    [{ state: 'suppressed', suppressedBy: 'gone' }, 'suppressed'],
  ] as const)('%j', (given, key) => {
    expect(keyOf(given)).toBe(`home.alarmLine.${key}`);
  });

  it('names the alarm that explains it', () => {
    const house = aHouse({
      alarms: [anAlarm({ id: 'radio', kind: 'trouble', cause: 'radio', entityId: '~radio' })],
    });
    expect(alarmLine(anAlarm({ state: 'suppressed', suppressedBy: 'radio' }), house, time)).toMatchObject({
      key: 'home.alarmLine.suppressedBy',
      with: { what: { key: 'alarms.house.radio' } },
    });
  });

  it('ALM-6 says that it comes and goes, how often, and that it is old', () => {
    const alarm = anAlarm({
      chattering: true,
      count: 4,
      stale: true,
      hushedUntil: NOW,
      firstOut: true,
      late: true,
    });
    expect(alarmFlags(alarm, time).map(({ key }) => key)).toEqual([
      'alarms.firstOut',
      'alarms.flag.chattering',
      'alarms.flag.times',
      'alarms.flag.stale',
      'alarms.flag.late',
      'alarms.flag.hushed',
    ]);
    expect(alarmFlags(anAlarm(), time)).toEqual([]);
  });
});

describe('many losses at once', () => {
  it('SUP-3 are one trouble of the house, while it lasts', () => {
    const radio = anAlarm({ id: 'r', kind: 'trouble', cause: 'radio', entityId: '~radio', level: 'warning' });
    expect(dropOutsOf(aHouse({ alarms: [radio, anAlarm()] })).map(({ id }) => id)).toEqual(['r']);
    expect(dropOutsOf(aHouse({ alarms: [{ ...radio, active: false }] }))).toEqual([]);
  });
});
