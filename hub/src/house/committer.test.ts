import { describe, expect, it } from 'vitest';
import { reading } from '../../test/builders.ts';
import { askLamp, createWorld, home, NO_SMOKE, SMOKE, typesOf } from '../../test/shellWorld.ts';
import { GIVE_WAY_MS, RETRY_COMMIT_MS, SHARED_COMMIT_MS } from './committer.ts';
import type { Fact } from './facts.ts';

describe('a siren', () => {
  it('sounds before the commit', () => {
    const { shell, events, passTo } = createWorld(home);
    expect(shell.dispatch(SMOKE).saved).toBe(false);
    expect(events).toEqual(['commandSiren']);
    passTo(GIVE_WAY_MS);
    expect(events).toEqual(['commandSiren', 'commit']);
  });

  it('is followed by the commit within a millisecond, however many alarms come', () => {
    const { shell, events, timers } = createWorld(home);
    shell.dispatch(SMOKE);
    shell.dispatch(NO_SMOKE);
    shell.dispatch(SMOKE);
    expect(events).not.toContain('commit');
    expect(Math.min(...timers())).toBe(GIVE_WAY_MS);
  });

  it('lets nobody wait who is told "done"', () => {
    const { shell, events } = createWorld(home);
    shell.dispatch(SMOKE);
    expect(shell.dispatch(askLamp()).saved).toBe(true);
    expect(events).toEqual(['commandSiren', 'commit', 'commandEntity']);
  });

  it('is on disk before its message is acknowledged to the broker; other messages are acknowledged at once', () => {
    const { shell, events, passTo, disk } = createWorld(home);
    const acknowledge = () => shell.afterSiren(() => void events.push('acknowledged'));
    shell.dispatch(reading('k.o2', 20.9));
    acknowledge();
    shell.dispatch(SMOKE);
    acknowledge();
    expect(events).toEqual(['acknowledged', 'commandSiren']);
    passTo(GIVE_WAY_MS);
    expect(events).toEqual(['acknowledged', 'commandSiren', 'commit', 'acknowledged']);
    disk.isFull = true;
    shell.dispatch(NO_SMOKE);
    acknowledge();
    passTo(2 * GIVE_WAY_MS);
    expect(events.slice(4)).toEqual(['commandSiren', 'report commit', 'acknowledged']);
  });

  it('sounds when nothing can be written down', () => {
    const { shell, events, disk, passTo } = createWorld(home);
    disk.isFull = true;
    expect(shell.dispatch(SMOKE)).toMatchObject({ saved: false });
    passTo(GIVE_WAY_MS);
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
      'alarmMoved',
      'alarmRaised',
      'escalationDue',
      'soundChanged',
      'commandSent',
      'alarmMoved',
      'alarmCleared',
      'soundChanged',
      'commandSent',
      'commandSent',
    ]);
    expect(commits[0]?.house).toBe(shell.read());
  });

  it('is tried again though nobody speaks, until it succeeds', () => {
    const { shell, events, disk, passTo, timers } = createWorld(home);
    disk.isFull = true;
    shell.dispatch(SMOKE);
    passTo(GIVE_WAY_MS);
    events.length = 0;
    passTo(GIVE_WAY_MS + RETRY_COMMIT_MS - 1);
    expect(events).toEqual([]);
    passTo(GIVE_WAY_MS + RETRY_COMMIT_MS);
    expect(events).toEqual(['report commit']);
    disk.isFull = false;
    passTo(GIVE_WAY_MS + 2 * RETRY_COMMIT_MS);
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
    shell.dispatch(SMOKE);
    passTo(GIVE_WAY_MS);
    expect(typesOf(commits[0]?.entries ?? [])).toEqual([
      'brokerLost',
      'alarmMoved',
      'alarmRaised',
      'escalationDue',
      'soundChanged',
      'commandSent',
    ]);
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
