import { describe, expect, it } from 'vitest';
import { aFinding, aHealth } from '../../test/unit/airs.ts';
import { anEntity, NOW } from '../../test/unit/houses.ts';
import { entityState, isFresh } from './freshness.ts';

const silent = (state: 'suspect' | 'lost') => aHealth({ state, findings: { silent: aFinding({ state }) } });

describe('isFresh', () => {
  it('a sensor of which one report is missing is shown for as long as the hub believes it', () => {
    const late = anEntity({ at: NOW - 179_000, reportEveryMs: 30_000, health: silent('suspect') });
    expect(isFresh(late)).toBe(true);
    expect(entityState({ ...late, level: 'warning' }, true)).toBe('warning');
  });

  it('a sensor on which no life depends is not shown when the hub counts it as lost, though it announces nothing', () => {
    const lost = anEntity({
      quantity: 'carbon_dioxide',
      safety: false,
      available: true,
      health: silent('lost'),
    });
    expect(isFresh(lost)).toBe(false);
    expect(entityState(lost, true)).toBe('blind');
  });

  it('a battery that is nearly empty makes no value old', () => {
    const health = aHealth({ state: 'fault', findings: { battery: aFinding({ state: 'fault' }) } });
    expect(isFresh(anEntity({ health }))).toBe(true);
  });

  it('a contact that only reports changes does not grow old', () => {
    expect(isFresh(anEntity({ reportEveryMs: null, value: true, at: NOW - 86_400_000 }))).toBe(true);
  });

  it.each([{ available: false }, { value: null }, { at: null }])('%o is never shown as live', (given) => {
    expect(isFresh(anEntity(given))).toBe(false);
    expect(entityState(anEntity({ ...given, level: 'safe' }), true)).toBe('blind');
  });

  it('without word from the hub nothing is shown as live', () => {
    expect(entityState(anEntity({ level: 'safe' }), false)).toBe('blind');
  });
});
