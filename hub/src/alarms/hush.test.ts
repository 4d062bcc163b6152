import { describe, expect, it } from 'vitest';
import {
  CLOCK,
  type Doing,
  ended,
  hush,
  met,
  NONE,
  playAlarms,
  rowAt,
  shelve,
  takeOut,
} from '../../test/alarmPlay.ts';
import { reading } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import type { Millis } from '../shared/time.ts';
import { mayHush } from './hush.ts';
import { type AlarmsState, alarmsFrom, storedAlarms } from './state.ts';

type Happening = readonly [mono: Millis, doing: Doing];

const BED = { kind: 'co', entityId: 'bed.co' } as const;
const co: Fact = met('alarm', { ...BED, value: 100, unit: 'ppm' });
const ppm = (value: number): Fact => reading('bed.co', value);
const o2 = (value: number): Fact => reading('kitchen.o2', value);
const hushCo = (state: AlarmsState): Fact => ({
  type: 'hushAsked',
  alarmId: rowAt(state, 'co', 'bed.co')?.alarmId ?? 'nobody',
  by: 'Ana',
});
const isSilent = (state: AlarmsState) => (rowAt(state, 'co', 'bed.co') ?? rowAt(state))?.hushedUntil !== null;
const restarted = (state: AlarmsState, ...happenings: Happening[]) =>
  playAlarms(alarmsFrom(storedAlarms(state)), happenings).state;

describe('ALM-2: nothing gets worse in silence', () => {
  const silent = playAlarms(NONE, [
    [0, co],
    [61_000, hushCo],
  ]).state;

  it('CO-1 a restart ends the hush of a measured danger: nobody knows how far it rose meanwhile', () => {
    expect(isSilent(silent)).toBe(true);
    expect(isSilent(restarted(silent, [70_000, { type: 'houseResumed' }]))).toBe(false);
  });

  it('a restart ends the hush of a contact too: nobody knows what became of it meanwhile', () => {
    const smoke = met('alarm', { kind: 'smoke', value: true, cause: 'contact', unit: null, limit: null });
    const hushed = playAlarms(NONE, [
      [0, smoke],
      [1_000, hush],
    ]).state;
    expect(rowAt(hushed, 'smoke')?.hushedUntil).not.toBeNull();
    expect(rowAt(restarted(hushed, [2_000, { type: 'houseResumed' }]), 'smoke')?.hushedUntil).toBeNull();
  });

  it('a restart leaves the hush of what endangers no life', () => {
    const burglar = met('alarm', { kind: 'intrusion', value: true });
    const hushed = playAlarms(NONE, [
      [0, burglar],
      [1, hush],
    ]).state;
    expect(rowAt(restarted(hushed, [2, { type: 'houseResumed' }]), 'intrusion')?.hushedUntil).not.toBeNull();
  });

  it('CO-1 what rises though it counted as rising is heard', () => {
    // A version before this one kept the hush over a restart, so that the trend began as rising while it was silent.
    const resumed = restarted(silent, [70_000, { type: 'houseResumed' }]);
    const kept = { ...resumed, rows: silent.rows };
    expect(isSilent(kept)).toBe(true);
    expect(isSilent(playAlarms(kept, [[71_000, ppm(400)]]).state)).toBe(false);
  });

  it('ALM-2 what creeps is compared with what it was when it was hushed', () => {
    const creeping = (last: number): Happening[] =>
      Array.from({ length: last }, (_, n) => [122_000 + n * 61_000, ppm(101 + n)] as const);
    expect(isSilent(playAlarms(silent, creeping(2)).state)).toBe(true);
    expect(isSilent(playAlarms(silent, creeping(3)).state)).toBe(false);
  });

  it('ALM-2 what was hushed and crept is heard, and may not be hushed again before it was steady', () => {
    const { state } = playAlarms(silent, [[125_000, ppm(103)]]);
    const row = rowAt(state, 'co', 'bed.co');
    expect(row && mayHush(state.trends, row)).toBe(false);
    const later = playAlarms(state, [[200_000, CLOCK]]).state;
    expect(row && mayHush(later.trends, row)).toBe(true);
    expect(isSilent(playAlarms(later, [[200_001, hushCo]]).state)).toBe(true);
  });

  it.each<[what: string, values: number[], may: boolean]>([
    ['falls by 0.3 % vol', [18.7], false],
    ['falls by 0.1 % vol and a little', [18.89], false],
    ['trembles by less than 0.1 % vol', [18.95, 19, 18.92], true],
    ['comes back', [19.3], true],
  ])('ALM-2 oxygen that %s: by its own step, not by a share', (_what, values, may) => {
    const { state } = playAlarms(NONE, [
      [0, met('alarm')],
      ...values.map((value, n): Happening => [70_000 + n, o2(value)]),
    ]);
    const row = rowAt(state);
    expect(row && mayHush(state.trends, row)).toBe(may);
  });

  it('ALM-2 oxygen that falls while it is silent is heard', () => {
    const { state } = playAlarms(NONE, [
      [0, met('alarm')],
      [61_000, hush],
    ]);
    expect(isSilent(state)).toBe(true);
    expect(isSilent(playAlarms(state, [[62_000, o2(18.8)]]).state)).toBe(false);
  });

  it('ALM-2 the shelf is no way around: what may not be hushed may not be put aside', () => {
    const point = { ...BED };
    const early = playAlarms(NONE, [
      [0, co],
      [1_000, shelve(60, point)],
    ]).state;
    expect(rowAt(early, 'co', 'bed.co')?.state).toBe('unacknowledged');
    const steady = playAlarms(early, [[61_000, shelve(60, point)]]).state;
    expect(rowAt(steady, 'co', 'bed.co')?.state).toBe('shelved');
  });

  it.each<[state: 'outOfService' | 'shelved', doing: Fact]>([
    ['outOfService', takeOut(BED)],
    ['shelved', shelve(60, BED)],
  ])('ALM-2 what rose again in silence is not %s before it is steady', (aside, doing) => {
    const rising = playAlarms(silent, [
      [62_000, ppm(400)],
      [63_000, doing],
    ]).state;
    expect(rowAt(rising, 'co', 'bed.co')?.state).toBe('unacknowledged');
    expect(rising.voice?.kind).toBe('co');
    const steady = playAlarms(rising, [[130_000, doing]]).state;
    expect(rowAt(steady, 'co', 'bed.co')?.state).toBe(aside);
  });

  it('ALM-2 a restart makes no gap: what may rise stays in service', () => {
    const { state } = playAlarms(NONE, [[0, co]]);
    const resumed = restarted(state, [70_000, { type: 'houseResumed' }], [70_001, takeOut(BED)]);
    expect(rowAt(resumed, 'co', 'bed.co')?.state).toBe('unacknowledged');
    const steady = playAlarms(resumed, [[131_000, takeOut(BED)]]).state;
    expect(rowAt(steady, 'co', 'bed.co')?.state).toBe('outOfService');
  });

  it('a normal alarm, one of a contact and one that makes no sound are taken out at once', () => {
    const stateOf = (...facts: Fact[]) =>
      playAlarms(
        NONE,
        [...facts, takeOut(BED)].map((fact, n): Happening => [n, fact]),
      ).state;
    const quiet = met('warning', { ...BED, value: 40, unit: 'ppm' });
    const contact = met('alarm', { ...BED, value: true, cause: 'contact', unit: null, limit: null });
    for (const facts of [[], [quiet], [contact]])
      expect(rowAt(stateOf(...facts), 'co', 'bed.co')?.state).toBe('outOfService');
  });

  const trouble = met('warning', { kind: 'trouble', entityId: 'bed.co', cause: 'battery', latching: false });
  it.each<[what: string, facts: Fact[]]>([
    ['comes', [trouble]],
    ['comes and goes', [trouble, ended('trouble', 'bed.co')]],
    ['is taken out of service', [takeOut({ kind: 'trouble', entityId: 'bed.co' })]],
  ])('CO-1 trouble that %s at the same sensor does not hide that its danger rises', (_what, facts) => {
    const { state } = playAlarms(silent, [
      ...facts.map((fact, n): Happening => [62_000 + n, fact]),
      [63_000, ppm(300)],
    ]);
    expect(isSilent(state)).toBe(false);
  });
});
