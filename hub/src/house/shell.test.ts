import { describe, expect, it } from 'vitest';
import { availability, availableAt, emptyHouse, play, reading, smoke } from '../../test/builders.ts';
import { askLamp, createWorld, home, SMOKE } from '../../test/shellWorld.ts';
import { homeWith } from '../../test/soundingHome.ts';
import { SHARED_COMMIT_MS } from './committer.ts';
import type { Fact } from './facts.ts';
import { houseFrom, storedPart } from './house.ts';

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

describe('a bug under the clock', () => {
  /** Smoke sounds on a board of ours, and the air has a bug as soon as something of it is due, 2 s later. */
  function sickWorld(isBroken: () => boolean = () => true) {
    const burning = play(homeWith({ k: [smoke()] }, ['b']), [[0, SMOKE]]).house;
    const air = {
      ...burning.air,
      wakeAt: 2_000,
      get limits() {
        if (isBroken()) throw new Error('bug');
        return burning.air.limits;
      },
    };
    return createWorld({ ...burning, air });
  }

  it('keeps no siren silent: our boards are told on, and the clock is tried again once a second', () => {
    const { shell, events, passTo, timers } = sickWorld();
    shell.dispatch({ type: 'brokerFound' });
    const toldAtFirst = events.filter((each) => each === 'commandSiren').length;
    passTo(30_000);
    expect(events.filter((each) => each === 'commandSiren').length - toldAtFirst).toBeGreaterThanOrEqual(6);
    const reports = events.filter((each) => each.startsWith('report clockReached in air'));
    expect(reports.length).toBeGreaterThan(20);
    expect(reports.length).toBeLessThanOrEqual(30);
    expect(timers().some((due) => due > 30_000 && due <= 31_000)).toBe(true);
  });

  it('is tried no more often when other facts come', () => {
    const { shell, events, passTo } = sickWorld();
    shell.dispatch({ type: 'brokerFound' });
    passTo(2_000);
    for (let n = 1; n < 100; n++) {
      shell.dispatch({ type: 'brokerFound' });
      passTo(2_000 + n);
    }
    expect(events.filter((each) => each === 'report clockReached in air')).toHaveLength(1);
  });

  it('is over as soon as it does not happen again', () => {
    let isBroken = true;
    const { shell, events, passTo } = sickWorld(() => isBroken);
    shell.dispatch({ type: 'brokerFound' });
    passTo(5_000);
    isBroken = false;
    const before = events.filter((each) => each.startsWith('report')).length;
    passTo(60_000);
    expect(events.filter((each) => each.startsWith('report'))).toHaveLength(before);
    expect(before).toBeGreaterThan(0);
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
