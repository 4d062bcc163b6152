import { describe, expect, it } from 'vitest';
import { emptyTable, getRow } from '../house/table.ts';
import { MINUTE_MS } from '../shared/time.ts';
import type { ExposureRow } from './exposure.ts';
import { breatheCo, fillExposures, nextFullAt, resumedExposures, silentExposure } from './exposures.ts';
import { USUAL_SETTINGS } from './settings.ts';

const EMPTY = {
  exposures: emptyTable<ExposureRow>(),
  storedExposures: emptyTable<ExposureRow>(),
  settings: USUAL_SETTINGS,
};
const at = (mono: number) => ({ mono, utc: 0 });
const rowOf = (state: Parameters<typeof nextFullAt>[0], id: string) => getRow(state.exposures, id);

describe('exposures', () => {
  const both = breatheCo(breatheCo(EMPTY, 'cellar', 50, at(0)), 'hall', 0, at(0));

  it('CO-1 the stored one stays as it is while the home is in clean air', () => {
    let state = both;
    for (let mono = 0; mono < 60 * MINUTE_MS; mono += 10_000) state = breatheCo(state, 'hall', 0, at(mono));
    expect(state.storedExposures).toBe(both.storedExposures);
  });

  it('CO-1 the stored one follows within 0.05 of a dose', () => {
    let state = both;
    for (let mono = 0; mono < 60 * MINUTE_MS; mono += 10_000) {
      state = breatheCo(state, 'cellar', 50, at(mono));
      const dose = getRow(state.storedExposures, 'cellar')?.dose ?? 0;
      expect((rowOf(state, 'cellar')?.dose as number) - dose).toBeLessThanOrEqual(0.05);
    }
  });

  it('names the sensors whose dose the clock has filled', () => {
    expect(nextFullAt(both)).toBe(75 * MINUTE_MS);
    expect(fillExposures(both, at(75 * MINUTE_MS - 1))).toEqual({ state: both, filled: [] });
    const { state, filled } = fillExposures(both, at(75 * MINUTE_MS));
    expect(filled).toEqual([{ entityId: 'cellar', ppm: 50, isDoubted: false }]);
    expect(rowOf(state, 'cellar')).toMatchObject({ dose: 1, full: true });
    expect(nextFullAt(state)).toBeNull();
  });

  it('the first to be full is waited for', () => {
    expect(nextFullAt(breatheCo(both, 'hall', 100, at(60_000)))).toBeLessThan(75 * MINUTE_MS);
    expect(nextFullAt(breatheCo(both, 'attic', 41, at(0)))).toBe(75 * MINUTE_MS);
  });

  it('a sensor that fell silent fills nothing', () => {
    const silent = silentExposure(both, 'cellar', at(MINUTE_MS));
    expect(rowOf(silent, 'cellar')?.ppm).toBeNull();
    expect(nextFullAt(silent)).toBeNull();
    expect(silentExposure(both, 'nobody', at(0))).toBe(both);
  });

  it('a restart goes on where it was', () => {
    const resumed = resumedExposures(both, at(5 * MINUTE_MS));
    expect(rowOf(resumed, 'cellar')?.dose).toBeCloseTo(5 / 75, 6);
    expect(nextFullAt(resumed)).toBe(75 * MINUTE_MS);
  });
});
