import { expect, test } from 'vitest';
import { at, play, reading, SMALL_HOME } from '../../test/builders.ts';
import { createBroadcast, PATCH_EVERY_MS } from './broadcast.ts';
import type { House } from './house.ts';
import { createProjection } from './projection.ts';
import type { HousePatch } from './schema.ts';

/** A broadcast with a clock of its own; planned sendings are run by hand. */
function setUp() {
  let house: House = SMALL_HOME;
  let now = 0;
  let isWatched = true;
  const sent: HousePatch[] = [];
  const planned: { at: number; task: () => void }[] = [];
  const broadcast = createBroadcast({
    projection: createProjection({ read: () => house, now: () => at(now), dropped: () => 0 }),
    publish: (patch) => sent.push(patch),
    isWatched: () => isWatched,
    steady: () => now,
    after: (delay, task) => planned.push({ at: now + delay, task }),
  });
  broadcast.snapshot();
  sent.length = 0;
  return {
    broadcast,
    sent,
    planned,
    change(value: number) {
      house = play(house, [[now, reading('kitchen.o2', value)]]).house;
      broadcast.noticed();
    },
    passTo(time: number) {
      now = time;
      for (const due of planned.filter((each) => each.at <= now)) {
        planned.splice(planned.indexOf(due), 1);
        due.task();
      }
    },
    watch: (on: boolean) => {
      isWatched = on;
    },
  };
}

test('what changes within a quarter of a second goes out together, at most four times a second', () => {
  const { change, passTo, sent } = setUp();
  for (let time = 1; time <= 1_000; time++) {
    passTo(time);
    change(20 + (time % 10) / 10);
  }
  passTo(2_000);
  expect(sent.length).toBeGreaterThan(2);
  expect(sent.length).toBeLessThanOrEqual(1_000 / PATCH_EVERY_MS + 2);
  expect(sent.map(({ seq }) => seq)).toEqual(sent.map((_, n) => (sent[0]?.seq ?? 0) + n));
});

test('without a screen nothing is drawn, and the next look has everything', () => {
  const { broadcast, change, passTo, planned, sent, watch } = setUp();
  watch(false);
  passTo(1_000);
  change(20.5);
  expect([planned.length, sent.length]).toEqual([0, 0]);
  const kitchen = broadcast.snapshot().devices.kitchen;
  expect(kitchen?.entities['kitchen.o2']?.value).toBe(20.5);
});

test('a snapshot between two patches leaves no gap in the numbers', () => {
  const { broadcast, change, passTo, sent } = setUp();
  passTo(1_000);
  change(20.1);
  const { seq } = broadcast.snapshot();
  expect(sent.at(-1)?.seq).toBe(seq);
  change(20.2);
  passTo(2_000);
  expect(sent.at(-1)?.seq).toBe(seq + 1);
});
