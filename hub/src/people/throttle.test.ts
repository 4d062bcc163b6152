import { expect, test } from 'vitest';
import { Refusal } from '../shared/errors.ts';
import { createThrottle, type Tries } from './throttle.ts';

function setUp(kept: readonly Tries[] = [], at = 1_000_000) {
  const rows = new Map(kept.map((tries) => [tries.key, tries]));
  const world = { now: at, rows, diskSaysNo: false, reports: 0, turnedAway: [] as string[] };
  const store = {
    tries: () => [...rows.values()],
    saveTries: (changed: readonly Tries[]) => {
      if (world.diskSaysNo) throw new Error('full');
      for (const tries of changed) {
        if (tries.points > 0) rows.set(tries.key, tries);
        else rows.delete(tries.key);
      }
    },
  };
  const throttle = createThrottle(store, () => world.now, {
    report: () => {
      world.reports += 1;
    },
    turnedAway: (origin) => void world.turnedAway.push(origin),
  });
  /** Seconds to wait; 0: let in. */
  const attempt = (
    account: string,
    origin = '10.0.0.2',
    isConsole = false,
    device: string | null = null,
  ): number => {
    try {
      throttle.admit({ origin, isConsole, device }, account);
      return 0;
    } catch (error) {
      return error instanceof Refusal ? (error.more.retryAfterS ?? -1) : -1;
    }
  };
  const forgive = (account: string, origin = '10.0.0.2', device: string | null = null) =>
    throttle.forgive({ origin, isConsole: false, device }, account);
  return { world, attempt, forgive };
}
const times = (n: number, work: (n: number) => number) => Array.from({ length: n }, (_, i) => work(i));

test('an account is tried five times a minute, from wherever', () => {
  const { world, attempt } = setUp();
  expect(times(7, (n) => attempt('anna', `10.0.0.${n}`))).toEqual([0, 0, 0, 0, 0, 60, 60]);
  expect(world.turnedAway).toEqual(['10.0.0.5', '10.0.0.6']);
  world.now += 59_001;
  expect(attempt('anna')).toBe(1);
  expect(attempt('ben')).toBe(0);
  world.now += 999;
  expect(attempt('anna')).toBe(0);
});

test('a caller tries twenty times a minute, whatever the account', () => {
  const { attempt } = setUp();
  expect(times(21, (n) => attempt(`name ${n}`)).filter((wait) => wait === 0)).toHaveLength(20);
  expect(attempt('anna', '10.0.0.3')).toBe(0);
});

test('all callers together try 300 times a minute, and only so many rows are kept', () => {
  const { world, attempt } = setUp();
  const passed = times(10_000, (n) => attempt(`name ${n}`, `10.0.${n % 250}.${n % 7}`)).filter(
    (w) => w === 0,
  );
  expect(passed).toHaveLength(300);
  expect(world.rows.size).toBeLessThanOrEqual(601);
  world.now += 60_000;
  attempt('anna');
  expect(world.rows.size).toBe(3);
});

test('at the machine itself the owner logs in while the network is shut out', () => {
  const { attempt } = setUp();
  times(1_000, (n) => attempt('anna', `10.0.0.${n}`));
  expect(attempt('anna', '10.0.0.1')).toBeGreaterThan(0);
  expect(attempt('anna', '127.0.0.1', true)).toBe(0);
});

test('a right password is not held against anybody', () => {
  const { attempt, forgive } = setUp();
  const waits = times(50, () => {
    const wait = attempt('anna');
    forgive('anna');
    return wait;
  });
  expect(waits.every((wait) => wait === 0)).toBe(true);
});

test('a restart forgives nobody', () => {
  const before = setUp();
  times(5, () => before.attempt('anna'));
  const after = setUp([...before.world.rows.values()], before.world.now + 10_000);
  expect(after.attempt('anna')).toBe(50);
  expect(after.attempt('ben')).toBe(0);
});

test('a clock that is set back by ten years costs a minute, not ten years', () => {
  const before = setUp([], 2_000_000_000_000);
  times(5, () => before.attempt('anna'));
  const { world, attempt } = setUp([...before.world.rows.values()], 1_700_000_000_000);
  expect(attempt('anna')).toBe(60);
  world.now += 30_000;
  expect(attempt('anna')).toBe(30);
  world.now += 30_000;
  expect(attempt('anna')).toBe(0);
});

test('a disk that says no is reported, and tries are counted all the same', () => {
  const { world, attempt } = setUp();
  world.diskSaysNo = true;
  expect(times(6, () => attempt('anna'))).toEqual([0, 0, 0, 0, 0, 60]);
  expect(world.reports).toBe(5);
});

test('a device that is known counts for itself: neither does it use up the tries of others nor they its own', () => {
  const { attempt, forgive } = setUp();
  const onPhone = () => attempt('anna', '10.0.0.2', false, 'phone');
  expect(times(7, () => attempt('anna')).filter((wait) => wait === 0)).toHaveLength(5);
  expect(times(7, onPhone)).toEqual([0, 0, 0, 0, 0, 60, 60]);
  expect(attempt('anna', '10.0.0.2', false, 'tablet')).toBe(0);
  expect(attempt('ben')).toBe(0);
  forgive('anna', '10.0.0.2', 'phone');
  expect([onPhone(), attempt('anna')]).toEqual([0, 60]);
});

test('F-17 STRIDE D: login brute force: 10,000 tries from 50 origins, over a restart: the limits hold, and the owner gets in on the phone and at the hub', () => {
  let house = setUp();
  const admitted = { all: 0, anna: 0 };
  const attack = (n: number): void => {
    // Half of them at the owner, the others at whatever name.
    const account = n % 2 === 0 ? 'anna' : `name ${n % 97}`;
    const passes = house.attempt(account, `10.0.0.${n % 50}`) === 0;
    if (passes) admitted.all += 1;
    if (passes && account === 'anna') admitted.anna += 1;
    house.world.now += 60;
  };
  const ownerLogsIn = (): void => {
    expect(house.attempt('anna', '10.0.0.9', false, 'phone')).toBe(0);
    house.forgive('anna', '10.0.0.9', 'phone');
    expect(house.attempt('anna', '127.0.0.1', true)).toBe(0);
  };
  // Ten minutes, some 17 tries a second; the hub starts anew in the middle.
  for (let part = 0; part < 20; part++) {
    for (let n = 0; n < 500; n++) attack(part * 500 + n);
    ownerLogsIn();
    if (part === 9) house = setUp([...house.world.rows.values()], house.world.now);
  }
  // Windows of a minute begin with the first try: eleven of them touch ten minutes.
  expect(admitted.anna).toBeGreaterThanOrEqual(5 * 10);
  expect(admitted.anna).toBeLessThanOrEqual(5 * 11);
  expect(admitted.all).toBeGreaterThan(admitted.anna);
  expect(admitted.all).toBeLessThanOrEqual(300 * 11);
  expect(house.world.rows.size).toBeLessThan(700);
});
