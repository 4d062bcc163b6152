import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { aHouse, anAlarm, NOW } from '../../test/unit/houses.ts';
import { useHouse } from '../hub/house.ts';
import { byUrgency, isSparkDanger, mayReset, mayShelve, signOf, takesOver, verdictOf } from './life.ts';
import { shownAlarms, useTakeover } from './takeover.ts';
import { trendKey, trendOf } from './trend.ts';

describe('which alarm comes first', () => {
  it('is smoke, heat, CO, gas, oxygen, then the rest', () => {
    const kinds = ['intrusion', 'oxygen-high', 'gas', 'oxygen-low', 'smoke', 'co', 'heat'] as const;
    const sorted = kinds.map((kind) => anAlarm({ id: kind, kind })).toSorted(byUrgency);
    expect(sorted.map((alarm) => alarm.kind)).toEqual([
      'smoke',
      'heat',
      'co',
      'gas',
      'oxygen-low',
      'oxygen-high',
      'intrusion',
    ]);
  });

  it('is a running one before one that is over, and a loud one before a quiet one', () => {
    const over = anAlarm({ id: 'over', kind: 'smoke', active: false, state: 'latched' });
    const quiet = anAlarm({ id: 'quiet', kind: 'smoke', level: 'warning' });
    const loud = anAlarm({ id: 'loud', kind: 'gas' });
    expect([over, quiet, loud].toSorted(byUrgency).map((alarm) => alarm.id)).toEqual([
      'loud',
      'quiet',
      'over',
    ]);
  });
});

describe('what an alarm looks like', () => {
  it('trouble has a sign of its own and takes no screen, whatever its level', () => {
    const trouble = anAlarm({ kind: 'trouble', level: 'critical', priority: 2 });
    expect([signOf(trouble), verdictOf(trouble), takesOver(trouble)]).toEqual(['trouble', 'check', false]);
  });

  it('bad air without a siren is told on the page and takes no screen', () => {
    expect(takesOver(anAlarm({ kind: 'air-quality', priority: 3, sound: 'none' }))).toBe(false);
  });

  it.each([
    [{}, 'alarm'],
    [{ level: 'warning' }, 'warning'],
    [{ level: 'advisory' }, 'check'],
    [{ state: 'latched', active: false }, 'warning'],
    [{ state: 'latched', active: false, acknowledgedBy: 'Salma' }, 'check'],
    [{ state: 'cleared', level: 'advisory', active: false }, 'warning'],
    [{ state: 'shelved' }, 'warning'],
    [{ state: 'outOfService', level: 'warning' }, 'check'],
    [{ state: 'shelved', active: false }, 'check'],
  ] as const)('counts for the verdict as the hub has it: %j is %s', (given, verdict) => {
    expect(verdictOf(anAlarm(given))).toBe(verdict);
  });

  it.each([
    [{}, true],
    [{ state: 'cleared', active: false }, true],
    [{ state: 'shelved' }, true],
    [{ state: 'latched', active: false }, false],
    [{ state: 'suppressed' }, false],
    [{ state: 'outOfService' }, false],
  ] as const)('%j may be put aside: %s', (given, may) => {
    expect(mayShelve(anAlarm(given))).toBe(may);
  });

  it('AIR-5 gas from a warning on is a danger of sparks, until it ends', () => {
    expect(isSparkDanger(anAlarm({ kind: 'gas', level: 'warning', state: 'shelved' }))).toBe(true);
    expect(isSparkDanger(anAlarm({ kind: 'gas', level: 'advisory' }))).toBe(false);
    expect(isSparkDanger(anAlarm({ kind: 'gas', active: false }))).toBe(false);
    expect(isSparkDanger(anAlarm())).toBe(false);
  });
});

describe('what takes the screen', () => {
  it.each([
    ['unacknowledged', 'alarm', undefined, true],
    ['unacknowledged', 'critical', undefined, true],
    ['unacknowledged', 'warning', undefined, false],
    ['acknowledged', 'alarm', 'Salma', false],
    ['latched', 'alarm', undefined, true],
    ['latched', 'alarm', 'Salma', false],
    ['shelved', 'critical', undefined, false],
  ] as const)('%s %s, answered by %s: %s', (state, level, by, expected) => {
    const alarm = anAlarm({ state, level, ...(by === undefined ? {} : { acknowledgedBy: by }) });
    expect(takesOver(alarm)).toBe(expected);
  });

  it('can be put back only when it is over and somebody has seen it', () => {
    expect(mayReset(anAlarm({ state: 'latched', acknowledgedBy: 'Salma' }))).toBe(true);
    expect(mayReset(anAlarm({ state: 'latched' }))).toBe(false);
    expect(mayReset(anAlarm({ state: 'acknowledged', acknowledgedBy: 'Salma' }))).toBe(false);
  });

  it('still shows an alarm that went back to normal while it was on the screen', () => {
    const shown = shownAlarms(aHouse(), new Map([['al1', anAlarm()]]));
    expect(shown).toEqual([{ alarm: anAlarm({ active: false }), gone: true }]);
  });
});

describe('the takeover', () => {
  beforeEach(() => setActivePinia(createPinia()));

  it('cannot be left before somebody answers, stays after that, and goes when it is left', () => {
    const house = useHouse();
    const takeover = useTakeover();
    house.take(aHouse({ alarms: [anAlarm()] }));
    takeover.leave();
    expect(takeover.first?.alarm.id).toBe('al1');
    house.take(aHouse({ alarms: [anAlarm({ state: 'acknowledged', acknowledgedBy: 'Salma' })] }));
    expect(takeover.first?.alarm.acknowledgedBy).toBe('Salma');
    takeover.leave();
    expect(takeover.first).toBeNull();
  });

  it('turns to the next unanswered alarm when the first is answered', () => {
    const house = useHouse();
    const takeover = useTakeover();
    const smoke = anAlarm({ id: 'smoke', kind: 'smoke', level: 'critical' });
    house.take(aHouse({ alarms: [anAlarm(), smoke] }));
    expect(takeover.first?.alarm.id).toBe('smoke');
    house.take(aHouse({ alarms: [anAlarm(), { ...smoke, state: 'acknowledged', acknowledgedBy: 'Salma' }] }));
    expect(takeover.first?.alarm.id).toBe('al1');
    expect(takeover.mustStay).toBe(true);
  });

  it('opens an answered alarm again, and gives way to a new one', () => {
    const house = useHouse();
    const takeover = useTakeover();
    const seen = anAlarm({ state: 'acknowledged', acknowledgedBy: 'Salma' });
    house.take(aHouse({ alarms: [seen] }));
    expect(takeover.first).toBeNull();
    takeover.open(seen);
    expect(takeover.first?.alarm.id).toBe('al1');
    house.take(aHouse({ alarms: [seen, anAlarm({ id: 'gas', kind: 'gas' })] }));
    expect(takeover.first?.alarm.id).toBe('gas');
  });

  it('comes back when a higher level makes it unanswered again', () => {
    const house = useHouse();
    const takeover = useTakeover();
    const seen = anAlarm({ state: 'acknowledged', acknowledgedBy: 'Salma' });
    house.take(aHouse({ alarms: [seen] }));
    house.take(aHouse({ alarms: [anAlarm({ level: 'critical' })] }));
    expect(takeover.first?.alarm.level).toBe('critical');
  });
});

describe('where a value goes', () => {
  const samples = (values: readonly number[]) =>
    values.map((value, place) => ({ value, at: NOW - (values.length - place) * 3_000 }));

  it.each([
    [[60, 66, 72, 79, 86], 'rising'],
    [[86, 80, 70, 61, 50], 'falling'],
    [[84, 84.5, 83.8, 84.2, 84], 'steady'],
    [[0, 0, 0], 'steady'],
    [[60, 90], null],
  ] as const)('%j is %s', (values, trend) => {
    expect(trendOf(samples(values), NOW, 'co')).toBe(trend);
  });

  it('forgets what is older than two minutes', () => {
    expect(trendOf(samples([10, 20, 30, 40]), NOW + 600_000, 'co')).toBeNull();
  });

  it('sees oxygen go down as slowly as a burner takes it, and no trend in the trembling of its sensor', () => {
    const every10s = (value: (s: number) => number) =>
      Array.from({ length: 30 }, (_, n) => {
        const s = n * 10;
        return { at: NOW - 300_000 + s * 1_000, value: Math.round(value(s) * 10) / 10 };
      });
    expect(
      trendOf(
        every10s((s) => 19.4 - (0.04 * s) / 60),
        NOW,
        'oxygen-low',
      ),
    ).toBe('falling');
    expect(
      trendOf(
        every10s((s) => 19.4 + 0.04 * Math.sin(s)),
        NOW,
        'oxygen-low',
      ),
    ).toBe('steady');
  });

  it('has words of its own for missing oxygen', () => {
    expect(trendKey('falling', 'oxygen-low')).toBe('alarms.trend.fallingLow');
    expect(trendKey('falling', 'co')).toBe('alarms.trend.falling');
  });
});
