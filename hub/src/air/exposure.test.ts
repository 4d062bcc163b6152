import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../shared/time.ts';
import {
  advanceCo,
  type ExposureRow,
  fullAt,
  HOLD_MS,
  isWorthStoring,
  measuredCo,
  RESTART_HOLD_MS,
  resumedCo,
  silentCo,
  takeCo,
  type Uptake,
} from './exposure.ts';
import type { AirProfile } from './schema.ts';

const EN = { profile: 'EN', sensitivePeople: false } as const;
const HOUR_MS = 60 * MINUTE_MS;

/** Another wall clock altogether: nothing may depend on it. */
const at = (mono: Millis) => ({ mono, utc: 1e15 - 7 * mono });

const doseOf = (row: ExposureRow) => measuredCo(row).find(({ measure }) => measure === 'dose')?.value ?? null;

type Course = { ppm: number; everyMs: Millis; profile: AirProfile; restartEveryMs?: Millis };

/** Minutes until the dose is full, in air that goes from clean to `ppm` at once; null: not in 30 days. */
function minutesToAlarm({ ppm, everyMs, profile, restartEveryMs }: Course): number | null {
  const settings = { profile, sensitivePeople: false };
  let row = takeCo(undefined, 0, at(0), settings);
  let stored: ExposureRow | undefined;
  const endMs = ppm < 40 ? 30 * 24 * HOUR_MS : 6 * HOUR_MS;
  for (let mono = everyMs; mono <= endMs; mono += everyMs) {
    row = takeCo(row, ppm, at(mono), settings);
    if (doseOf(row) === 1) return mono / MINUTE_MS;
    if (isWorthStoring(stored, row)) stored = row;
    if (restartEveryMs === undefined || mono % restartEveryMs !== 0 || stored === undefined) continue;
    // Five seconds are lost, and with them all that was not on disk.
    mono += 5 * SECOND_MS;
    row = resumedCo(stored, at(mono), settings);
  }
  return null;
}

/** Source: EN 50291-1 and UL 2034, as safety.md §1.3 prints them. Null: no alarm. */
const WINDOWS: readonly [AirProfile, number, number, number | null][] = [
  ['EN', 50, 60, 90],
  ['EN', 100, 10, 40],
  ['EN', 300, 0, 3],
  ['US', 70, 60, 240],
  ['US', 150, 10, 50],
  ['US', 400, 4, 15],
];

describe('CO-1 windows of both standards', () => {
  for (const everyMs of [SECOND_MS, 10 * SECOND_MS]) {
    for (const [profile, ppm, from, to] of WINDOWS) {
      const name = `CO-1 ${profile}: ${ppm} ppm alarms in ${from}..${to} min with a reading every ${everyMs / 1_000} s`;
      it(name, () => {
        const minutes = minutesToAlarm({ ppm, everyMs, profile }) as number;
        expect(minutes).toBeGreaterThanOrEqual(from);
        expect(minutes).toBeLessThanOrEqual(to as number);
      });
      it(`${name} and restarts in the middle`, () => {
        // Restarts at every third of the way, the first before anything is on disk.
        const middle = Math.round((from + (to as number)) / 6) * MINUTE_MS || 20 * SECOND_MS;
        const minutes = minutesToAlarm({ ppm, everyMs, profile, restartEveryMs: middle }) as number;
        expect(minutes).toBeGreaterThanOrEqual(from);
        expect(minutes).toBeLessThanOrEqual(to as number);
      });
    }
  }

  it.each(['EN', 'US'] as const)('CO-1 %s: 30 ppm never alarms, not in 30 days', (profile) => {
    expect(minutesToAlarm({ ppm: 30, everyMs: MINUTE_MS, profile })).toBeNull();
  });

  it('CO-1 a restart does not set back what was breathed', () => {
    let row = takeCo(undefined, 100, at(0), EN);
    let stored = row;
    for (let mono = 10_000; mono <= 20 * MINUTE_MS; mono += 10_000) {
      row = takeCo(row, 100, at(mono), EN);
      if (isWorthStoring(stored, row)) stored = row;
    }
    expect(row.dose).toBeCloseTo(0.8, 2);
    const resumed = resumedCo(JSON.parse(JSON.stringify(stored)), at(20 * MINUTE_MS + 5_000), EN);
    expect(Math.abs(resumed.dose - row.dose)).toBeLessThan(0.01);
  });
});

describe('CO-2 late and missing readings', () => {
  it('CO-2 the reading that makes the dose full says so itself', () => {
    const row = takeCo(takeCo(undefined, 300, at(0), EN), 300, at(75_000), EN);
    expect(doseOf(row)).toBe(1);
  });

  it('CO-2 the last sample counts with the worse of both readings', () => {
    const clean = takeCo(undefined, 0, at(0), EN);
    expect(takeCo(clean, 300, at(10_000), EN).dose).toBeCloseTo(10 / 75, 6);
    expect(takeCo(clean, 300, at(600_000), EN).dose).toBeCloseTo(10 / 75, 6);
    const bad = takeCo(undefined, 300, at(0), EN);
    expect(takeCo(bad, 0, at(10_000), EN).dose).toBeCloseTo(10 / 75, 6);
  });

  it('a reading counts until the next one, as long as a sensor may be silent', () => {
    const row = takeCo(undefined, 50, at(0), EN);
    expect(advanceCo(row, 30 * MINUTE_MS, EN).dose).toBeCloseTo(0.4, 6);
    const mild = { ...row, ppm: 40 };
    expect(advanceCo(mild, HOLD_MS + HOUR_MS, EN).dose).toBe(advanceCo(mild, HOLD_MS, EN).dose);
    expect(advanceCo(row, 0, EN)).toBe(row);
  });

  it('the clock finds the dose full where the sensor speaks seldom', () => {
    const row = takeCo(undefined, 50, at(1_000), EN);
    const due = fullAt(row, EN) as number;
    expect(due).toBe(1_000 + 75 * MINUTE_MS);
    expect(doseOf(advanceCo(row, due, EN))).toBe(1);
    expect(doseOf(advanceCo(row, due - 1_000, EN))).toBeLessThan(1);
  });

  it('waits for nothing in clean air, in silence, or when it is full', () => {
    const row = takeCo(undefined, 30, at(0), EN);
    expect(fullAt(row, EN)).toBeNull();
    expect(fullAt({ ...row, ppm: null }, EN)).toBeNull();
    expect(fullAt({ ...row, ppm: 300, dose: 1, full: true }, EN)).toBeNull();
    expect(fullAt({ ...row, ppm: 61 }, { ...EN, profile: 'US' })).toBeNull();
  });

  it('silence adds nothing and heals nothing', () => {
    const row = advanceCo(takeCo(undefined, 50, at(0), EN), 30 * MINUTE_MS, EN);
    const silent = silentCo(row, at(30 * MINUTE_MS), EN);
    const later = advanceCo(silent, 10 * HOUR_MS, EN);
    expect([later.dose, later.cohb, later.ppm]).toEqual([row.dose, row.cohb, null]);
    expect(silentCo(later, at(11 * HOUR_MS), EN)).toBe(later);
    const back = takeCo(later, 0, at(11 * HOUR_MS), EN);
    expect([back.dose, back.ppm]).toEqual([row.dose, 0]);
  });

  it('a long time without the hub counts for 10 minutes only', () => {
    const row = takeCo(undefined, 50, at(0), EN);
    const resumed = resumedCo(row, at(10 * HOUR_MS), EN);
    expect(resumed).toMatchObject({ ppm: 50, at: 10 * HOUR_MS });
    expect(resumed.dose).toBe(advanceCo(row, RESTART_HOLD_MS, EN).dose);
  });

  it('a clock that ran backwards moves nothing', () => {
    const row = takeCo(undefined, 100, at(HOUR_MS), EN);
    expect(takeCo(row, 100, at(0), EN).dose).toBe(0);
    expect(resumedCo(row, at(0), EN).at).toBe(HOUR_MS);
  });
});

describe('what limits are compared with', () => {
  it('a full dose is less than full from the first clear reading on, and full again before 5 minutes', () => {
    let row = takeCo(takeCo(undefined, 300, at(0), EN), 300, at(2 * MINUTE_MS), EN);
    expect(doseOf(row)).toBe(1);
    row = takeCo(row, 25, at(3 * MINUTE_MS), EN);
    expect(doseOf(row)).toBe(1);
    row = takeCo(row, 24, at(4 * MINUTE_MS), EN);
    expect(doseOf(row)).toBeLessThan(1);
    expect(doseOf(silentCo(row, at(4 * MINUTE_MS), EN))).toBe(row.dose);
    row = takeCo(row, 26, at(6 * MINUTE_MS), EN);
    expect(doseOf(row)).toBe(1);
  });

  it('CO-4 gives the modelled exposure too', () => {
    const row = takeCo(takeCo(undefined, 100, at(0), EN), 100, at(HOUR_MS), EN);
    expect(measuredCo(row)[1]).toMatchObject({ measure: 'cohb', value: row.cohb });
    const sensitive = { ...EN, sensitivePeople: true };
    const more = takeCo(takeCo(undefined, 100, at(0), sensitive), 100, at(HOUR_MS), sensitive);
    expect(more.cohb).toBeGreaterThan(row.cohb);
  });

  const SAID = {
    reading: takeCo,
    silence: (row: ExposureRow, _: number, now: Moment, uptake: Uptake) => silentCo(row, now, uptake),
    restart: (row: ExposureRow, _: number, now: Moment, uptake: Uptake) => resumedCo(row, now, uptake),
  };

  it('nothing that a sensor may say makes it anything but a finite share', () => {
    const said = fc.record({
      ppm: fc.double({ min: 0, max: 10_000, noNaN: true }),
      afterMs: fc.nat({ max: 3 * HOLD_MS }),
      what: fc.constantFrom(...Object.values(SAID)),
    });
    const profiles = fc.constantFrom('EN' as const, 'US' as const);
    fc.assert(
      fc.property(fc.array(said, { maxLength: 30 }), profiles, (all, profile) => {
        const uptake = { profile, sensitivePeople: true };
        let mono = 0;
        let row = takeCo(undefined, 0, at(0), uptake);
        for (const { ppm, afterMs, what } of all) {
          mono += afterMs;
          row = what(row, ppm, at(mono), uptake);
          expect(row.dose >= 0 && row.dose <= 1).toBe(true);
          expect(row.cohb >= 0.8 && row.cohb <= 99).toBe(true);
        }
      }),
    );
  });
});

describe('what is written down', () => {
  it('a home in clean air writes nothing', () => {
    let row = takeCo(undefined, 1, at(0), EN);
    for (let mono = 10_000; mono < HOUR_MS; mono += 10_000) {
      row = takeCo(row, 1.5, at(mono), EN);
      expect(isWorthStoring(undefined, row)).toBe(false);
    }
    expect(row.cohb).toBe(0.8);
  });

  const row: ExposureRow = { dose: 0.3, full: false, cohb: 2, ppm: 60, at: 0 };

  it.each([
    ['nothing is there and nothing is worth it', undefined, { ...row, dose: 0.05, cohb: 0.85 }, false],
    ['nothing is there, a dose', undefined, { ...row, dose: 0.051, cohb: 0.8 }, true],
    ['nothing is there, COHb', undefined, { ...row, dose: 0, cohb: 0.86 }, true],
    ['the dose moved by 0.05', row, { ...row, dose: 0.3499 }, false],
    ['the dose moved by more than 0.05', row, { ...row, dose: 0.3501 }, true],
    ['the dose fell by more than 0.05', row, { ...row, dose: 0.2499 }, true],
    ['COHb moved by more than 0.05', row, { ...row, cohb: 2.06 }, true],
    ['59 s passed with a dose', row, { ...row, at: 59_999 }, false],
    ['60 s passed with a dose', row, { ...row, at: 60_000 }, true],
    ['60 s passed without one', { ...row, dose: 0 }, { ...row, dose: 0, at: 60_000 }, false],
    ['the dose is gone', { ...row, dose: 0.011 }, { ...row, dose: 0 }, true],
    ['it was full and is clear', { ...row, full: true }, row, true],
    ['what it filled with is doubted now', row, { ...row, isDoubted: true }, true],
    ['what it filled with is believed now', { ...row, isDoubted: true }, { ...row, isDoubted: false }, true],
    ['it is believed as before', row, { ...row, isDoubted: false }, false],
    ['there is no dose to doubt', { ...row, dose: 0 }, { ...row, dose: 0, isDoubted: true }, false],
    ['COHb moved by just as much as it may', { ...row, cohb: 0 }, { ...row, cohb: 0.05 }, false],
  ] as const)('CO-1 written down when %s: %#', (_, stored, live, wanted) => {
    expect(isWorthStoring(stored, live)).toBe(wanted);
  });
});
