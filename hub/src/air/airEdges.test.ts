import { describe, expect, it } from 'vitest';
import { ALONE, at, ofType, reading } from '../../test/builders.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import { emptyTable, getRow, setRow, tableOf } from '../house/table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import type { AirRow } from './airRow.ts';
import { climateBeside, NO_CLIMATE, noteClimate } from './climate.ts';
import type { AirContext } from './context.ts';
import type { Limit } from './limits/limit.ts';
import { asWished } from './limits/mayEdit.ts';
import { limitsWith } from './limits/table.ts';
import { meanBetween, meansOf } from './means/means.ts';
import { mustStoreMeans, storedMeansOf } from './means/stored.ts';
import { saidNow, windowsOf } from './measuredNow.ts';
import { UNCALIBRATED } from './oxygen/calibration.ts';
import { viewCalibration } from './oxygen/calibrationView.ts';
import { baselineNews } from './oxygen/cells.ts';
import { USUAL_SETTINGS } from './settings.ts';
import { type AirState, airFrom, EMPTY_AIR } from './state.ts';
import { tell } from './telling.ts';
import { traceLimits } from './trace.ts';
import { viewAir } from './view.ts';
import { createTrial } from './whatIf.ts';

const NOBODY: AirState = airFrom(EMPTY_AIR);
const ROOM: AirContext = { ...ALONE, roomOf: () => 'bath', deviceOf: (id) => id };

type Happening = readonly [mono: Millis, fact: Fact];

function play(before: AirState, happenings: readonly Happening[], context: AirContext = ALONE) {
  let state = before;
  const facts: Fact[] = [];
  for (const [mono, fact] of happenings) {
    const outcome = reduceAir(state, fact, at(mono), context);
    state = outcome.state;
    facts.push(...(outcome.facts ?? []));
  }
  return { state, facts };
}

const say = (mono: Millis, id: string, quantity: Quantity, value: number | boolean): Happening => [
  mono,
  reading(id, value, { quantity }),
];

describe('what else a sensor may do', () => {
  it('AIR-2: says what no sensor can, on the dangerous side: it warns at once', () => {
    const heard = { entityId: 'e', quantity: 'carbon_monoxide', value: 1e9, unit: 'ppm', ageMs: 0 } as const;
    const { facts } = play(NOBODY, [[0, { type: 'impossibleHeard', ...heard }]]);
    expect(ofType(facts, 'limitCrossed')).toMatchObject([{ level: 'warning', cause: 'unverified' }]);
  });

  it('measures what has no limit: nothing is kept of it', () => {
    const { state } = play(NOBODY, [say(0, 'e', 'illuminance', 100)]);
    expect(state).toBe(NOBODY);
    expect(windowsOf('illuminance')).toEqual([]);
  });

  it('is believed less: that alone leaves its limits alone', () => {
    const { state } = play(NOBODY, [say(0, 'e', 'carbon_monoxide', 400)]);
    const suspect = { entityId: 'e', deviceId: 'd', from: 'ok', to: 'suspect', findings: [] } as const;
    const fact = { type: 'healthChanged', ...suspect, isLifeSensor: true } as Fact;
    expect(reduceAir(state, fact, at(1), ALONE).state).toBe(state);
  });

  it('O2-3: is another cell from the month of manufacture on; any other care leaves its calibration', () => {
    const calibrations = tableOf([['e', { ...UNCALIBRATED, baselineOffset: 0.1 }] as const]);
    const state = airFrom({ ...EMPTY_AIR, calibrations });
    const cared = (upkeep: object) =>
      reduceAir(state, { type: 'upkeepChanged', entityId: 'e', by: 'Ana', upkeep } as Fact, at(0), ALONE)
        .state;
    expect(cared({ disabled: false })).toBe(state);
    expect(getRow(cared({ madeOn: '2026-03' }).calibrations, 'e')).toBeUndefined();
  });

  it('O2-1: was never heard, and cannot be calibrated', () => {
    const { facts } = play(NOBODY, [[0, { type: 'calibrationAsked', entityId: 'e', by: 'Ana' }]]);
    expect(ofType(facts, 'calibrationRefused')).toHaveLength(1);
  });

  it('AIR-1: is lost: new limits judge it no more', () => {
    const { state } = play(NOBODY, [
      say(0, 'e', 'carbon_monoxide', 150),
      [1_000, { type: 'entityLost', entityId: 'e', deviceId: 'd' }],
    ]);
    const own = [{ id: 'carbon_monoxide/co/critical/value', limit: 100 }];
    const { facts } = play(state, [[2_000, { type: 'airSettingsChanged', patch: { own }, by: 'Ana' }]]);
    expect(facts).toEqual([]);
  });
});

describe('AIR-1: new limits', () => {
  it('move nothing of a sensor that is far from them', () => {
    const { state } = play(NOBODY, [say(0, 'e', 'carbon_monoxide', 1)]);
    const own = [{ id: 'carbon_monoxide/co/critical/value', limit: 100 }];
    const changed = play(state, [[1_000, { type: 'airSettingsChanged', patch: { own }, by: 'Ana' }]]);
    expect(changed.facts).toEqual([]);
    expect(changed.state.rows).toBe(state.rows);
  });
});

describe('O2-2: the baseline', () => {
  it('goes a step after a day of fresh air, and the reading that moved it tells so', () => {
    const happenings: Happening[] = [];
    for (let mono = 0; mono <= 27 * HOUR_MS; mono += MINUTE_MS) {
      happenings.push(say(mono, 't', 'temperature', 20), say(mono, 'h', 'humidity', 0));
      happenings.push(say(mono, 'c', 'carbon_dioxide', 450), say(mono, 'o', 'oxygen', 20.7));
    }
    const { facts } = play(NOBODY, happenings, { ...ROOM, deviceOf: () => 'node' });
    expect(ofType(facts, 'baselineMoved')).toMatchObject([{ entityId: 'o', from: 0, to: 0.02 }]);
  });
});

describe('what if: a room with two sensors', () => {
  const limit = (id: string) => limitsWith(USUAL_SETTINGS).byId.get(id) as Limit;

  it('counts what the asked one says, and each is lost in its time', () => {
    const held = limit('carbon_monoxide/co/critical/value');
    const trial = createTrial({
      entityId: 'a',
      held,
      wished: { ...held, limit: 100 },
      settings: USUAL_SETTINGS,
      calibrations: EMPTY_AIR.calibrations,
      context: ALONE,
      houseLessUtc: 0,
    });
    const heard = { quantity: 'carbon_monoxide', value: 150 } as const;
    trial.take({ ...heard, entityId: 'a', at: 0, lostAfterMs: 2_000 });
    trial.take({ ...heard, entityId: 'b', at: 1, value: 900, lostAfterMs: 1_000 });
    trial.take({ ...heard, entityId: 'c', at: 2, value: 900, lostAfterMs: 3_000 });
    trial.end(HOUR_MS);
    expect(trial.held()).toEqual([]);
    expect(trial.wished()).toMatchObject([{ from: 0, worst: 150 }]);
  });
});

describe('what was never heard', () => {
  it.each<[Quantity, number]>([
    ['oxygen', 1],
    ['carbon_monoxide', 1],
    ['temperature', 1],
    ['humidity', 1],
    ['pm25', 1],
  ])('of %s is only what is said now', (quantity, measures) => {
    const said = saidNow(NOBODY, 'e', quantity, 20, 0);
    expect(said.measured).toHaveLength(measures);
    expect(said).toMatchObject({ raw: 20, rising: false, measured: [{ measure: 'value', value: 20 }] });
  });

  it('has no mean, and is not written down', () => {
    const row = meansOf(undefined, 'oxygen');
    expect(meanBetween({ ...row, tens: null }, 0, HOUR_MS)).toEqual({ mean: null, coverage: 0 });
    const none = { ...row, tens: null, quarters: null, days: null };
    expect(mustStoreMeans(undefined, none)).toBe(false);
    expect(mustStoreMeans(storedMeansOf(none), meansOf(undefined, 'carbon_dioxide'))).toBe(false);
  });

  it('O2-1: a cell that never was calibrated has no date; after one it has 90 days', () => {
    expect(viewCalibration(undefined)).toEqual({ last: null, baselineOffset: 0, dueAt: null, history: [] });
    const last = { at: 5 } as NonNullable<typeof UNCALIBRATED.last>;
    expect(viewCalibration({ ...UNCALIBRATED, last })?.dueAt).toBe(5 + 90 * DAY_MS);
  });

  it('O2-2: a baseline that is gone, or comes, is told from and to nothing', () => {
    const none = { oxygen: emptyTable(), calibrations: emptyTable(), climates: emptyTable() } as never;
    const some = {
      ...(none as object),
      calibrations: tableOf([['e', { ...UNCALIBRATED, baselineOffset: 0.02 }] as const]),
    } as never;
    expect(baselineNews(some, none, 'e')).toMatchObject([{ from: 0.02, to: 0 }]);
    expect(baselineNews(none, some, 'e')).toMatchObject([{ from: 0, to: 0.02 }]);
    expect(baselineNews(none, none, 'e')).toEqual([]);
  });
});

describe('two sensors of the same in one room', () => {
  const climate = (...heard: [id: string, value: number, mono: Millis][]) => {
    let { climates } = NOBODY;
    for (const [id, value, mono] of heard)
      climates = noteClimate(climates, id, 'temperature', value, mono, { ...ROOM, deviceOf: () => null });
    return climateBeside(climates, 'other', { ...ROOM, deviceOf: () => null }, 0).temperature?.value;
  };

  it('do not take turns, until one was silent for ten minutes', () => {
    expect(climate(['a', 20, 0], ['b', 30, 10 * MINUTE_MS])).toBe(20);
    expect(climate(['a', 20, 0], ['b', 30, 10 * MINUTE_MS + 1])).toBe(30);
    expect(climate(['a', 20, 0], ['a', 30, 1])).toBe(30);
    expect(climateBeside(NOBODY.climates, 'other', ALONE, 0)).toEqual(NO_CLIMATE);
  });
});

describe('AIR-1: a limit as it is wished', () => {
  const set = limitsWith(USUAL_SETTINGS);

  it('is that limit, or why not', () => {
    expect(asWished(set, 'oxygen/oxygen-low/alarm/value', 20)).toMatchObject({ limit: 20, standard: 19.5 });
    expect(asWished(set, 'oxygen/oxygen-low/alarm/value', 19)).toBe('limit-too-weak');
    expect(asWished(set, 'nothing', 19)).toBe('no-such-limit');
  });
});

describe('what the app sees', () => {
  it('of a contact that is off: nothing, and it is clear', () => {
    const ports = {
      ...ALONE,
      lastOf: () => false,
      isContact: () => false,
      isHeard: () => true,
      asideOf: () => [],
    };
    const [limit] = traceLimits(NOBODY, 's', 'smoke', at(0), ports);
    expect(limit).toMatchObject({ now: 0, phase: 'clear' });
    const [on] = traceLimits(NOBODY, 's', 'smoke', at(0), { ...ports, lastOf: () => true });
    expect(on).toMatchObject({ now: 1 });
  });

  it('of a reading that is to be confirmed: since when, and no time at which it ends', () => {
    const { state } = play(NOBODY, [say(0, 'o', 'oxygen', 17)]);
    const ports = {
      ...ALONE,
      lastOf: () => 17,
      isContact: () => false,
      isHeard: () => true,
      asideOf: () => [],
    };
    const pending = traceLimits(state, 'o', 'oxygen', at(SECOND_MS), ports).filter(
      ({ phase }) => phase === 'pending',
    );
    const critical = pending.find(({ limit }) => limit.level === 'critical');
    expect([critical?.since, critical?.endsAt]).toEqual([at(0).utc, null]);
    const alarm = pending.find(({ limit }) => limit.level === 'alarm');
    expect(alarm?.endsAt).toBe(at(10 * SECOND_MS).utc);
  });

  it('of dust that was heard once: no index yet; of damp air alone: no mould', () => {
    const { state } = play(NOBODY, [say(0, 'p', 'pm25', 10), say(0, 'h', 'humidity', 50)]);
    expect(viewAir(state, 'p', 'pm25')).toMatchObject({ aqi: null, outlook: null, dose: null });
    expect(viewAir(state, 'h', 'humidity')?.mould).toBeNull();
    expect(viewAir(state, 'h', 'illuminance')?.means).toEqual({});
  });

  it('of damp walls: a verdict after days of them, and an index of dust after hours', () => {
    const happenings: Happening[] = [];
    for (let mono = 0; mono <= 8 * DAY_MS; mono += 30 * MINUTE_MS) {
      happenings.push(say(mono, 't', 'temperature', 18), say(mono, 'h', 'humidity', 85));
      happenings.push(say(mono, 'p', 'pm25', 10), say(mono, 'o', 'oxygen', 20.9));
    }
    const { state } = play(NOBODY, happenings, ROOM);
    expect(viewAir(state, 'h', 'humidity')?.mould).toBe(true);
    expect(viewAir(state, 'p', 'pm25')?.aqi).toBe(53);
    expect(viewAir(state, 'o', 'oxygen')?.outlook).not.toBeNull();
  });
});

it('a limit that this version does not know is told to nobody', () => {
  const row: AirRow = {
    quantity: 'oxygen',
    limits: { 'oxygen/gone': { phase: 'holds', clearSince: null, value: 1 } },
    told: {},
    late: false,
  };
  const state = { ...NOBODY, rows: setRow(NOBODY.rows, 'e', row) };
  expect(tell(state, 'e', row).facts ?? []).toEqual([]);
  const unused = { type: 'healthChanged', entityId: 'e', to: 'disabled' } as Fact;
  expect(reduceAir(state, unused, at(0), ALONE).state.rows.size).toBe(0);
});
