import { describe, expect, it } from 'vitest';
import { ALONE, at, reading, smokeReading } from '../../test/builders.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import { getRow, rowsOf, tableOf } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import type { AirRow } from './airRow.ts';
import type { AirContext } from './context.ts';
import { type AirState, airFrom, EMPTY_AIR, storedAir } from './state.ts';
import { type TracePorts, traceLimits } from './trace.ts';
import { viewAir } from './view.ts';

const MIN = 60_000;
const NOBODY = airFrom(EMPTY_AIR);
/** Everything stands in one room, each on a device of its own. */
const ROOM: AirContext = { ...ALONE, roomOf: () => 'bath', deviceOf: (id) => id };

type Happening = readonly [mono: Millis, fact: Fact];

function playFrom(before: AirState, happenings: Iterable<Happening>) {
  let state = before;
  const told: string[] = [];
  for (const [mono, fact] of happenings) {
    const outcome = reduceAir(state, fact, at(mono), ROOM);
    state = outcome.state;
    for (const each of outcome.facts ?? []) {
      if (each.type === 'limitCrossed')
        told.push(`${each.entityId} ${each.kind} ${each.level} ${each.cause}`);
      if (each.type === 'limitCleared') told.push(`${each.entityId} ${each.kind} clear`);
    }
  }
  return { state, told };
}
const play = (...happenings: Happening[]) => playFrom(NOBODY, happenings);

const say = (mono: Millis, id: string, quantity: Quantity, value: number | boolean): Happening => [
  mono,
  reading(id, value, { quantity }),
];

/** One sensor that says the same, or what follows from the time, again and again. */
function* often(
  id: string,
  quantity: Quantity,
  everyMs: Millis,
  to: Millis,
  valueAt: (mono: Millis) => number,
) {
  for (let mono = 0; mono <= to; mono += everyMs) yield say(mono, id, quantity, valueAt(mono));
}

describe('two detectors, or one and heat', () => {
  const smoke = (mono: Millis, id: string, on: boolean): Happening => [mono, smokeReading(id, on)];

  it('make smoke critical, and one that clears leaves an alarm', () => {
    const { told, state } = play(
      smoke(0, 'a', true),
      smoke(1, 'b', true),
      smoke(2, 'a', false),
      smoke(3, 'b', false),
    );
    expect(told.slice(0, 2)).toEqual(['a smoke alarm contact', 'b smoke alarm contact']);
    expect(new Set(told.slice(2, 4))).toEqual(
      new Set(['a smoke critical contact', 'b smoke critical contact']),
    );
    expect(told.slice(4)).toEqual(['a smoke clear', 'b smoke alarm contact', 'b smoke clear']);
    expect(state.rows.size).toBe(0);
  });

  it('and heat: only the smoke becomes critical', () => {
    const { told } = play(smoke(0, 'a', true), say(1, 'h', 'heat', true));
    expect(told).toEqual(['a smoke alarm contact', 'h heat alarm contact', 'a smoke critical contact']);
  });

  it('are not one detector and a thermometer that cannot be trusted', () => {
    const { told } = play(
      smoke(0, 'a', true),
      say(1, 't', 'temperature', 900),
      say(2, 't', 'temperature', 900),
    );
    expect(told).not.toContain('a smoke critical contact');
  });

  it('end as well when one of them is removed', () => {
    const { told } = play(smoke(0, 'a', true), smoke(1, 'b', true), [
      2,
      { type: 'entityRetired', entityId: 'b' },
    ]);
    expect(told.slice(-2)).toEqual(['b smoke clear', 'a smoke alarm contact']);
  });
});

describe('what follows from more than one reading', () => {
  it('CO2: a mean of ten minutes warns when it is covered, not before', () => {
    const { told } = playFrom(
      NOBODY,
      often('e', 'carbon_dioxide', 10_000, 7 * MIN + 20_000, () => 2_500),
    );
    expect(told).toEqual([]);
    const later = playFrom(
      NOBODY,
      often('e', 'carbon_dioxide', 10_000, 7 * MIN + 30_000, () => 2_500),
    );
    expect(later.told).toEqual(['e co2 warning limit']);
  });

  it('CO2: one peak in a good room is nothing', () => {
    const peak = often('e', 'carbon_dioxide', 10_000, 30 * MIN, (mono) => (mono === 15 * MIN ? 9_000 : 600));
    expect(playFrom(NOBODY, peak).told).toEqual([]);
  });

  it('heat: 8.3 °C a minute alarms over 35 °C, and not under it', () => {
    const rise = (perMinute: number, from: number) =>
      playFrom(
        NOBODY,
        often('t', 'temperature', 10_000, 2 * MIN, (mono) => from + (perMinute * mono) / MIN),
      ).told;
    expect(rise(8.4, 30)).toContain('t heat alarm limit');
    expect(rise(8.2, 30)).not.toContain('t heat alarm limit');
    expect(rise(8.4, 15)).toEqual([]);
  });

  it('dust: ten minutes over 500 that still rise may be smoke; the same without a rise are not', () => {
    const rising = playFrom(
      NOBODY,
      often('d', 'pm25', 10_000, 20 * MIN, (mono) => 300 + (40 * mono) / MIN),
    ).told;
    expect(rising).toContain('d smoke warning limit');
    const level = playFrom(
      NOBODY,
      often('d', 'pm25', 10_000, 20 * MIN, () => 900),
    ).told;
    expect(level).not.toContain('d smoke warning limit');
  });

  it('heat index: 34 °C at 70 % of the same room warns after 20 min; without humidity nothing is said', () => {
    const hot = [...often('t', 'temperature', MIN, 40 * MIN, () => 34)];
    const damp = hot.map(([mono]) => say(mono, 'h', 'humidity', 70));
    const both = hot.flatMap((each, nth) => [damp[nth] as Happening, each]);
    expect(playFrom(NOBODY, both).told).toContain('t hot alarm limit');
    expect(playFrom(NOBODY, hot).told).toEqual([]);
  });

  it('CO: a dose that fills while the sensor is silent alarms by the clock', () => {
    const { told, state } = play(
      say(0, 'c', 'carbon_monoxide', 150),
      say(10_000, 'c', 'carbon_monoxide', 150),
    );
    expect(told).toEqual([]);
    const wakeAt = state.wakeAt ?? Number.NaN;
    expect(wakeAt).toBeGreaterThan(MIN);
    const later = playFrom(state, [[wakeAt, { type: 'clockReached' }]]);
    expect(later.told).toEqual(['c co alarm dose']);
  });

  it.each<[string, Millis]>([
    ['after a restart in which nobody speaks', 5_000],
    ['while the hub is down', 9 * MIN],
  ])('CO-1 a dose that fills by the clock %s alarms', (_, downMs) => {
    const before = playFrom(
      NOBODY,
      often('c', 'carbon_monoxide', 10_000, 20 * MIN, () => 100),
    );
    expect(before.told).toEqual([]);
    const up = 20 * MIN + downMs;
    const { told } = playFrom(airFrom(storedAir(before.state)), [
      [up, { type: 'houseResumed' }],
      ...Array.from({ length: 60 }, (_, nth): Happening => [up + nth * MIN, { type: 'clockReached' }]),
    ]);
    expect(told).toEqual(['c co alarm dose']);
  });

  it('goes with its sensor, whole', () => {
    const lived = playFrom(
      NOBODY,
      often('h', 'humidity', MIN, 30 * MIN, () => 90),
    ).state;
    const { state } = playFrom(lived, [[31 * MIN, { type: 'entityRetired', entityId: 'h' }]]);
    expect([state.means.size, state.storedMeans.size, state.rows.size]).toEqual([0, 0, 0]);
  });

  it('an ordinary reading changes nothing that is stored', () => {
    const lived = playFrom(
      NOBODY,
      often('o', 'oxygen', 10_000, 30 * MIN, () => 20.9),
    ).state;
    const { state } = playFrom(lived, [say(30 * MIN + 10_000, 'o', 'oxygen', 20.8)]);
    for (const [name, table] of Object.entries(storedAir(state))) {
      expect(table, name).toBe(storedAir(lived)[name as keyof ReturnType<typeof storedAir>]);
    }
  });
});

describe('AIR-1: own limits', () => {
  const id = 'oxygen/oxygen-low/warning/value';
  const choose = (mono: Millis, limit: number | null): Happening => [
    mono,
    { type: 'airSettingsChanged', patch: { own: [{ id, limit }] }, by: 'Ana' },
  ];

  it('hold at once, for what was said last', () => {
    const { told } = play(say(0, 'o', 'oxygen', 20.4), choose(1_000, 20.5), [
      61_000,
      { type: 'clockReached' },
    ]);
    expect(told).toEqual(['o oxygen-low warning limit']);
  });

  it('given back, let what they raised clear after its off-delay', () => {
    const { told } = play(
      say(0, 'o', 'oxygen', 20.4),
      choose(1_000, 20.5),
      [61_000, { type: 'clockReached' }],
      choose(70_000, null),
      say(80_000, 'o', 'oxygen', 20.4),
      say(370_000, 'o', 'oxygen', 20.4),
    );
    expect(told).toEqual(['o oxygen-low warning limit', 'o oxygen-low clear']);
  });

  it('are stored, and come back', () => {
    const { state } = play(choose(0, 20.5));
    expect(airFrom(storedAir(state)).limits.byId.get(id)?.limit).toBe(20.5);
  });
});

it('rows of version 0.2 go on: their limits have new names, and those that there are no more are gone', () => {
  const old = {
    quantity: 'carbon_monoxide',
    limits: {
      'co/critical': { phase: 'holds', clearSince: null },
      'co/bygone': { phase: 'holds', clearSince: null },
    },
    told: { co: 'critical' },
    value: 400,
    unit: 'ppm',
    late: false,
  } as unknown as AirRow;
  const contact = {
    quantity: 'smoke',
    limits: { 'smoke/alarm': { phase: 'holds', clearSince: null } },
    told: { smoke: 'alarm' },
    value: true,
    unit: null,
    late: true,
  } as unknown as AirRow;
  const state = airFrom({
    ...EMPTY_AIR,
    air: tableOf([
      ['c', old],
      ['s', contact],
    ]),
  });
  expect(Object.fromEntries(rowsOf(state.rows))).toEqual({
    c: {
      quantity: 'carbon_monoxide',
      limits: { 'carbon_monoxide/co/critical/value': { phase: 'holds', clearSince: null, value: 400 } },
      told: { co: 'critical' },
      late: false,
    },
    s: {
      quantity: 'smoke',
      limits: { 'smoke/smoke/alarm/contact': { phase: 'holds', clearSince: null, value: true } },
      told: { smoke: 'alarm' },
      late: true,
    },
  });
  const { told } = playFrom(state, [
    [0, { type: 'houseResumed' }],
    say(1, 'c', 'carbon_monoxide', 0),
    say(300_001, 'c', 'carbon_monoxide', 0),
  ]);
  expect(told).toEqual(['c co clear']);
});

describe('why (not)?', () => {
  const ports: TracePorts = {
    ...ROOM,
    lastOf: () => 19.9,
    isContact: () => false,
    isHeard: () => true,
    asideOf: () => ['shelved'],
  };
  const traced = (mono: Millis, state: AirState, more: Partial<TracePorts> = {}) =>
    Object.fromEntries(
      traceLimits(state, 'o', 'oxygen', at(mono), { ...ports, ...more }).map(({ limit, ...rest }) => [
        limit.id,
        rest,
      ]),
    );
  const pending = play(say(0, 'o', 'oxygen', 19.9)).state;

  it('a limit that is crossed and waits says since when, and when it will hold', () => {
    expect(traced(20_000, pending)['oxygen/oxygen-low/warning/value']).toMatchObject({
      phase: 'pending',
      since: at(0).utc,
      endsAt: at(60_000).utc,
      suppressors: ['shelved'],
    });
  });

  it('one that holds, one that is clear, one that clears, and one that cannot be computed', () => {
    const held = playFrom(pending, [
      [60_000, { type: 'clockReached' }],
      say(61_000, 'o', 'oxygen', 20.9),
    ]).state;
    const now = traced(70_000, held, { lastOf: () => 20.9 });
    expect(now['oxygen/oxygen-low/warning/value']).toMatchObject({
      phase: 'clearing',
      endsAt: at(361_000).utc,
    });
    expect(now['oxygen/oxygen-low/alarm/value']).toMatchObject({ phase: 'clear', since: null, endsAt: null });
    const holding = playFrom(pending, [[60_000, { type: 'clockReached' }]]).state;
    expect(traced(61_000, holding)['oxygen/oxygen-low/warning/value']).toMatchObject({
      phase: 'holds',
      since: at(60_000).utc,
      endsAt: null,
    });
    const old = { phase: 'holds', clearSince: null, value: 19.9 } as const;
    const limits = { 'oxygen/oxygen-low/warning/value': old };
    const stored: AirRow = { quantity: 'oxygen', limits, told: {}, late: false };
    expect(
      traced(61_000, airFrom({ ...EMPTY_AIR, air: tableOf([['o', stored]]) }))[
        'oxygen/oxygen-low/warning/value'
      ],
    ).toMatchObject({ phase: 'holds', since: null });
    expect(traced(0, NOBODY, { lastOf: () => null })['oxygen/oxygen-low/alarm/value']).toMatchObject({
      phase: 'not-computable',
      now: null,
    });
  });

  it.each<[Partial<TracePorts>, string[]]>([
    [{ asideOf: () => [] }, []],
    [{ doubtOf: () => 'warming-up' }, ['warming-up', 'shelved']],
    [{ doubtOf: () => 'range', isHeard: () => false }, ['doubtful', 'silent', 'shelved']],
  ])('names what keeps it from being told: %j', (more, suppressors) => {
    expect(traced(0, pending, more)['oxygen/oxygen-low/warning/value']?.suppressors).toEqual(suppressors);
  });

  it('a limit is held against nothing that cannot be trusted', () => {
    const doubted = traced(0, NOBODY, { doubtOf: () => 'rate' })['oxygen/oxygen-low/alarm/value'];
    expect(doubted).toMatchObject({ phase: 'not-computable', now: 19.9 });
  });

  it('of a contact is its state', () => {
    const [only] = traceLimits(NOBODY, 's', 'smoke', at(0), { ...ports, lastOf: () => true });
    expect(only).toMatchObject({ now: 1, coverage: null, phase: 'clear' });
  });

  it('a contact that has not spoken yet has its limits, and none of them is called clear', () => {
    const silent = { ...ports, lastOf: () => null, isContact: () => true };
    const [only, ...more] = traceLimits(NOBODY, 's', 'smoke', at(0), silent);
    expect(only).toMatchObject({ limit: { kind: 'smoke' }, now: null, phase: 'not-computable' });
    expect(more).toEqual([]);
    expect(traceLimits(NOBODY, 's', 'smoke', at(0), { ...silent, isContact: () => false })).toEqual([]);
  });
});

it('the app sees means, index, felt temperature and damp in steps, and nothing of a sensor that is lost', () => {
  const { state } = playFrom(
    NOBODY,
    often('e', 'carbon_dioxide', 10_000, 20 * MIN, () => 1_234),
  );
  expect(viewAir(state, 'e', 'carbon_dioxide')).toMatchObject({
    trend: 'steady',
    means: { '10min': { windowMs: 600_000, mean: 1_240, coverage: 1 }, '8h': { mean: null, coverage: 0.05 } },
    dose: null,
    aqi: null,
  });
  const lost = playFrom(state, [[21 * MIN, { type: 'entityLost', entityId: 'e', deviceId: 'd' }]]).state;
  expect(viewAir(lost, 'e', 'carbon_dioxide')).toBeNull();
  expect(viewAir(NOBODY, 'e', 'carbon_dioxide')).toBeNull();
  const dust = playFrom(
    NOBODY,
    often('d', 'pm25', MIN, 3 * 60 * MIN, () => 35.4),
  ).state;
  expect(viewAir(dust, 'd', 'pm25')?.aqi).toBe(100);
  const co = play(say(0, 'c', 'carbon_monoxide', 5)).state;
  expect(viewAir(co, 'c', 'carbon_monoxide')).toMatchObject({ dose: 0, cohb: 0.8 });
  const warm = play(say(0, 'h', 'humidity', 70), say(0, 't', 'temperature', 34)).state;
  expect(viewAir(warm, 't', 'temperature')?.heatIndex).toBeGreaterThan(40);
  expect(viewAir(warm, 'h', 'humidity')?.mould).toBeNull();
  expect(getRow(warm.thermometers, 't')?.felt).toBeGreaterThan(40);
});
