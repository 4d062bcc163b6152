import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import HourLine from '../../src/history/HourLine.vue';
import { useHouse } from '../../src/hub/house.ts';
import Sparkline from '../../src/ui/Sparkline.vue';
import { aDevice, aHouse, anAlarm, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';
import { aRange } from './pasts.ts';

const MINUTE_MS = 60_000;
let see: () => void = () => undefined;
let line: VueWrapper;

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(told: (entries: readonly { isIntersecting: boolean }[]) => void) {
        see = () => told([{ isIntersecting: true }]);
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
});
afterEach(() => {
  line?.unmount();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const open = async (verdict: 'safe' | 'alarm' = 'safe'): Promise<void> => {
  line = mountInApp(HourLine, { entity: anEntity(), now: NOW });
  useHouse().take(aHouse({ verdict, alarms: verdict === 'alarm' ? [anAlarm()] : [] }));
  await flushPromises();
};
const path = (): string | undefined => line.find('.spark path').attributes('d');

describe('the last hour of a tile', () => {
  it('is asked for when it is on the screen, and grows with what is heard', async () => {
    const calls = hubAnswers({ 'GET /api/history/a1.co': aRange([1, 2, 3, 4]) });
    await open();
    expect(calls).toEqual([]);
    see();
    await flushPromises();
    await flushPromises();
    expect(calls).toHaveLength(1);
    const before = path() ?? '';
    expect(before.split('L')).toHaveLength(4);
    const entity = anEntity({ value: 90, at: NOW + 5 * MINUTE_MS });
    useHouse().take({ ...aHouse({ devices: [aDevice({}, [entity])] }), now: NOW + 5 * MINUTE_MS });
    await flushPromises();
    expect(path()).not.toBe(before);
    expect(calls).toHaveLength(1);
  });

  it('waits while there is an alarm', async () => {
    const calls = hubAnswers({ 'GET /api/history/a1.co': aRange([1, 2]) });
    await open('alarm');
    see();
    await flushPromises();
    expect(calls).toEqual([]);
    useHouse().take(aHouse());
    await flushPromises();
    expect(calls).toHaveLength(1);
  });

  it('shows nothing when nothing is kept of it', async () => {
    hubAnswers({});
    await open();
    see();
    await flushPromises();
    expect(line.find('svg').exists()).toBe(false);
  });
});

describe('Sparkline', () => {
  it('stays in its box and opens where nothing was heard', () => {
    const value = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 50 }), (values) => {
        const points = values.map((one, place) => ({ at: place, value: one }));
        const props = { points, from: 0, to: values.length - 1, leastHeight: 1 };
        const drawn = mount(Sparkline, { props }).get('path').attributes('d') ?? '';
        for (const [, x, y] of drawn.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(104);
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(24);
        }
        const runs = values.filter((one, place) => one !== null && (values[place - 1] ?? null) === null);
        expect(drawn.split('M').length - 1).toBe(runs.length);
      }),
      { numRuns: 60 },
    );
  });
});
