import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GuestPass, isPassOver, isPassValid, passRefusal, passUsed, type WeeklyWindow } from './pass.ts';

const FROM = 1_800_000_000_000;
const UNTIL = FROM + 86_400_000;
const pass = (more: Partial<GuestPass> = {}): GuestPass => ({
  id: 'p',
  placeId: 'front',
  fromUtc: FROM,
  untilUtc: UNTIL,
  weekly: [],
  usesLeft: null,
  ...more,
});
const asked = (more: object = {}) => ({
  placeId: 'front',
  utc: FROM,
  wall: { weekday: 1, minute: 600 },
  ...more,
});

test.each([
  ['at its first moment', FROM, null],
  ['just before', FROM - 1, 'not-yet'],
  ['at its last moment', UNTIL - 1, null],
  ['at its end', UNTIL, 'over'],
])('a pass %s', (_, utc, refusal) => {
  expect(passRefusal(pass(), asked({ utc }))).toBe(refusal);
});

const at = (weekday: number, hour: number, minute = 0) => ({ weekday, minute: hour * 60 + minute });
const day: WeeklyWindow = { weekday: 1, fromMinute: 540, toMinute: 1_020 };
const night: WeeklyWindow = { weekday: 7, fromMinute: 1_320, toMinute: 360 };
const whole: WeeklyWindow = { weekday: 3, fromMinute: 0, toMinute: 1_440 };

test.each([
  [day, at(1, 8, 59), false],
  [day, at(1, 9), true],
  [day, at(1, 16, 59), true],
  [day, at(1, 17), false],
  [day, at(2, 12), false],
  [night, at(7, 21, 59), false],
  [night, at(7, 22), true],
  [night, at(7, 23, 59), true],
  [night, at(1, 0), true],
  [night, at(1, 5, 59), true],
  [night, at(1, 6), false],
  [night, at(7, 3), false],
  [whole, at(3, 0), true],
  [whole, at(3, 23, 59), true],
  [whole, at(4, 0), false],
])('a week with %j at %j: %s', (window, wall, opens) => {
  expect(isPassValid(pass({ weekly: [window] }), asked({ wall }))).toBe(opens);
  expect(isPassValid(pass({ weekly: [{ ...day, weekday: 5 }, window] }), asked({ wall }))).toBe(opens);
});

test('a pass opens its own place and no other, whatever else holds', () => {
  expect(passRefusal(pass(), asked({ placeId: 'back' }))).toBe('other-place');
  expect(passRefusal(pass({ placeId: '' }), asked())).toBe('other-place');
});

test('a pass for three times opens three times, and then nothing of it has to be kept', () => {
  let left = pass({ usesLeft: 3 });
  for (let n = 0; n < 3; n++) {
    expect([isPassValid(left, asked()), isPassOver(left, FROM)]).toEqual([true, false]);
    left = passUsed(left);
  }
  expect([passRefusal(left, asked()), isPassOver(left, FROM)]).toEqual(['used-up', true]);
  expect(passUsed(left).usesLeft).toBe(0);
  expect(passUsed(pass())).toEqual(pass());
});

test('what is over never opens again, at any time', () => {
  const passes = fc.record({
    id: fc.constant('p'),
    placeId: fc.constant('front'),
    fromUtc: fc.integer({ min: 0, max: 50 }),
    untilUtc: fc.integer({ min: 0, max: 50 }),
    weekly: fc.array(
      fc.record({
        weekday: fc.integer({ min: 1, max: 7 }),
        fromMinute: fc.integer({ min: 0, max: 1_439 }),
        toMinute: fc.integer({ min: 1, max: 1_440 }),
      }),
      { maxLength: 2 },
    ),
    usesLeft: fc.option(fc.integer({ min: 0, max: 2 })),
  });
  const walls = fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    minute: fc.integer({ min: 0, max: 1_439 }),
  });
  fc.assert(
    fc.property(passes, fc.nat(60), fc.nat(60), walls, (any, now, more, wall) => {
      if (!isPassOver(any, now)) return;
      expect(isPassValid(any, { placeId: 'front', utc: now + more, wall })).toBe(false);
    }),
  );
});
