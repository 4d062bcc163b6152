import { describe, expect, it } from 'vitest';
import { createHome, type Home } from '../../../test/aHome.ts';
import {
  announced,
  CONTACT,
  carbonMonoxide,
  ofType,
  oxygen,
  reading,
  SENSOR,
  siren,
  UTC_AT_START,
} from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import { MANY_STARTS } from '../boards/boards.ts';
import type { SensorTechnology } from '../healthSchema.ts';
import { doubtOf } from './doubt.ts';
import { WARM_UP_MS } from './limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const O2 = 'node.o2';
const CO = 'node.co';

const diagnostic = (key: string, quantity: 'battery' | 'signal_strength', unit: string) =>
  announced(key, { quantity, config: { ...SENSOR, unit, entityCategory: 'diagnostic' } });
const lowBattery = announced('low', {
  quantity: 'battery',
  config: { ...CONTACT, entityCategory: 'diagnostic' },
});
const patient = { expireAfterMs: 1e15 };
const homeOf = (...more: Parameters<typeof createHome>[0][string][number][]) =>
  createHome({ node: [oxygen('o2', patient), carbonMonoxide('co', patient), ...more] });

describe('a battery', () => {
  const say = (home: Home, percent: number) =>
    home.hear(1, reading('node.b', percent, { quantity: 'battery', unit: '%' }));
  const stateAfter = (...percents: readonly number[]) => {
    const home = homeOf(diagnostic('b', 'battery', '%'));
    for (const percent of percents) say(home, percent);
    return home.findings(O2).battery?.state ?? null;
  };

  it.each<[number[], string | null]>([
    [[100], null],
    [[21], null],
    [[20], 'suspect'],
    [[6], 'suspect'],
    [[5], 'fault'],
    [[0], 'fault'],
    [[20, 23], 'suspect'],
    [[20, 24], null],
    [[5, 8], 'fault'],
    [[5, 9], 'suspect'],
    [[5, 100], null],
  ])('that told %j %%: %s', (percents, state) => expect(stateAfter(...percents)).toBe(state));

  it('is of the whole device, and one of its sensors tells it', () => {
    const home = homeOf(diagnostic('b', 'battery', '%'));
    say(home, 4);
    expect([home.stateOf(O2), home.stateOf(CO)]).toEqual(['fault', 'fault']);
    expect(ofType(home.facts, 'troubleBegan')).toMatchObject([
      { entityId: O2, cause: 'battery', level: 'warning', detail: 4 },
    ]);
    expect(ofType(home.facts, 'conditionMet')).toMatchObject([{ value: 4, unit: '%', kind: 'trouble' }]);
  });

  it('that says only that it is low is low', () => {
    const home = homeOf(lowBattery);
    const tell = (value: boolean) => home.hear(1, reading('node.low', value, { quantity: 'battery' }));
    tell(true);
    expect(home.findings(CO).battery).toMatchObject({ state: 'suspect', priority: 3 });
    tell(false);
    expect(home.findings(CO).battery).toBeUndefined();
  });

  it('casts no doubt on what is measured: an alarm must be able to clear', () => {
    const home = homeOf(diagnostic('b', 'battery', '%'));
    say(home, 1);
    expect(doubtOf(home.house().health, O2)).toBeNull();
  });
});

describe('the radio', () => {
  const say = (home: Home, dbm: number, more: Parameters<typeof reading>[2] = {}) =>
    home.hear(1, reading('node.r', dbm, { quantity: 'signal_strength', unit: 'dBm', ...more }));
  const loss = (percent: number): Fact => ({ type: 'boardLossHeard', deviceId: 'node', percent });

  it.each<[number[], number | null]>([
    [[-80], null],
    [[-81], -81],
    [[-81, -90], -81],
    [[-81, -76], -81],
    [[-81, -75], null],
  ])('of %j dBm', (all, detail) => {
    const home = homeOf(diagnostic('r', 'signal_strength', 'dBm'));
    for (const dbm of all) say(home, dbm);
    expect(home.findings(O2).signal?.detail ?? null).toBe(detail);
  });

  it('in another unit, or replayed, tells nothing', () => {
    const home = homeOf(diagnostic('r', 'signal_strength', 'lqi'));
    say(home, -90, { unit: null });
    say(home, -90, { retained: true });
    expect(home.findings(O2).signal).toBeUndefined();
  });

  it.each<[number, number | null]>([
    [10, null],
    [10.1, 4],
    [30, 4],
    [30.1, 3],
  ])('that loses %f %% of the messages: priority %s', (percent, priority) => {
    const home = homeOf();
    home.hear(1, loss(percent));
    expect(home.findings(O2).signal?.priority ?? null).toBe(priority);
    home.hear(2, loss(0));
    expect(home.findings(O2).signal).toBeUndefined();
  });

  it('that loses messages is told as that, however strong it is', () => {
    const home = homeOf(diagnostic('r', 'signal_strength', 'dBm'));
    say(home, -85);
    home.hear(2, loss(5));
    expect(home.findings(O2).signal?.detail).toBe(-85);
    home.hear(3, loss(40));
    say(home, -50);
    expect(home.findings(O2).signal).toMatchObject({ detail: 40, priority: 3 });
  });
});

it.each([
  [5_000, null],
  [5_001, 5],
  [-5_001, -5],
  [3_600_000, 3_600],
])('a clock that is %i ms off: %s s', (off, detail) => {
  const home = homeOf();
  home.hear(1_000, { type: 'boardClockHeard', deviceId: 'node', utc: UTC_AT_START + 1_000 + off });
  expect(home.findings(O2).clock?.detail ?? null).toBe(detail);
  home.hear(2_000, { type: 'boardClockHeard', deviceId: 'node', utc: UTC_AT_START + 2_000 });
  expect(home.findings(O2).clock).toBeUndefined();
});

describe('starts of a board', () => {
  const started = (boot: number, upMs?: number): Fact => ({
    type: 'boardStarted',
    deviceId: 'node',
    boot: `b${boot}`,
    ...(upMs === undefined ? {} : { upMs }),
  });

  it(`more than ${MANY_STARTS} in an hour are told, and forgiven to the millisecond`, () => {
    const home = homeOf();
    for (let n = 0; n <= MANY_STARTS; n++) home.hear(n * MINUTE, started(n));
    expect(home.findings(CO).restarts).toBeUndefined();
    home.hear(4 * MINUTE, started(9));
    expect(home.findings(CO).restarts).toMatchObject({ state: 'suspect', priority: 3 });
    home.to(HOUR + MINUTE - 1);
    expect(home.findings(CO).restarts).toBeDefined();
    home.to(HOUR + MINUTE);
    expect(home.findings(CO).restarts).toBeUndefined();
  });

  it.each(Object.entries(WARM_UP_MS) as [SensorTechnology, number][])(
    'of %s: warm after %i ms',
    (technology, warmUpMs) => {
      const home = homeOf();
      home.hear(0, { type: 'upkeepChanged', entityId: CO, by: 'Ana', upkeep: { technology } });
      home.hear(50 * HOUR, started(1));
      if (warmUpMs === 0) return expect(home.findings(CO)['warm-up']).toBeUndefined();
      home.to(50 * HOUR + warmUpMs - 1);
      expect([home.findings(CO)['warm-up']?.endsAt, doubtOf(home.house().health, CO)]).toEqual([
        50 * HOUR + warmUpMs,
        'warming-up',
      ]);
      home.to(50 * HOUR + warmUpMs);
      expect([home.findings(CO)['warm-up'], doubtOf(home.house().health, CO)]).toEqual([undefined, null]);
    },
  );

  it('of which it told late have less to wait for, or nothing', () => {
    const home = homeOf();
    home.hear(HOUR, started(1, 10_000));
    expect(home.findings(CO)['warm-up']?.endsAt).toBe(HOUR + 20_000);
    home.hear(2 * HOUR, started(2, 30_000));
    expect(home.findings(CO)['warm-up']).toBeUndefined();
  });

  it('warm up through a restart of the hub', () => {
    const home = homeOf();
    home.hear(0, { type: 'upkeepChanged', entityId: CO, by: 'Ana', upkeep: { technology: 'mox' } });
    home.hear(HOUR, started(1));
    home.restart(HOUR + MINUTE);
    home.to(HOUR + 5 * MINUTE - 1);
    expect(home.stateOf(CO)).toBe('warming-up');
    home.to(HOUR + 5 * MINUTE);
    expect(home.stateOf(CO)).toBe('ok');
  });

  it('an MQ needs 48 h when it is new', () => {
    const home = homeOf(
      announced('mq2', { quantity: 'lel_lpg', config: { ...SENSOR, unit: '%LEL', ...patient } }),
    );
    expect(home.stateOf('node.mq2')).toBe('warming-up');
    home.to(48 * HOUR - 1);
    expect(home.stateOf('node.mq2')).toBe('warming-up');
    home.to(48 * HOUR);
    expect(home.stateOf('node.mq2')).toBe('ok');
  });
});

describe('what cannot be read', () => {
  it('is a fault from the start, and none when it is announced anew', () => {
    const strange = oxygen('o2', { ...patient, unit: 'furlongs' });
    const home = createHome({ node: [strange] });
    expect(home.findings(O2).unreadable).toMatchObject({ state: 'fault', priority: 2 });
    expect(home.house().health.troubles.size).toBe(1);
    home.hear(1, {
      type: 'deviceCorrected',
      deviceId: 'node',
      by: 'Ana',
      entities: { [O2]: { quantity: 'other' } },
    });
    expect(home.findings(O2)).toEqual({});
    expect(home.house().health.troubles.size).toBe(0);
  });
});

describe('a siren', () => {
  const asked: Fact = { type: 'commandAsked', entityId: 'hall.siren', command: { on: true }, by: 'Ana' };

  it('F-25 that does not answer is mute within 10 s, and not any more when it answers', () => {
    const home = createHome({ hall: [siren()] });
    home.hear(MINUTE, asked);
    home.to(MINUTE + 10_000);
    expect(ofType(home.facts, 'conditionMet')).toMatchObject([
      { entityId: 'hall.siren', kind: 'trouble', cause: 'siren-mute', level: 'warning', isLifeSensor: true },
    ]);
    home.hear(2 * MINUTE, reading('hall.siren', true, { quantity: 'siren' }));
    expect(ofType(home.facts, 'troubleEnded')).toHaveLength(1);
  });

  it('is told as mute once, gone and unanswered', () => {
    const home = createHome({
      hall: [
        siren('siren', {
          availability: [
            { topic: 'a', payloadAvailable: 'online', payloadNotAvailable: 'offline', template: null },
          ],
        }),
      ],
    });
    home.hear(MINUTE, asked);
    home.to(10 * MINUTE);
    expect(ofType(home.facts, 'troubleBegan')).toHaveLength(1);
  });
});
