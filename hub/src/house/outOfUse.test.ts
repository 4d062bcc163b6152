import { describe, expect, it } from 'vitest';
import {
  announced,
  CONTACT,
  carbonMonoxide,
  houseWith,
  ofType,
  oxygen,
  play,
  reading,
  SENSOR,
  smoke,
} from '../../test/builders.ts';
import { UNCALIBRATED } from '../air/oxygen/calibration.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { getRow, rowsOf, setRow } from './table.ts';

const methane = announced('ch4', { quantity: 'lel_methane', config: { ...SENSOR, unit: '%' } });
const heat = announced('heat', { quantity: 'heat', config: CONTACT });

const KEYS: readonly (readonly [string, Quantity])[] = [
  ['o2', 'oxygen'],
  ['co', 'carbon_monoxide'],
  ['ch4', 'lel_methane'],
  ['smoke', 'smoke'],
  ['heat', 'heat'],
];
const use = (key: string, disabled: boolean): Fact => ({
  type: 'upkeepChanged',
  entityId: `k.${key}`,
  by: 'Ana',
  upkeep: { disabled },
});

/** Everything in it is out of use from 60 s on, long after whatever had to warm up. */
const home = play(houseWith({ k: [oxygen(), carbonMonoxide(), methane, smoke(), heat] }), [
  ...KEYS.map(([key]) => [60_000, use(key, true)] as const),
]).house;

/** Says these values one a second, and answers what is told meanwhile, and what holds after it. */
function heard(house: House, key: string, ...values: (number | boolean)[]) {
  const quantity = KEYS.find(([of]) => of === key)?.[1] as Quantity;
  const { house: after, facts } = play(
    house,
    values.map((value, n) => [100_000 + n * 1_000, reading(`k.${key}`, value, { quantity })] as const),
  );
  const told = ofType(facts, 'limitCrossed').map(({ level, cause }) => `${level} ${cause}`);
  const holds = [...rowsOf(after.alarms.rows)].filter(([, { active }]) => active).map(([point]) => point);
  return { told, holds, voice: after.alarms.voice?.kind ?? null };
}

describe('AIR-2: a sensor out of use', () => {
  it.each<[key: string, values: (number | boolean)[], told: string[]]>([
    ['smoke', [true], ['alarm contact']],
    ['heat', [true], ['alarm contact']],
    ['co', [400], ['warning unverified']],
    ['co', [400, 400], ['warning unverified', 'alarm unverified']],
    ['co', [250, 0], []],
    ['o2', [17, 17], ['warning unverified', 'alarm unverified']],
    ['o2', [19.9, 19.9], []],
    ['ch4', [25, 25], ['warning unverified', 'alarm unverified']],
    ['ch4', [4, 4], []],
  ])('(%s) that says %j tells %j', (key, values, told) => {
    const after = heard(home, key, ...values);
    expect(after.told).toEqual(told);
    expect(after.voice !== null).toBe(told.some((one) => one.startsWith('alarm')));
  });

  it('is believed again from the moment on at which somebody relies on it', () => {
    const used = play(home, [[90_000, use('co', false)]]).house;
    expect(heard(used, 'co', 400).told).toEqual(['critical limit']);
  });

  it('ends by itself what it raised in doubt', () => {
    const doubtful = heard(home, 'co', 400, 400);
    expect(doubtful.holds).toEqual(['co:k.co']);
    const quiet = Array.from({ length: 400 }, () => 0);
    expect(heard(home, 'co', 400, 400, ...quiet).holds).toEqual([]);
  });

  it.each<[what: string, upkeep: { disabled: true } | { technology: 'mq' }]>([
    ['is out of use', { disabled: true }],
    ['warms up for two days', { technology: 'mq' }],
  ])('CO-1 that %s ends in clean air the dose that the clock filled', (_, upkeep) => {
    const { house } = play(houseWith({ k: [carbonMonoxide()] }), [
      [60_000, { type: 'upkeepChanged', entityId: 'k.co', by: 'Ana', upkeep }],
    ]);
    const say = (from: number, seconds: number, ppm: number) =>
      Array.from({ length: seconds }, (_, n): readonly [number, Fact] => [
        from + n * 1_000,
        n % 10 === 0 ? reading('k.co', ppm, { quantity: 'carbon_monoxide' }) : { type: 'clockReached' },
      ]);
    const bad = play(house, say(100_000, 900, 150));
    const told = ofType(bad.facts, 'limitCrossed').map(({ level, cause }) => `${level} ${cause}`);
    expect(told).toEqual(['alarm unverified']);
    expect(bad.house.alarms.voice?.kind).toBe('co');
    const clean = play(bad.house, say(1_000_000, 400, 0));
    expect(ofType(clean.facts, 'limitCleared')).toMatchObject([{ entityId: 'k.co', kind: 'co' }]);
    expect(clean.house.alarms.voice).toBeNull();
  });

  it('keeps its calibration', () => {
    const calibrated = { ...UNCALIBRATED, baselineOffset: 0.1 };
    const air = { ...home.air, calibrations: setRow(home.air.calibrations, 'k.o2', calibrated) };
    const { house } = play({ ...home, air }, [
      [70_000, use('o2', false)],
      [80_000, use('o2', true)],
    ]);
    expect(getRow(house.air.calibrations, 'k.o2')).toBe(calibrated);
  });
});
