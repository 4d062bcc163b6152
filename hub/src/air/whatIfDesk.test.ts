import { afterEach, expect, it, vi } from 'vitest';
import { isAtNight } from './whatIfDesk.ts';

afterEach(() => void vi.unstubAllEnvs());

/** 1 July 2026 and 1 January 2027, at that hour and minute UTC. */
const summer = (hour: number, minute = 0): number => Date.UTC(2026, 6, 1, hour, minute);
const winter = (hour: number, minute = 0): number => Date.UTC(2027, 0, 1, hour, minute);

it.each<[zone: string, utc: number, isNight: boolean]>([
  ['UTC', summer(21, 59), false],
  ['UTC', summer(22), true],
  ['UTC', summer(6, 59), true],
  ['UTC', summer(7), false],
  ['Europe/Berlin', summer(19, 59), false],
  ['Europe/Berlin', summer(20), true],
  ['Europe/Berlin', winter(20), false],
  ['Europe/Berlin', winter(21), true],
  ['Asia/Kathmandu', summer(16, 14), false],
  ['Asia/Kathmandu', summer(16, 15), true],
])('night is from 22 to 7 o’clock by the clock of the hub: %s, %d, %s', (zone, utc, isNight) => {
  vi.stubEnv('TZ', zone);
  expect(isAtNight(utc)).toBe(isNight);
});
