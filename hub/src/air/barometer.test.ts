import { expect, it } from 'vitest';
import { ALONE, at, reading } from '../../test/builders.ts';
import { reduceAir } from './air.ts';
import { climateBeside } from './climate.ts';
import type { AirContext } from './context.ts';
import { airFrom, EMPTY_AIR } from './state.ts';

/** A cell and a barometer on one board. */
const BOARD: AirContext = { ...ALONE, deviceOf: () => 'board' };

it('O2-5 what a barometer tells is kept for the cell beside it, though no limit asks for it', () => {
  const before = airFrom(EMPTY_AIR);
  const said = reading('board.p', 1_004, { quantity: 'pressure', unit: 'hPa' });
  const { state } = reduceAir(before, said, at(7_000), BOARD);
  expect(climateBeside(state.climates, 'board.o2', BOARD, 7_000).pressure).toMatchObject({
    value: 1_004,
    at: 7_000,
  });
  expect([state.means, state.storedMeans, state.thermometers]).toEqual([
    before.means,
    before.storedMeans,
    before.thermometers,
  ]);
});
