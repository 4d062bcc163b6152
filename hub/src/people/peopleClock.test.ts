import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anchorAt, createPeopleClock, type PeopleAnchor } from './peopleClock.ts';

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

const HOUR = 3_600_000;
const FIRST: PeopleAnchor = { at: BEGAN, mono: 0, speed: 1 };

test('at the speed of a home nothing is written down at a start', () => {
  const start = { lastMono: 5 * HOUR, mono: 29 * HOUR, speed: 1 };
  expect(anchorAt(FIRST, start)).toBe(FIRST);
});

test.each([
  [1, 30],
  [30, 1],
  [1_000, 2],
])('whoever plays the house %i times as fast, and then %i times, moves no session', (before, after) => {
  const first = { ...FIRST, speed: before };
  // An hour at the first speed, saved; a day off; then it goes on at the other.
  const lastMono = before * HOUR;
  const start = { lastMono, mono: lastMono + 24 * HOUR, speed: after };
  const next = anchorAt(first, start);
  expect(next).toEqual({ at: BEGAN + 25 * HOUR, mono: start.mono, speed: after });
  // It dies before anything of the house is saved, is off for an hour, and starts at the first speed.
  expect(anchorAt(next, { lastMono, mono: lastMono + 25 * HOUR, speed: before }).at).toBe(BEGAN + 26 * HOUR);
});

test('however often it starts, at whatever speeds: people’s time is the real time that has passed', () => {
  const run = fc.record({
    speed: fc.integer({ min: 1, max: 1_000 }),
    ranMs: fc.integer({ min: 0, max: 100 * HOUR }),
    offMs: fc.integer({ min: 0, max: 100 * HOUR }),
    isSaved: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
      let anchor: PeopleAnchor = FIRST;
      // As the house counts: what was not saved is taken for time in which the program was away.
      let [lastMono, mono, real] = [0, 0, BEGAN];
      for (const { speed, ranMs, offMs, isSaved } of runs) {
        anchor = anchorAt(anchor, { lastMono, mono, speed });
        expect(Math.abs(anchor.at + (mono - anchor.mono) / anchor.speed - real)).toBeLessThanOrEqual(12);
        real += ranMs + offMs;
        if (isSaved) [lastMono, mono] = [mono + ranMs * speed, mono + ranMs * speed + offMs];
        else mono += ranMs + offMs;
      }
    }),
  );
});
