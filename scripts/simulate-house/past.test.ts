import { describe, expect, it } from 'vitest';
import { BOARDS } from './boards.ts';
import { pastOf } from './past.ts';
import { eventsOfDay } from './past-days.ts';
import type { PastReading } from './past-report.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Midnight by the clocks of the house, two hours ahead of UTC. */
const OFFSET_MS = 2 * HOUR_MS;
const MIDNIGHT = Date.UTC(2026, 9, 11) - OFFSET_MS;
const DAY = Math.floor(Date.UTC(2026, 9, 11) / DAY_MS);

const past = (from: number, to: number, seed = 1): PastReading[] => [
  ...[...pastOf({ seed, from, to, offsetMs: OFFSET_MS })].flat(),
];

const of = (readings: readonly PastReading[], boardId: string, key: string) =>
  readings.filter((reading) => reading.boardId === boardId && reading.key === key);

/** The next day from that one on which such a thing happens. */
function next(day: number, isSuch: (day: number) => boolean): number {
  let found = day;
  while (!isSuch(found)) found += 1;
  return Date.UTC(1970, 0, 1) + found * DAY_MS - OFFSET_MS;
}

describe('the past of the house', () => {
  const day = past(MIDNIGHT, MIDNIGHT + DAY_MS);

  it('has a series for every component of every board but the camera, on the hour at least', () => {
    const boards = new Set(day.map(({ boardId }) => boardId));
    expect(boards).toEqual(new Set(BOARDS.filter(({ kind }) => kind !== 'camera').map(({ id }) => id)));
    for (const [boardId, key] of [
      ['air-living', 'co2'],
      ['smoke-hall', 'smoke'],
      ['siren-hall', 'siren'],
    ] as const) {
      const hours = new Set(of(day, boardId, key).map(({ t }) => Math.floor(t / HOUR_MS)));
      expect([boardId, hours.size]).toEqual([boardId, 24]);
    }
  });

  it('is in the order of time, within its bounds, no moment twice', () => {
    const last = new Map<string, number>();
    for (const { boardId, key, t } of day) {
      expect(t).toBeGreaterThanOrEqual(MIDNIGHT);
      expect(t).toBeLessThan(MIDNIGHT + DAY_MS);
      expect(t).toBeGreaterThan(last.get(`${boardId}.${key}`) ?? 0);
      last.set(`${boardId}.${key}`, t);
    }
  });

  it('is at minute resolution where something changes and coarser where nothing does', () => {
    const living = of(day, 'air-living', 'co2');
    expect(living.length).toBeGreaterThan(24 * 6 - 1);
    expect(living.length).toBeLessThan(24 * 60);
    const gaps = living.slice(1).map(({ t }, index) => t - (living[index]?.t ?? 0));
    expect(Math.min(...gaps)).toBe(60_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(10 * 60_000);
  });

  it('has people who sleep at night, cook, come and go', () => {
    const moved = (from: number, to: number) =>
      of(day, 'motion-kitchen', 'motion').filter(
        ({ t, v }) => v === 1 && t >= MIDNIGHT + from * HOUR_MS && t < MIDNIGHT + to * HOUR_MS,
      ).length;
    expect(moved(18, 19)).toBeGreaterThan(10 * Math.max(1, moved(1, 5)));
    const door = of(day, 'contact-front-door', 'open').filter(({ v }) => v === 1);
    expect(door.length).toBeGreaterThan(4);
    for (const { t } of door) {
      const shut = of(day, 'contact-front-door', 'open').find((one) => one.t > t);
      expect(shut?.v).toBe(0);
      expect((shut?.t ?? 0) - t).toBeLessThanOrEqual(30_000);
    }
  });

  it('is the same past whatever part of it is asked for, and another one for another seed', () => {
    const evening = past(MIDNIGHT + 17 * HOUR_MS, MIDNIGHT + 19 * HOUR_MS);
    const inDay = day.filter(({ t }) => t >= MIDNIGHT + 17 * HOUR_MS && t < MIDNIGHT + 19 * HOUR_MS);
    expect(evening).toEqual(inDay);
    const longer = past(MIDNIGHT - 3 * DAY_MS, MIDNIGHT + HOUR_MS);
    const motion = (readings: readonly PastReading[]) =>
      of(readings, 'motion-hall', 'motion').filter(({ t }) => t >= MIDNIGHT && t < MIDNIGHT + HOUR_MS);
    expect(motion(longer)).toEqual(motion(day));
    expect(past(MIDNIGHT, MIDNIGHT + HOUR_MS, 2)).not.toEqual(past(MIDNIGHT, MIDNIGHT + HOUR_MS));
  });

  it('of no time is empty', () => {
    expect(past(MIDNIGHT, MIDNIGHT)).toEqual([]);
  });
});

describe('remarkable days', () => {
  const hasTrouble = (day: number, room: string) =>
    eventsOfDay(1, day).some(({ event }) => event.type === 'troubleBegan' && event.room === room);

  it('come in every month: an evening with the burner, a stuffy night, a day out', () => {
    for (const seed of [0, 1, 7, 999_999]) {
      for (let first = DAY; first < DAY + 100; first++) {
        const month = Array.from({ length: 30 }, (_, day) => eventsOfDay(seed, first + day)).flat();
        const types = new Set(month.map(({ event }) => `${event.type} ${'room' in event ? event.room : ''}`));
        for (const such of ['troubleBegan living', 'troubleBegan bedroom', 'peopleSent '])
          expect(types).toContain(such);
      }
    }
  });

  it('an evening with the burner: oxygen falls, CO2 and CO rise, and it is aired', () => {
    const evening = next(DAY, (day) => hasTrouble(day, 'living')) + 19 * HOUR_MS;
    const readings = past(evening, evening + 3 * HOUR_MS);
    const values = (key: string) => of(readings, 'air-living', key).map(({ v }) => v);
    expect(Math.min(...values('oxygen'))).toBeLessThan(20.2);
    expect(Math.max(...values('co2'))).toBeGreaterThan(3_000);
    expect(Math.max(...values('co'))).toBeGreaterThan(2);
    expect(values('co2').at(-1)).toBeLessThan(2_000);
  });

  it('a stuffy night: the CO2 of the bedroom climbs above what it does on others', () => {
    const night = next(DAY, (day) => hasTrouble(day, 'bedroom')) + 23 * HOUR_MS;
    const worst = (from: number) =>
      Math.max(...of(past(from, from + 7 * HOUR_MS), 'air-bedroom', 'co2').map(({ v }) => v));
    expect(worst(night)).toBeGreaterThan(2_500);
    expect(worst(night)).toBeGreaterThan(1.5 * worst(night + DAY_MS));
  });
});
