import { describe, expect, it } from 'vitest';
import { createHome, type Home } from '../../../test/aHome.ts';
import { announced, CONTACT, carbonMonoxide, oxygen, reading, SENSOR } from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import type { EntityAnnouncement, EntityConfig } from '../entity.ts';
import { viewHealth } from './view.ts';

const O2 = 'node.o2';
const patient = { expireAfterMs: 1e15 };
const voltage = (key: string, config: Partial<EntityConfig>) =>
  announced(key, { quantity: 'voltage', name: key, config: { ...SENSOR, ...config } });
const BATTERY = voltage('v', { unit: 'mV', entityCategory: 'diagnostic' });
const homeOf = (...more: EntityAnnouncement[]): Home =>
  createHome({ node: [oxygen('o2', patient), carbonMonoxide('co', patient), ...more] });
const told = (value: number | string, unit: string | null = 'mV', id = 'node.v'): Fact =>
  reading(id, value, { quantity: 'voltage', unit });
const lowOf = (home: Home, id = O2) => home.findings(id)['battery-volts'];
const after = (...millivolts: readonly number[]) => {
  const home = homeOf(BATTERY);
  for (const one of millivolts) home.hear(1, told(one));
  return lowOf(home);
};
const states = (lowVolts: number | null): Fact => ({
  type: 'upkeepChanged',
  entityId: O2,
  by: 'Ana',
  upkeep: { lowVolts },
});
const shown = (home: Home) => {
  const { devices, health } = home.house();
  const entity = getRow(devices.entities, O2);
  return entity === undefined ? undefined : viewHealth(health, devices, entity)?.lowVolts;
};

describe('§3.2 V < limit: a battery of which only the voltage is told', () => {
  it.each<[millivolts: number[], isLow: boolean]>([
    [[3_000], false],
    [[3_000, 2_400], false],
    [[3_000, 2_399], true],
    [[2_399], false],
    // Held until 2 % above the limit.
    [[3_000, 2_390, 2_447], true],
    [[3_000, 2_390, 2_448], false],
    [[3_000, 2_390, 3_050], false],
    // 2.4 V of 3.0, but not of 3.2.
    [[3_000, 3_200, 2_500], true],
  ])('is low under 80 %% of the most that it told: %j mV, %s', (millivolts, isLow) => {
    expect(after(...millivolts) !== undefined).toBe(isLow);
  });

  it('is a trouble of priority 3, told once for the device, with its volts', () => {
    const home = homeOf(BATTERY);
    home.hear(1, told(3_000));
    home.hear(2, told(2_340));
    expect(lowOf(home)).toMatchObject({ state: 'suspect', priority: 3, detail: 2.3 });
    const rows = ['o2', 'co'].map((key) => getRow(home.house().alarms.rows, `trouble:node.${key}`));
    expect(rows.filter((row) => row !== undefined)).toMatchObject([
      { cause: 'battery-volts', level: 'advisory', value: 2.3, unit: 'V' },
    ]);
  });

  it('is low under what its owner says, at the next word, and under 80 % again when they say nothing', () => {
    const home = homeOf(BATTERY);
    home.hear(1, told(3_000));
    expect(shown(home)).toBe(2.4);
    home.hear(2, states(2.7));
    expect(shown(home)).toBe(2.7);
    home.hear(3, told(2_690));
    expect(lowOf(home)).toBeDefined();
    home.hear(4, states(null));
    home.hear(5, told(2_690));
    expect([lowOf(home), shown(home)]).toEqual([undefined, 2.4]);
  });

  it('remembers the most that it told through a restart', () => {
    const home = homeOf(BATTERY);
    home.hear(1, told(3_000));
    home.restart(10);
    home.hear(20, told(2_399));
    expect(lowOf(home)).toBeDefined();
  });

  it('is not judged where percent or "low" is told: who tells that knows the battery', () => {
    for (const config of [SENSOR, CONTACT]) {
      const other = announced('b', {
        quantity: 'battery',
        config: { ...config, entityCategory: 'diagnostic' },
      });
      const home = homeOf(BATTERY, other);
      home.hear(1, told(3_000));
      home.hear(2, told(1_000));
      expect([lowOf(home), shown(home)]).toEqual([undefined, null]);
    }
  });

  it.each<[what: string, of: EntityAnnouncement, unit: string | null]>([
    ['a name says so', voltage('battery_volts', { unit: 'V' }), 'V'],
    ['it is a diagnosis in mV', voltage('x', { unit: 'mV', entityCategory: 'diagnostic' }), 'mV'],
  ])('is taken for one where %s', (_, of, unit) => {
    const home = homeOf(of);
    const factor = unit === 'V' ? 1 : 1_000;
    home.hear(1, told(3 * factor, unit, `node.${of.key}`));
    home.hear(2, told(2 * factor, unit, `node.${of.key}`));
    expect(lowOf(home)?.detail).toBe(2);
  });

  it.each<[what: string, of: EntityAnnouncement, high: number | string, unit: string | null]>([
    ['the mains of a meter', voltage('mains', { unit: 'V' }), 58, 'V'],
    ['the supply of a board', voltage('vcc', { unit: 'V', entityCategory: 'diagnostic' }), 5, 'V'],
    ['a unit that nobody knows', voltage('battery', { unit: 'kV' }), 3, 'kV'],
    ['no unit', voltage('battery', { unit: null }), 3, null],
    ['more than any battery has', voltage('battery', { unit: 'V' }), 61, 'V'],
    ['no number', voltage('battery', { unit: 'V' }), 'full', 'V'],
  ])('is not %s', (_, of, high, unit) => {
    const home = homeOf(of);
    home.hear(1, told(high, unit, `node.${of.key}`));
    home.hear(2, told(2, unit, `node.${of.key}`));
    expect(lowOf(home)).toBeUndefined();
  });

  it('is nothing that the broker remembers, nor what nobody has', () => {
    const home = homeOf(BATTERY);
    home.hear(1, told(3_000));
    home.hear(2, reading('node.v', 2_000, { quantity: 'voltage', unit: 'mV', retained: true }));
    home.hear(3, told(400));
    expect(lowOf(home)).toBeUndefined();
  });
});
