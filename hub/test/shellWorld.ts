import type { HousePorts, JournalEntry } from '../src/house/committer.ts';
import type { Fact } from '../src/house/facts.ts';
import { type House, storedPart } from '../src/house/house.ts';
import type { Effect } from '../src/house/outcome.ts';
import { createShell } from '../src/house/shell.ts';
import type { Millis } from '../src/shared/time.ts';
import { houseWith, lamp, oxygen, siren, smoke, smokeReading, UTC_AT_START } from './builders.ts';

type Timer = { readonly due: Millis; readonly task: () => void };

/** A shell whose outside is written down: every commit, effect and report, in one line of events. */
export function createWorld(initial: House, more: Partial<HousePorts> = {}, start: Millis = 0) {
  let mono = start;
  let timers: Timer[] = [];
  const world = {
    events: [] as string[],
    commits: [] as { house: House; entries: readonly JournalEntry[] }[],
    disk: { isFull: false },
    timers: () => timers.map(({ due }) => due),
    /** Lets time pass; timers that are due fire in order. */
    passTo(to: Millis): void {
      for (;;) {
        const next = timers.filter(({ due }) => due <= to).sort((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        mono = Math.max(mono, next.due);
        next.task();
      }
      mono = to;
    },
  };
  const shell = createShell(initial, {
    now: () => ({ mono, utc: UTC_AT_START + mono }),
    after(delay, task) {
      const timer = { due: mono + Math.max(0, delay), task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    commit(_before, house, entries) {
      if (world.disk.isFull) throw new Error('the disk is full');
      world.events.push('commit');
      world.commits.push({ house, entries });
    },
    differs(before, after) {
      const [a, b] = [storedPart(before), storedPart(after)];
      return (Object.keys(a) as (keyof typeof a)[]).some((table) => a[table] !== b[table]);
    },
    run: (effect: Effect) => void world.events.push(effect.do),
    settled: () => {},
    report: (_error, what) => void world.events.push(`report ${what}`),
    ...more,
  });
  return { ...world, shell, now: () => mono };
}

/** A kitchen with smoke, oxygen and a lamp, and a siren. */
export const home = houseWith({ k: [smoke(), oxygen(), lamp()], s: [siren()] });
export const SMOKE = smokeReading('k.smoke', true);
export const NO_SMOKE = smokeReading('k.smoke', false);
export const askLamp = (on = true): Fact => ({
  type: 'commandAsked',
  entityId: 'k.lamp',
  command: { on },
  by: 'Ana',
});
export const typesOf = (entries: readonly JournalEntry[]) => entries.map(({ fact }) => fact.type);
