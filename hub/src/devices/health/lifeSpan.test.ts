import { describe, expect, it } from 'vitest';
import { createHome, type Home } from '../../../test/aHome.ts';
import {
  announced,
  at,
  carbonMonoxide,
  oxygen,
  reading,
  SENSOR,
  smoke,
  UTC_AT_START,
} from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import type { Upkeep } from '../healthSchema.ts';
import { endOfLife } from './lifeSpan.ts';
import { CHECK_EVERY_MS, DAY_MS, END_NOTICE_MS, LIFE_MONTHS, OXYGEN_END_NOTICE_MS } from './limits.ts';

const MONTH_MS = (365.25 / 12) * DAY_MS;
const CO = 'node.co';
const O2 = 'node.o2';
const upkeep = (entityId: string, said: Upkeep): Fact => ({
  type: 'upkeepChanged',
  entityId,
  by: 'Ana',
  upkeep: said,
});

/** Only what ages is looked at: everybody may be silent for ever. */
const patient = { expireAfterMs: 1e15 };
const coHome = () => createHome({ node: [carbonMonoxide('co', patient)] });

describe('the end of a life', () => {
  it.each([
    ['2026-11', 1, Date.UTC(2026, 11, 1)],
    ['2026-12', 1, Date.UTC(2027, 0, 1)],
    ['2020-02', 84, Date.UTC(2027, 1, 1)],
    ['2024-02', 120, Date.UTC(2034, 1, 1)],
  ])('made in %s, lives %i months', (madeOn, months, utc) => {
    expect(endOfLife(madeOn, months, at(5_000))).toBe(utc - UTC_AT_START);
  });

  it('is not known without the month of manufacture, or of what does not age', () => {
    expect(endOfLife(null, 84, at(0))).toBeNull();
    expect(endOfLife('2026-01', undefined, at(0))).toBeNull();
  });

  it('is told a month before with the days that are left, and comes to the millisecond', () => {
    const home = coHome();
    home.hear(0, upkeep(CO, { madeOn: '2026-11', lifeMonths: 1 }));
    // 30 days after the start of these tests.
    const endsAt = Date.UTC(2026, 11, 1) - UTC_AT_START;
    expect(home.findings(CO)['end-of-life']).toMatchObject({ state: 'suspect', priority: 3, detail: 30 });
    home.to(endsAt - 12 * DAY_MS);
    expect(home.findings(CO)['end-of-life']).toMatchObject({ state: 'suspect', detail: 12 });
    home.to(endsAt - 1);
    expect(home.findings(CO)['end-of-life']).toMatchObject({ state: 'suspect', detail: 1 });
    home.to(endsAt);
    expect(home.findings(CO)['end-of-life']).toMatchObject({ state: 'end-of-life', priority: 2, detail: 0 });
    home.to(endsAt + 60_000);
    expect(home.stateOf(CO)).toBe('end-of-life');
  });

  const beginsAt = (
    entity: Parameters<typeof createHome>[0]['node'],
    id: string,
    notice: number,
    months: number,
  ) => {
    const home = createHome({ node: entity ?? [] });
    const noticeAt = months * MONTH_MS - notice;
    home.to(noticeAt - 1);
    const before = home.findings(id)['end-of-life'];
    home.to(noticeAt);
    return [before, home.findings(id)['end-of-life']?.state];
  };

  it('of a sensor of unknown age counts from when it was first seen: at least so old it is', () => {
    expect(
      beginsAt([carbonMonoxide('co', patient)], CO, END_NOTICE_MS, LIFE_MONTHS.get('carbon_monoxide') ?? 0),
    ).toEqual([undefined, 'suspect']);
    expect(beginsAt([smoke('smoke')], 'node.smoke', END_NOTICE_MS, LIFE_MONTHS.get('smoke') ?? 0)).toEqual([
      undefined,
      'suspect',
    ]);
  });

  it('O2-3 of oxygen is told at 22 of its 24 months', () => {
    expect(beginsAt([oxygen('o2', patient)], O2, OXYGEN_END_NOTICE_MS, 24)).toEqual([undefined, 'suspect']);
  });

  it('is not moved by a clock that jumps ten years', () => {
    const home = coHome();
    home.hear(0, upkeep(CO, { madeOn: '2026-11', lifeMonths: 12 }));
    for (const years of [10, -10]) {
      home.hear(DAY_MS, { type: 'clockReached' }, UTC_AT_START + years * 365 * DAY_MS);
      home.hear(
        DAY_MS,
        reading(CO, 0.1, { quantity: 'carbon_monoxide' }),
        UTC_AT_START + years * 365 * DAY_MS,
      );
      expect(home.stateOf(CO)).toBe('ok');
    }
  });

  it('is past with a new sensor', () => {
    const home = coHome();
    home.hear(0, upkeep(CO, { madeOn: '2010-01' }));
    expect(home.stateOf(CO)).toBe('end-of-life');
    home.hear(1, upkeep(CO, { madeOn: '2026-10' }));
    expect(home.stateOf(CO)).toBe('ok');
    home.hear(2, upkeep(CO, { madeOn: '2010-01', lifeMonths: 240 }));
    expect(home.stateOf(CO)).toBe('ok');
    home.hear(3, upkeep(CO, { lifeMonths: null }));
    expect(home.stateOf(CO)).toBe('end-of-life');
    home.hear(4, upkeep(CO, { madeOn: null }));
    expect(home.stateOf(CO)).toBe('ok');
  });
});

describe('calibration', () => {
  const aged = (home: Home, id: string, mono: number) => {
    home.to(mono);
    return home.findings(id).calibration?.priority ?? null;
  };

  it.each([
    ['oxygen' as const, oxygen('o2', patient), O2],
    ['carbon_monoxide' as const, carbonMonoxide('co', patient), CO],
    [
      'carbon_dioxide' as const,
      announced('co2', { quantity: 'carbon_dioxide', config: { ...SENSOR, unit: 'ppm', ...patient } }),
      'node.co2',
    ],
  ])('of %s is to be known when it is due, and asked for when it is due twice', (quantity, entity, id) => {
    const every = CHECK_EVERY_MS.get(quantity) ?? 0;
    const home = createHome({ node: [entity] });
    expect([aged(home, id, every - 1), aged(home, id, every)]).toEqual([null, 4]);
    expect([aged(home, id, 2 * every - 1), aged(home, id, 2 * every)]).toEqual([4, 3]);
    expect(home.findings(id).calibration?.detail).toBe((2 * every) / DAY_MS);
    home.hear(2 * every, upkeep(id, { tested: true }));
    expect([aged(home, id, 3 * every - 1), aged(home, id, 3 * every)]).toEqual([null, 4]);
  });

  it('of carbon dioxide is done by fresh air: below 500 ppm, not at 500', () => {
    const id = 'node.co2';
    const home = createHome({
      node: [
        announced('co2', { quantity: 'carbon_dioxide', config: { ...SENSOR, unit: 'ppm', ...patient } }),
      ],
    });
    const say = (mono: number, ppm: number) =>
      home.hear(mono, reading(id, ppm, { quantity: 'carbon_dioxide' }));
    say(5 * DAY_MS, 500);
    expect(aged(home, id, 7 * DAY_MS)).toBe(4);
    say(8 * DAY_MS, 499);
    expect([aged(home, id, 15 * DAY_MS - 1), aged(home, id, 15 * DAY_MS)]).toEqual([null, 4]);
  });

  const calibrated = (isWorn: boolean): Fact => ({
    type: 'calibrated',
    entityId: O2,
    by: 'Ana',
    calibration: {} as Extract<Fact, { type: 'calibrated' }>['calibration'],
    isWorn,
  });

  it('of oxygen counts anew from each, and tells when the cell is used up (O2-3)', () => {
    const home = createHome({ node: [oxygen('o2', patient)] });
    const every = CHECK_EVERY_MS.get('oxygen') ?? 0;
    home.hear(every / 2, calibrated(false));
    expect([aged(home, O2, 1.5 * every - 1), aged(home, O2, 1.5 * every)]).toEqual([null, 4]);
    home.hear(1.5 * every, calibrated(true));
    expect(home.findings(O2)).toMatchObject({ 'end-of-life': { state: 'suspect', priority: 3 } });
    expect(home.findings(O2).calibration).toBeUndefined();
    home.hear(1.5 * every, upkeep(O2, { madeOn: '2027-01' }));
    expect(home.findings(O2)).toEqual({});
  });

  it('of oxygen that is refused tells of a worn cell only when that is why (O2-3)', () => {
    const home = createHome({ node: [oxygen('o2', patient)] });
    const refuse = (reason: 'span' | 'worn-out') =>
      home.hear(0, { type: 'calibrationRefused', entityId: O2, by: 'Ana', reason });
    refuse('span');
    expect(home.findings(O2)['end-of-life']).toBeUndefined();
    refuse('worn-out');
    expect(home.findings(O2)['end-of-life']).toMatchObject({ state: 'suspect', priority: 3 });
  });

  it('of nobody changes nothing', () => {
    const home = createHome({});
    const { health } = home.house();
    home.hear(0, calibrated(true));
    expect(home.house().health).toBe(health);
  });

  it('of a contact is not asked for', () => {
    const home = createHome({ node: [smoke()] });
    expect(aged(home, 'node.smoke', 900 * DAY_MS)).toBeNull();
  });
});

describe('upkeep', () => {
  it('of what is not watched, or is not there, changes nothing', () => {
    const home = createHome({
      node: [announced('w', { quantity: 'power', config: { ...SENSOR, unit: 'W' } })],
    });
    const { health } = home.house();
    home.hear(1, upkeep('node.w', { tested: true }));
    home.hear(1, upkeep('node.nobody', { disabled: true }));
    expect(home.house().health).toBe(health);
  });

  it('that takes a sensor out of use ends its troubles, and bringing it back begins them', () => {
    const home = createHome({ node: [carbonMonoxide()] });
    home.to(10 * 60_000);
    expect(home.house().health.troubles.size).toBe(1);
    home.hear(10 * 60_000, upkeep(CO, { disabled: true }));
    expect([home.stateOf(CO), home.house().health.troubles.size]).toEqual(['disabled', 0]);
    home.hear(10 * 60_000 + 1, upkeep(CO, { disabled: false }));
    expect([home.stateOf(CO), home.house().health.troubles.size]).toEqual(['lost', 1]);
  });
});
