import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClockAnchor, type ClockSources, createClock } from './clock.ts';

const YEAR = 365 * 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 1);

/** A machine whose clocks are numbers. */
function createMachine(bootId = 'boot-1') {
  const machine = { steadyMs: 500, wallMs: NOW, uptime: 1_000_000, bootId };
  const sources: ClockSources = {
    steady: () => machine.steadyMs,
    wall: () => machine.wallMs,
    uptimeMs: () => machine.uptime,
    bootId: () => machine.bootId,
  };
  return {
    machine,
    start: (last: ClockAnchor | null = null, speed = 1) => createClock(last, speed, sources),
    pass(ms: number): void {
      machine.steadyMs += ms;
      machine.wallMs += ms;
      machine.uptime += ms;
    },
    /** The program ends and another one starts: its steady time begins anew. */
    restart(awayMs: number): void {
      machine.wallMs += awayMs;
      machine.uptime += awayMs;
      machine.steadyMs = 3;
    },
    /** Power is cut: a new boot, and uptime begins anew. */
    powerCut(awayMs: number): void {
      machine.wallMs += awayMs;
      machine.uptime = 20_000;
      machine.steadyMs = 3;
      machine.bootId = `${machine.bootId}+`;
    },
  };
}

it('begins at zero at the first start, and goes on by the steady clock', () => {
  const { start, pass } = createMachine();
  const clock = start();
  expect(clock.now()).toEqual({ mono: 0, utc: NOW });
  pass(1_234);
  expect(clock.now()).toEqual({ mono: 1_234, utc: NOW + 1_234 });
});

describe('a wall clock that jumps (F-05)', () => {
  it.each<[what: string, by: number]>([
    ['ten years ahead', 10 * YEAR],
    ['ten years back', -10 * YEAR],
    ['a second back', -1_000],
    ['to 1970', -NOW],
  ])('%s moves no house time, only what people read', (_what, by) => {
    const { machine, start, pass } = createMachine();
    const clock = start();
    pass(10_000);
    machine.wallMs += by;
    expect(clock.now()).toEqual({ mono: 10_000, utc: NOW + 10_000 + by });
    pass(5);
    expect(clock.now().mono).toBe(10_005);
  });
});

describe('a restart of the program', () => {
  it.each([0, 10 * YEAR, -10 * YEAR, -1_000, -NOW])(
    'goes on by the uptime, though the wall clock jumped by %d',
    (jump) => {
      const { machine, start, pass, restart } = createMachine();
      const clock = start();
      pass(60_000);
      const anchor = clock.anchor();
      restart(7_000);
      machine.wallMs += jump;
      expect(start(anchor).now().mono).toBe(67_000);
    },
  );

  it('goes on from the last stand that was saved: what passed after it is counted too', () => {
    const { start, pass, restart } = createMachine();
    const clock = start();
    const anchor = clock.anchor();
    pass(60_000);
    const last = clock.now().mono;
    restart(1_000);
    expect(start(anchor).now().mono).toBe(last + 1_000);
  });
});

describe('a power cut', () => {
  it.each<[what: string, away: number, passed: number]>([
    ['an hour long', 3_600_000, 3_600_000],
    ['after which the clock is a second behind', -1_000, 0],
    ['after which it is 1970', -NOW, 0],
  ])('%s counts as %d of %d ms', (_what, away, passed) => {
    const { start, pass, powerCut } = createMachine();
    const clock = start();
    pass(60_000);
    const anchor = clock.anchor();
    powerCut(away);
    const after = start(anchor);
    expect(after.now().mono).toBe(60_000 + passed);
    pass(10);
    expect(after.now().mono).toBe(60_010 + passed);
  });

  it('on a machine that has no name for its runs is told by the wall clock', () => {
    const { start, pass, restart } = createMachine('');
    const anchor = start().anchor();
    pass(0);
    restart(5_000);
    expect(start(anchor).now().mono).toBe(5_000);
  });
});

it('house time never runs backwards, whatever happens to machine and wall clock', () => {
  const happening = fc.oneof(
    fc.record({
      do: fc.constantFrom('pass' as const, 'restart' as const, 'powerCut' as const, 'save' as const),
      ms: fc.nat(1e9),
    }),
    fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -20 * YEAR, max: 20 * YEAR }) }),
  );
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 40, size: 'max' }),
      fc.constantFrom(1, 1, 7.5, 1_000),
      (happenings, speed) => {
        const world = createMachine();
        let clock = world.start(null, speed);
        let anchor = clock.anchor();
        let saved = 0;
        let last = 0;
        for (const { do: what, ms } of happenings) {
          if (what === 'save') anchor = clock.anchor();
          else if (what === 'jump') world.machine.wallMs += ms;
          else world[what](ms);
          if (what === 'restart' || what === 'powerCut') {
            clock = world.start(anchor, speed);
            // What was not saved may be gone; what was saved never is.
            last = saved;
          }
          const { mono } = clock.now();
          expect(mono).toBeGreaterThanOrEqual(last);
          expect(Number.isInteger(mono)).toBe(true);
          last = mono;
          saved = anchor.mono;
        }
      },
    ),
  );
});

it('writes down whole numbers: the database takes nothing else', () => {
  const { machine, start } = createMachine();
  const clock = start();
  machine.steadyMs += 0.7;
  machine.wallMs += 0.7;
  const { mono, utc, uptimeMs } = clock.anchor();
  for (const each of [mono, utc, uptimeMs]) expect(Number.isInteger(each)).toBe(true);
  const system = createClock(null).anchor();
  for (const each of [system.mono, system.utc, system.uptimeMs]) expect(Number.isInteger(each)).toBe(true);
});

describe('a faster house', () => {
  it('passes its seconds and its calendar as many times faster', () => {
    const { start, pass } = createMachine();
    const clock = start(null, 60);
    pass(1_000);
    expect(clock.now()).toEqual({ mono: 60_000, utc: NOW + 60_000 });
  });

  it('goes on from its own calendar, which is ahead of the real one', () => {
    const { start, pass, restart } = createMachine();
    const clock = start(null, 60);
    pass(100_000);
    const anchor = clock.anchor();
    restart(1_000);
    expect(start(anchor, 60).now().utc).toBe(anchor.utc);
  });
});

describe('a task', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const clockBy = (speed = 1) =>
    createClock(null, speed, {
      steady: () => performance.now(),
      wall: () => Date.now(),
      uptimeMs: () => 0,
      bootId: () => 'b',
    });
  /** Real milliseconds until the task ran; null: not within `atMost`. */
  function runsAfter(delay: number, atMost: number, speed = 1): number | null {
    const from = performance.now();
    let ranAt: number | null = null;
    clockBy(speed).after(delay, () => {
      ranAt = performance.now() - from;
    });
    vi.advanceTimersByTime(atMost);
    return ranAt;
  }

  it.each([
    [0, 1, 0],
    [-5, 1, 0],
    [1_000, 1, 1_000],
    [60_000, 60, 1_000],
    [3_000_000_000, 1, 3_000_000_000],
  ])('that is due in %d ms at speed %d runs after %d real ms', (delay, speed, real) => {
    if (real > 0) expect(runsAfter(delay, real - 1, speed)).toBeNull();
    expect(runsAfter(delay, real + 1, speed)).toBeGreaterThanOrEqual(real);
  });

  it('that was called off never runs', () => {
    let ran = 0;
    const cancel = clockBy().after(1_000, () => void ran++);
    cancel();
    vi.advanceTimersByTime(10_000);
    expect(ran).toBe(0);
  });

  it('that is due in forty days can be called off after thirty', () => {
    let ran = 0;
    const day = 86_400_000;
    const cancel = clockBy().after(40 * day, () => void ran++);
    vi.advanceTimersByTime(30 * day);
    cancel();
    vi.advanceTimersByTime(30 * day);
    expect(ran).toBe(0);
  });

  it('runs once, and not before its time when timers fire early', () => {
    let ran = 0;
    clockBy().after(5_000_000_000, () => void ran++);
    vi.advanceTimersByTime(4_999_999_999);
    expect(ran).toBe(0);
    vi.advanceTimersByTime(10_000_000_000);
    expect(ran).toBe(1);
  });
});
