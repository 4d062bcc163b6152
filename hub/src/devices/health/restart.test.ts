import { describe, expect, it } from 'vitest';
import { createHome } from '../../../test/aHome.ts';
import { announced, oxygen, reading, SENSOR } from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import { doubtOf } from './doubt.ts';

const O2 = 'node.o2';
const impossible: Fact = {
  type: 'impossibleHeard',
  entityId: O2,
  quantity: 'oxygen',
  value: 31,
  unit: '%',
  ageMs: 0,
};

describe('what is in doubt when the hub starts anew: a value out of range', () => {
  const home = () => createHome({ node: [oxygen()] });
  const doubtIn = (of: ReturnType<typeof home>) => doubtOf(of.house().health, O2);

  it('keeps the sensor suspect until three good ones in a row', () => {
    const one = home();
    one.hear(1, impossible);
    expect(doubtIn(one)).toBe('suspect');
    one.restart(10);
    expect(doubtIn(one)).toBe('suspect');
    one.hear(11, reading(O2, 20.9));
    one.hear(12, reading(O2, 20.9));
    expect(doubtIn(one)).toBe('suspect');
    one.hear(13, reading(O2, 20.9));
    expect([doubtIn(one), one.stateOf(O2)]).toEqual([null, 'ok']);
  });

  it('counts on: two more after it are a fault, one more is not', () => {
    const one = home();
    one.hear(1, impossible);
    one.restart(10);
    one.hear(11, impossible);
    expect(doubtIn(one)).toBe('suspect');
    one.hear(12, impossible);
    expect(doubtIn(one)).toBe('fault');
  });

  it('is nothing that anybody is told of', () => {
    const one = home();
    one.hear(1, impossible);
    one.restart(10);
    expect(getRow(one.house().alarms.rows, `trouble:${O2}`)).toBeUndefined();
  });
});

/**
 * The only doubt that a restart forgets: what came before it, to which a jump is compared, is forgotten too. What it held back is not
 * lost by that.
 */
describe('what is in doubt when the hub starts anew: a jump', () => {
  const WARM = 'node.t';
  const home = () =>
    createHome({ node: [announced('t', { quantity: 'temperature', config: { ...SENSOR, unit: '°C' } })] });
  const says = (value: number): Fact => reading(WARM, value, { quantity: 'temperature' });
  const heat = (of: ReturnType<typeof home>) => getRow(of.house().alarms.rows, `heat:${WARM}`);

  it('to the dangerous side warned at once, and the first reading after the start that agrees alarms', () => {
    const one = home();
    for (const s of [0, 10, 20]) one.hear(s * 1_000, says(22));
    one.hear(30_000, says(70));
    expect(heat(one)).toMatchObject({ level: 'warning', cause: 'unverified' });
    one.restart(32_000);
    one.hear(40_000, says(70));
    expect(heat(one)?.level).toBe('alarm');
  });

  it('to the safe side clears nothing, though it is believed at once after the start: that takes its five minutes', () => {
    const one = home();
    for (let s = 0; s <= 60; s += 10) one.hear(s * 1_000, says(60));
    expect(heat(one)).toMatchObject({ level: 'alarm', active: true });
    one.hear(70_000, says(15));
    expect(doubtOf(one.house().health, WARM)).toBe('rate');
    one.restart(72_000);
    for (let s = 80; s <= 370; s += 10) one.hear(s * 1_000, says(15));
    expect(heat(one)?.active).toBe(true);
    one.hear(380_000, says(15));
    expect(heat(one)?.active).toBe(false);
  });
});
