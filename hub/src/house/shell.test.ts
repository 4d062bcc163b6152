import { describe, expect, it } from 'vitest';
import {
  availability,
  availableAt,
  emptyHouse,
  houseWith,
  lamp,
  oxygen,
  reading,
  siren,
  smoke,
  smokeReading,
  UTC_AT_START,
} from '../../test/builders.ts';
import type { Millis } from '../shared/time.ts';
import type { Fact } from './facts.ts';
import { type House, houseFrom, storedPart } from './house.ts';
import type { Effect } from './outcome.ts';
import {
  createShell,
  type HousePorts,
  type JournalEntry,
  RETRY_COMMIT_MS,
  SHARED_COMMIT_MS,
} from './shell.ts';

type Timer = { readonly due: Millis; readonly task: () => void };

/** A shell whose outside is written down: every commit, effect and report, in one line of events. */
function createWorld(initial: House, more: Partial<HousePorts> = {}, start: Millis = 0) {
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

const home = houseWith({ k: [smoke(), oxygen(), lamp()], s: [siren()] });
const SMOKE = smokeReading('k.smoke', true);
const NO_SMOKE = smokeReading('k.smoke', false);
const askLamp = (on = true): Fact => ({
  type: 'commandAsked',
  entityId: 'k.lamp',
  command: { on },
  by: 'Ana',
});
const typesOf = (entries: readonly JournalEntry[]) => entries.map(({ fact }) => fact.type);

describe('a siren', () => {
  it('sounds before the commit', () => {
    const { shell, events } = createWorld(home);
    expect(shell.dispatch(SMOKE).saved).toBe(true);
    expect(events).toEqual(['commandSiren', 'commit']);
  });

  it('sounds when nothing can be written down', () => {
    const { shell, events, disk } = createWorld(home);
    disk.isFull = true;
    expect(shell.dispatch(SMOKE)).toMatchObject({ saved: false });
    expect(events).toEqual(['commandSiren', 'report commit']);
    expect(shell.read().alarms.rows.size).toBe(1);
  });
});

describe('everything else', () => {
  it('is done after the commit', () => {
    const { shell, events } = createWorld(home);
    expect(shell.dispatch(askLamp()).saved).toBe(true);
    expect(events).toEqual(['commit', 'commandEntity']);
  });

  it('is not done when the commit fails', () => {
    const { shell, events, disk } = createWorld(home);
    disk.isFull = true;
    expect(shell.dispatch(askLamp()).saved).toBe(false);
    expect(events).toEqual(['report commit']);
  });

  it('waits for what came before it: a board is not answered while its alarm is not on disk', () => {
    const heard: Fact = {
      type: 'boardAlarmHeard',
      deviceId: 'k',
      entityId: 'k.smoke',
      boot: 'b',
      seq: 1,
      value: true,
      ageMs: 0,
    };
    const { shell, events, disk } = createWorld(home);
    disk.isFull = true;
    shell.dispatch(heard);
    shell.dispatch(heard);
    expect(events).not.toContain('answerBoard');
    disk.isFull = false;
    shell.dispatch(heard);
    expect(events.slice(-2)).toEqual(['commit', 'answerBoard']);
  });
});

describe('when the disk said no, and later yes', () => {
  const remove = (deviceId: string): Fact => ({ type: 'deviceRemoveAsked', deviceId, by: 'Ana' });

  it('a device that was removed meanwhile is forgotten then, once', () => {
    const { shell, events, disk, passTo } = createWorld(home);
    disk.isFull = true;
    expect(shell.dispatch(remove('k')).saved).toBe(false);
    shell.dispatch(remove('k'));
    expect(events).not.toContain('forgetDevice');
    disk.isFull = false;
    events.length = 0;
    passTo(RETRY_COMMIT_MS);
    expect(events).toEqual(['commit', 'forgetDevice']);
    shell.dispatch({ type: 'hubClaimed', personId: 'p', name: '' });
    expect(events).toEqual(['commit', 'forgetDevice', 'commit']);
  });

  it('a command of then is not sent any more', () => {
    const { shell, events, disk, passTo } = createWorld(home);
    disk.isFull = true;
    shell.dispatch(askLamp());
    disk.isFull = false;
    passTo(RETRY_COMMIT_MS);
    expect(events).toEqual(['report commit', 'commit']);
  });

  it('boards are answered, the newest thousand of what they said; all devices are forgotten', () => {
    const { shell, events, disk, passTo } = createWorld(home);
    disk.isFull = true;
    shell.dispatch(remove('s'));
    for (let seq = 1; seq <= 1_100; seq++) {
      const said = { deviceId: 'k', entityId: 'k.smoke', boot: 'b', value: true, ageMs: 0 };
      shell.dispatch({ type: 'boardAlarmHeard', ...said, seq });
    }
    disk.isFull = false;
    events.length = 0;
    passTo(RETRY_COMMIT_MS);
    expect(events.filter((event) => event === 'forgetDevice')).toHaveLength(1);
    expect(events.filter((event) => event === 'answerBoard')).toHaveLength(999);
  });
});

describe('what a full disk refused', () => {
  it('is carried by the next commit, in order', () => {
    const { shell, commits, disk } = createWorld(home);
    disk.isFull = true;
    shell.dispatch(SMOKE);
    shell.dispatch(NO_SMOKE);
    disk.isFull = false;
    shell.dispatch(askLamp());
    expect(commits).toHaveLength(1);
    expect(typesOf(commits[0]?.entries ?? [])).toEqual([
      'alarmRaised',
      'commandSent',
      'alarmCleared',
      'commandSent',
      'commandSent',
    ]);
    expect(commits[0]?.house).toBe(shell.read());
  });

  it('is tried again though nobody speaks, until it succeeds', () => {
    const { shell, events, disk, passTo, timers } = createWorld(home);
    disk.isFull = true;
    shell.dispatch(SMOKE);
    events.length = 0;
    passTo(RETRY_COMMIT_MS - 1);
    expect(events).toEqual([]);
    passTo(RETRY_COMMIT_MS);
    expect(events).toEqual(['report commit']);
    disk.isFull = false;
    passTo(2 * RETRY_COMMIT_MS);
    expect(events).toEqual(['report commit', 'commit']);
    expect(timers().every((due) => due > 2 * RETRY_COMMIT_MS)).toBe(true);
  });

  it('does not grow without end: the newest entries are kept', () => {
    const { shell, commits, disk } = createWorld(home);
    disk.isFull = true;
    for (let n = 0; n < 10_050; n++) shell.dispatch({ type: 'hubClaimed', personId: `${n}`, name: '' });
    disk.isFull = false;
    shell.dispatch({ type: 'hubClaimed', personId: 'last', name: '' });
    const entries = commits[0]?.entries ?? [];
    expect(entries.length).toBeLessThanOrEqual(10_001);
    expect(entries.at(-1)?.fact).toMatchObject({ personId: 'last' });
  });
});

describe('facts that nobody waits for', () => {
  const lost = { type: 'brokerLost' } as const;

  it('share one commit within 50 ms', () => {
    const { shell, commits, passTo } = createWorld(home);
    expect(shell.dispatch(lost).saved).toBe(false);
    passTo(SHARED_COMMIT_MS - 1);
    shell.dispatch({ type: 'personLoggedIn', personId: 'p' });
    expect(commits).toHaveLength(0);
    passTo(SHARED_COMMIT_MS);
    expect(commits.map(({ entries }) => typesOf(entries))).toEqual([['brokerLost', 'personLoggedIn']]);
    passTo(1_000);
    expect(commits).toHaveLength(1);
  });

  it('go along when something urgent is written', () => {
    const { shell, commits, passTo } = createWorld(home);
    shell.dispatch(lost);
    expect(shell.dispatch(SMOKE).saved).toBe(true);
    expect(typesOf(commits[0]?.entries ?? [])).toEqual(['brokerLost', 'alarmRaised', 'commandSent']);
    passTo(1_000);
    expect(commits).toHaveLength(1);
  });

  it('are written when the hub stops, and no deadline fires any more', () => {
    const { shell, events, passTo, timers } = createWorld(home);
    shell.dispatch(lost);
    shell.stop();
    expect(events).toEqual(['commit']);
    expect(timers()).toEqual([]);
    passTo(1e9);
    expect(events).toEqual(['commit']);
  });

  it('are lost when the disk is full to the end, and nobody tries after the stop', () => {
    const { shell, events, timers, disk } = createWorld(home);
    disk.isFull = true;
    shell.dispatch(lost);
    shell.stop();
    expect(events).toEqual(['report commit']);
    expect(timers()).toEqual([]);
  });
});

it.each<[string, Fact]>([
  ['in good air', reading('k.o2', 20.9)],
  ['unknown', reading('k.o2', null)],
  ['of nobody', reading('nobody', 5)],
])('a reading %s commits nothing', (_what, fact) => {
  const { shell, commits, passTo } = createWorld(home);
  expect(shell.dispatch(fact)).toMatchObject({ saved: true, facts: [fact] });
  passTo(10_000);
  expect(commits).toHaveLength(0);
});

describe('a fact that comes while another is settled', () => {
  it('waits its turn, behind those that came before it', () => {
    const order: string[] = [];
    const world = createWorld(home, {
      run(effect) {
        if (effect.do !== 'commandEntity') return;
        if (order.length > 0) return;
        order.push('effect of the first');
        expect(world.shell.dispatch({ type: 'brokerLost' })).toEqual({ facts: [], saved: false });
        world.shell.dispatch({ type: 'houseResumed' });
      },
      settled: (house) => void order.push(house.devices.brokerUp ? 'up' : 'down'),
    });
    world.shell.dispatch(askLamp());
    expect(order).toEqual(['effect of the first', 'up', 'down', 'down']);
  });

  it('is settled before the outermost dispatch answers, however many there are', () => {
    let left = 20_000;
    const world = createWorld(home, {
      settled: () => {
        for (let n = 0; n < 2 && left > 0; n++, left--) world.shell.dispatch({ type: 'clockReached' });
      },
    });
    world.shell.dispatch({ type: 'clockReached' });
    expect(left).toBe(0);
    expect(world.shell.dispatch(reading('k.o2', 20.9)).facts).toHaveLength(1);
  });
});

describe('a bug in a rule', () => {
  const bomb = {
    type: 'reading',
    entityId: 'k.o2',
    get value(): never {
      throw new Error('bug');
    },
  } as unknown as Fact;

  it('leaves the house as it was, and is told', () => {
    const { shell, events } = createWorld(home);
    const before = shell.read();
    expect(shell.dispatch(bomb)).toEqual({ facts: [], saved: false });
    expect(shell.read()).toBe(before);
    expect(events).toEqual(['report reading']);
  });

  it('does not stop the hub', () => {
    const { shell } = createWorld(home);
    shell.dispatch(bomb);
    shell.dispatch(SMOKE);
    expect(shell.read().alarms.rows.size).toBe(1);
  });
});

describe('the one deadline timer', () => {
  it('is armed once for the earliest deadline, and fires it to the millisecond', () => {
    const { shell, timers, passTo, events } = createWorld(home);
    passTo(120_000);
    shell.dispatch({ type: 'clockReached' });
    shell.dispatch(reading('k.o2', 19.4));
    shell.dispatch(reading('k.o2', 19.3));
    shell.dispatch({ type: 'brokerLost' });
    expect(timers().filter((due) => due === 130_000)).toHaveLength(1);
    passTo(129_999);
    expect(events).not.toContain('commandSiren');
    passTo(130_000);
    expect(events).toContain('commandSiren');
  });

  it('is not armed in a house in which nothing is due', () => {
    const { shell, timers } = createWorld(houseFrom(storedPart(home)));
    shell.dispatch({ type: 'brokerLost' });
    expect(timers()).toEqual([SHARED_COMMIT_MS]);
  });

  it('is taken up at a restart: what passed meanwhile is due at once', () => {
    const first = createWorld(home);
    first.shell.dispatch(reading('k.o2', 19.4));
    const stored = houseFrom(storedPart(first.shell.read()));
    const { shell, events } = createWorld(stored, {}, 10_000);
    shell.resume();
    expect(events[0]).toBe('commandSiren');
    expect(shell.read().alarms.rows.size).toBe(1);
  });

  it('is taken up at a restart: what has not passed is due when it was', () => {
    const first = createWorld(home);
    first.shell.dispatch(reading('k.o2', 19.4));
    const { shell, events, passTo } = createWorld(houseFrom(storedPart(first.shell.read())), {}, 4_000);
    shell.resume();
    passTo(9_999);
    expect(events).not.toContain('commandSiren');
    passTo(10_000);
    expect(events).toContain('commandSiren');
  });

  it('that fires early does nothing and fires again', () => {
    const { shell, events, passTo } = createWorld(home);
    shell.dispatch(reading('k.o2', 19.4));
    passTo(5_000);
    shell.dispatch({ type: 'clockReached' });
    expect(events).not.toContain('commandSiren');
    passTo(10_000);
    expect(events).toContain('commandSiren');
  });
});

it('tells after every fact that the house was settled', () => {
  let settled = 0;
  const { shell } = createWorld(emptyHouse(), { settled: () => void settled++ });
  shell.dispatch({ type: 'brokerFound' });
  shell.dispatch(availability('nobody', true, availableAt('a').topic));
  expect(settled).toBe(2);
});
