import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aHouse, NOW } from '../../test/unit/houses.ts';
import { hubTime, sinceMark } from './clock.ts';
import { useHouse } from './house.ts';

describe('the clock of the hub', () => {
  const mark = { hub: NOW, running: 1_000, wall: 50 };

  it('goes on from what the hub said, whatever this screen thinks the time is', () => {
    expect(hubTime(mark, 4_000, 3_050)).toBe(NOW + 3_000);
  });

  it('counts the longer of both clocks: too old is honest, too young is not', () => {
    expect(sinceMark(mark, 1_000, 3_600_050)).toBe(3_600_000);
    expect(sinceMark(mark, 9_000, 50)).toBe(8_000);
  });

  it('never runs backwards', () => {
    expect(sinceMark(mark, 500, 0)).toBe(0);
  });
});

describe('what counts as live', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    setActivePinia(createPinia());
  });
  afterEach(() => vi.useRealTimers());

  it('is live up to 5 s after the last word and not a second longer', () => {
    const store = useHouse();
    store.linkUp = true;
    store.take(aHouse());
    expect(store.live).toBe(true);
    vi.advanceTimersByTime(5_000);
    store.tick();
    expect(store.live).toBe(true);
    vi.advanceTimersByTime(1_000);
    store.tick();
    expect(store.live).toBe(false);
    expect(store.hubNow).toBe(NOW + 6_000);
  });

  it('is not live when the link is down, even if something was heard just now', () => {
    const store = useHouse();
    store.take(aHouse());
    expect(store.live).toBe(false);
  });

  it('stays live on beats, and lets only patches move its clock by little', () => {
    const store = useHouse();
    store.linkUp = true;
    store.take(aHouse());
    vi.advanceTimersByTime(4_000);
    store.hearBeat(NOW + 12_000);
    expect([store.live, store.silentMs, store.hubNow]).toEqual([true, 0, NOW + 4_000]);
    store.hearBeat(NOW + 600_000);
    expect(store.hubNow).toBe(NOW + 600_000);
  });

  it('remembers received numbers once each', () => {
    const store = useHouse();
    store.take(aHouse());
    store.take(aHouse());
    expect(store.traces.get('a1.co')).toEqual([{ at: NOW - 3_000, value: 0 }]);
  });
});
