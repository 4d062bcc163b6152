import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  closer,
  earlier,
  FIRST_VIEW,
  isFollowing,
  later,
  SPANS,
  stretchOf,
  wider,
  withSpan,
  zoomTo,
} from './view.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = new Date('2026-11-22T21:03:04Z').getTime();
/** A chart may stand a pixel ahead of now. */
const PIXEL = 1 / 600;

beforeEach(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
afterEach(() => void vi.unstubAllEnvs());

describe('what a chart shows', () => {
  it.each(SPANS)('a %s ends now, and rests while now moves by less than a pixel', (span) => {
    const { from, to } = stretchOf(withSpan(span), NOW);
    expect(to - NOW).toBeGreaterThanOrEqual(0);
    expect(to - NOW).toBeLessThanOrEqual((to - from) * PIXEL * 1.1);
    expect(stretchOf(withSpan(span), NOW + 1).to).toBe(to);
  });

  it.each(SPANS)('a %s earlier ends where this one begins, and later leads back to now', (span) => {
    const view = earlier(withSpan(span), NOW);
    expect(stretchOf(view, NOW).to).toBe(stretchOf(withSpan(span), NOW).from);
    expect(isFollowing(view)).toBe(false);
    expect(later(view, NOW)).toEqual(withSpan(span));
    expect(later(withSpan(span), NOW)).toBeNull();
  });

  it('a day earlier is the same time of day, also when the clock was put back in between', () => {
    const end = new Date('2026-10-25T12:00:00').getTime();
    const { from } = stretchOf({ span: 'day', end, zoom: null }, NOW);
    expect(new Date(from).getHours()).toBe(12);
    expect((end - from) / HOUR_MS).toBe(25);
  });

  it('a zoom keeps what was dragged over, and never less than can be told apart', () => {
    const part = { from: NOW - 3 * HOUR_MS, to: NOW - HOUR_MS };
    expect(stretchOf(zoomTo(FIRST_VIEW, part), NOW)).toEqual(part);
    const tiny = stretchOf(zoomTo(FIRST_VIEW, { from: NOW - 10, to: NOW }), NOW);
    expect(tiny.to - tiny.from).toBe(10 * MINUTE_MS);
  });

  it('closer halves around the moment and stays inside; at the end there is no closer', () => {
    const whole = stretchOf(FIRST_VIEW, NOW);
    for (const around of [whole.from, (whole.from + whole.to) / 2, whole.to]) {
      const half = stretchOf(closer(FIRST_VIEW, NOW, around) ?? FIRST_VIEW, NOW);
      expect(half.to - half.from).toBeCloseTo((whole.to - whole.from) / 2, -2);
      expect(half.from).toBeGreaterThanOrEqual(whole.from - 1);
      expect(half.to).toBeLessThanOrEqual(whole.to + 1);
      expect(half.from).toBeLessThanOrEqual(around + 1);
      expect(half.to).toBeGreaterThanOrEqual(around - 1);
    }
    let view = FIRST_VIEW;
    for (let more = closer(view, NOW, null); more !== null; more = closer(view, NOW, null)) view = more;
    expect(stretchOf(view, NOW).to - stretchOf(view, NOW).from).toBe(10 * MINUTE_MS);
  });

  it('wider leads back to the whole, and the whole has no wider', () => {
    const view = closer(closer(FIRST_VIEW, NOW, null) ?? FIRST_VIEW, NOW, null) ?? FIRST_VIEW;
    const once = wider(view, NOW) ?? view;
    expect(once.zoom).not.toBeNull();
    expect(wider(once, NOW)).toEqual(FIRST_VIEW);
    expect(wider(FIRST_VIEW, NOW)).toBeNull();
  });
});
