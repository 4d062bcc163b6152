import { describe, expect, it } from 'vitest';
import { aHouse, NOW } from '../../test/unit/houses.ts';
import { takeBeat, takePatch, takeSnapshot } from './feed.ts';

const VALUE = ['devices', 'a1', 'entities', 'a1.co', 'value'] as const;
const change = { devices: { a1: { entities: { 'a1.co': { value: 12 } } } } };

describe('what the socket says', () => {
  it('takes a snapshot that is as described', () => {
    const house = aHouse();
    expect(takeSnapshot(null, house)).toEqual({ house, heard: true, gap: false });
  });

  it('asks again when a snapshot cannot be read, and keeps what it had', () => {
    const house = aHouse();
    expect(takeSnapshot(house, { seq: 'x' })).toEqual({ house, heard: false, gap: true });
  });

  it('merges the patch that comes next', () => {
    const taken = takePatch(aHouse(), { seq: 2, now: NOW + 1_000, change });
    expect(taken.gap).toBe(false);
    expect(taken.house).toHaveProperty([...VALUE], 12);
    expect(taken.house).toMatchObject({ seq: 2, now: NOW + 1_000 });
  });

  it('asks again after a gap and merges nothing', () => {
    const house = aHouse();
    expect(takePatch(house, { seq: 3, now: NOW, change })).toEqual({ house, heard: false, gap: true });
  });

  it('passes over a patch that the snapshot already contains', () => {
    const house = aHouse();
    expect(takePatch(house, { seq: 1, now: NOW, change })).toEqual({ house, heard: true, gap: false });
  });

  it('asks again when a patch would leave a house that nobody can read', () => {
    expect(takePatch(aHouse(), { seq: 2, now: NOW, change: { verdict: 'fine' } }).gap).toBe(true);
  });

  it('asks for a snapshot when a patch comes before one', () => {
    expect(takePatch(null, { seq: 2, now: NOW, change: {} }).gap).toBe(true);
  });

  it('hears the beat, and learns from it that something was missed', () => {
    const house = aHouse();
    expect(takeBeat(house, { now: NOW })).toMatchObject({ heard: true, gap: false, now: NOW });
    expect(takeBeat(house, { now: NOW, seq: 1 })).toMatchObject({ heard: true, gap: false });
    expect(takeBeat(house, { now: NOW, seq: 5 })).toMatchObject({ heard: false, gap: true });
    expect(takeBeat(house, 'beat')).toMatchObject({ heard: false });
  });
});
