import { expect, test } from 'vitest';
import { ALONE } from '../../test/builders.ts';
import { reduceAir } from './air.ts';
import { airFrom, EMPTY_AIR } from './state.ts';

test('air that was clear before a loss of the sensor, the broker or the hub has to be clear anew', () => {
  const fresh = airFrom(EMPTY_AIR);
  const co = (value: number) =>
    ({
      type: 'reading',
      entityId: 'e',
      quantity: 'carbon_monoxide',
      value,
      unit: 'ppm',
      retained: false,
      ageMs: 0,
    }) as const;
  const gaps = [
    { type: 'entityLost', entityId: 'e', deviceId: 'd' },
    { type: 'brokerLost' },
    { type: 'houseResumed' },
  ] as const;
  for (const gap of gaps) {
    let state = reduceAir(fresh, co(400), { mono: 0, utc: 0 }, ALONE).state;
    state = reduceAir(state, co(0), { mono: 1_000, utc: 0 }, ALONE).state;
    state = reduceAir(state, gap, { mono: 2_000, utc: 0 }, ALONE).state;
    const after = reduceAir(state, co(0), { mono: 400_000, utc: 0 }, ALONE);
    expect(after.facts ?? []).toEqual([]);
    expect(reduceAir(after.state, co(0), { mono: 700_000, utc: 0 }, ALONE).facts).toMatchObject([
      { type: 'limitCleared' },
    ]);
  }
});
