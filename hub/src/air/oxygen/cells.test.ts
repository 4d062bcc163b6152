import { describe, expect, it } from 'vitest';
import { emptyTable, getRow, tableOf } from '../../house/table.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { type ClimateRow, noteClimate } from '../climate.ts';
import type { AirContext } from '../context.ts';
import { type CalibrationRow, UNCALIBRATED } from './calibration.ts';
import { baselineNews, breatheOxygen, calibrateCell, doubtCell, forgetCell, renewCell } from './cells.ts';
import type { OxygenRow } from './estimator.ts';

const EMPTY = {
  oxygen: emptyTable<OxygenRow>(),
  calibrations: emptyTable<CalibrationRow>(),
  climates: emptyTable<ClimateRow>(),
};
type Cells = typeof EMPTY;

const CONTEXT: AirContext = {
  roomOf: () => 'kitchen',
  deviceOf: (entityId) => entityId.slice(0, entityId.indexOf('.')),
  isLeftOut: () => false,
  doubtOf: () => null,
};

const at = (mono: number) => ({ mono, utc: 1_000 + mono });
const FACT = { type: 'calibrationAsked', entityId: 'node.o2', by: 'Ana' } as const;

function live(
  minutes: number,
  percent: number,
  more: Partial<Record<'co2' | 'kitchenCo2', number>> = {},
): Cells {
  let state = EMPTY;
  const note = (id: string, quantity: Parameters<typeof noteClimate>[2], value: number, mono: number) => {
    state = { ...state, climates: noteClimate(state.climates, id, quantity, value, mono, CONTEXT) };
  };
  for (let mono = 0; mono <= minutes * MINUTE_MS; mono += 10 * SECOND_MS) {
    note('node.t', 'temperature', 20, mono);
    note('node.h', 'humidity', 0, mono);
    if (more.co2 !== undefined) note('node.co2', 'carbon_dioxide', more.co2, mono);
    if (more.kitchenCo2 !== undefined) note('other.co2', 'carbon_dioxide', more.kitchenCo2, mono);
    state = breatheOxygen(state, 'node.o2', percent, at(mono), CONTEXT);
  }
  return state;
}

const NOW = at(6 * MINUTE_MS);

describe('O2-1 calibrating a cell', () => {
  it('O2-1 is told with who and what', () => {
    const { state, facts } = calibrateCell(live(6, 20), FACT, NOW, CONTEXT);
    expect(facts).toMatchObject([
      {
        type: 'calibrated',
        entityId: 'node.o2',
        by: 'Ana',
        isWorn: false,
        calibration: { raw: 20, at: NOW.utc },
      },
    ]);
    const after = breatheOxygen(state, 'node.o2', 20, at(7 * MINUTE_MS), CONTEXT);
    expect(getRow(after.oxygen, 'node.o2')?.value).toBeCloseTo(20.95, 9);
  });

  const refusalOf = (state: Cells) => {
    const outcome = calibrateCell(state, FACT, NOW, CONTEXT);
    expect(outcome.state).toBe(state);
    const [fact] = outcome.facts ?? [];
    return fact?.type === 'calibrationRefused' ? fact.reason : null;
  };

  it('O2-1 is refused with its reason', () => {
    expect(refusalOf(EMPTY)).toBe('too-few');
    expect(refusalOf(live(1, 20))).toBe('too-few');
    expect(refusalOf(doubtCell(live(6, 20), 'node.o2'))).toBe('too-few');
    expect(refusalOf(live(6, 10))).toBe('span');
    expect(refusalOf(live(6, 20, { co2: 800 }))).toBe('not-outdoors');
  });

  it('O2-1 carbon dioxide counts only of a sensor that went outdoors too, and of late', () => {
    expect(calibrateCell(live(6, 20, { co2: 799 }), FACT, NOW, CONTEXT).facts?.[0]?.type).toBe('calibrated');
    expect(calibrateCell(live(6, 20, { kitchenCo2: 2_000 }), FACT, NOW, CONTEXT).facts?.[0]?.type).toBe(
      'calibrated',
    );
    const climates = noteClimate(
      EMPTY.climates,
      'node.co2',
      'carbon_dioxide',
      2_000,
      -5 * MINUTE_MS,
      CONTEXT,
    );
    const state = { ...live(6, 20), climates };
    expect(refusalOf(state)).toBe('no-climate');
  });

  it('O2-3 says that the cell is worn', () => {
    const first = calibrateCell(live(6, 20.95 / 1.14), FACT, NOW, CONTEXT).state;
    const second = calibrateCell(
      { ...live(6, 20.95 / 1.28), calibrations: first.calibrations },
      FACT,
      NOW,
      CONTEXT,
    );
    expect(second.facts).toMatchObject([{ type: 'calibrated', isWorn: false }]);
    const third = { ...live(6, 20.95 / 1.4), calibrations: second.state.calibrations };
    expect(calibrateCell(third, FACT, NOW, CONTEXT).facts).toMatchObject([
      { type: 'calibrated', isWorn: true },
    ]);
  });
});

describe('cells', () => {
  it('O2-2 each step of a baseline is told, a look is not', () => {
    const withRow = (row: CalibrationRow) => ({ ...EMPTY, calibrations: tableOf([['node.o2', row]]) });
    const looked = withRow({ ...UNCALIBRATED, assessed: { at: 0, percent: 20.7 } });
    const stepped = withRow({ ...UNCALIBRATED, baselineOffset: 0.02 });
    expect(baselineNews(EMPTY, EMPTY, 'node.o2')).toEqual([]);
    expect(baselineNews(EMPTY, looked, 'node.o2')).toEqual([]);
    expect(baselineNews(looked, stepped, 'node.o2')).toEqual([
      { type: 'baselineMoved', entityId: 'node.o2', from: 0, to: 0.02 },
    ]);
  });

  it('O2-2 a reading in an aired room is looked at, and stored once', () => {
    const state = live(70, 20.7, { co2: 450 });
    expect(getRow(state.calibrations, 'node.o2')).toMatchObject({ baselineOffset: 0 });
    const later = breatheOxygen(state, 'node.o2', 20.7, at(70 * MINUTE_MS + 10_000), CONTEXT);
    expect(later.calibrations).toBe(state.calibrations);
  });

  it('O2-1 another cell in its place has no calibrations', () => {
    const renewed = renewCell(calibrateCell(live(6, 20), FACT, NOW, CONTEXT).state, 'node.o2');
    expect(getRow(renewed.calibrations, 'node.o2')).toBeUndefined();
    expect(getRow(renewed.oxygen, 'node.o2')).toBeUndefined();
  });

  it('a cell that fell silent is forgotten, its calibration is not', () => {
    const state = calibrateCell(live(6, 20), FACT, NOW, CONTEXT).state;
    const silent = forgetCell(state, 'node.o2');
    expect(getRow(silent.oxygen, 'node.o2')).toBeUndefined();
    expect(silent.calibrations).toBe(state.calibrations);
    expect(doubtCell(silent, 'node.o2')).toBe(silent);
  });
});
