import { expect, test } from 'vitest';
import { createPeopleClock } from './peopleClock.ts';

const BEGAN = 1_800_000_000_000;
const YEARS = 10 * 365 * 86_400_000;

function setUp(began = BEGAN) {
  const world = { steady: 0, wall: BEGAN };
  return {
    world,
    clock: createPeopleClock(
      () => world.steady,
      () => world.wall,
      began,
    ),
  };
}

test('while nobody sets the clock all times are the same', () => {
  const { world, clock } = setUp();
  world.steady += 5_000;
  world.wall += 5_000;
  expect([clock.now(), clock.shown(BEGAN), clock.taken(BEGAN + 9)]).toEqual([
    BEGAN + 5_000,
    BEGAN,
    BEGAN + 9,
  ]);
});

test.each([YEARS, -YEARS, -BEGAN, -1_000])('a wall clock that leaps by %i ms moves nothing', (leap) => {
  const { world, clock } = setUp();
  const made = clock.now();
  world.wall += leap;
  expect(clock.now()).toBe(made);
  expect(clock.shown(made)).toBe(world.wall);
});

test('what was chosen by a clock that was wrong lasts as long as was meant', () => {
  const { world, clock } = setUp(0);
  world.wall = 60_000;
  const until = clock.taken(world.wall + 3_600_000);
  // The clock is put right, 57 years later.
  world.wall = BEGAN;
  expect(until - clock.now()).toBe(3_600_000);
  expect(clock.shown(until)).toBe(BEGAN + 3_600_000);
});

test('all its times are whole milliseconds, in a house that is played thirty times as fast too', () => {
  const clock = createPeopleClock(
    () => 100 / 30,
    () => BEGAN + 0.4,
    BEGAN,
  );
  for (const at of [clock.now(), clock.shown(5.5), clock.taken(BEGAN + 1)]) {
    expect(Number.isInteger(at)).toBe(true);
  }
});
