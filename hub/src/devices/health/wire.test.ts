import { describe, expect, it } from 'vitest';
import { ofType } from '../../../test/builders.ts';
import { createWiredHub } from '../../../test/wiredHub.ts';
import { MALFORMED_MESSAGES } from './limits.ts';

const CONFIG = {
  dev: { ids: ['board'], name: 'Board' },
  o: { name: 'homeward' },
  cmps: {
    co: {
      p: 'sensor',
      dev_cla: 'carbon_monoxide',
      unit_of_meas: 'ppm',
      stat_t: 'homeward/board/state',
      val_tpl: '{{ value_json.co }}',
      uniq_id: 'a1',
    },
    o2: {
      p: 'sensor',
      hw_quantity: 'oxygen',
      unit_of_meas: '%',
      stat_t: 'homeward/board/state',
      val_tpl: '{{ value_json.o2 }}',
      uniq_id: 'a2',
    },
  },
};

/** A paired board that was announced, and says what it is told to, with a number to each message. */
function pairedBoard() {
  const hub = createWiredHub();
  let seq = 0;
  hub.start();
  hub.dispatch({ type: 'brokerFound' });
  hub.dispatch({ type: 'devicePaired', deviceId: 'board', name: 'Board', kind: 'board' });
  hub.hear('homeassistant/device/board/config', CONFIG);
  const say = (mono: number, values: object, more: object = {}) => {
    hub.passTo(mono);
    seq += 1;
    hub.hear('homeward/board/state', { boot: 'b1', seq, upMs: 1_000_000 + mono, ...values, ...more });
  };
  const told = (
    type:
      | 'troubleBegan'
      | 'impossibleHeard'
      | 'malformedHeard'
      | 'alarmRaised'
      | 'alarmLevelChanged'
      | 'boardLossHeard'
      | 'boardClockHeard',
  ) => ofType(hub.facts, type);
  const lose = (count: number): void => {
    seq += count;
  };
  return { hub, say, told, lose };
}

describe('what a board says that cannot be', () => {
  it('AIR-2 warns at once when it is dangerous, alarms when a second says the same, and is a fault at the third', () => {
    const { say, told } = pairedBoard();
    say(1_000, { co: 50_000, o2: 20.9 });
    const levels = () => told('alarmRaised').filter((each) => 'kind' in each && each.kind === 'co');
    expect(levels()).toMatchObject([{ level: 'warning', entityId: 'board.co' }]);
    say(2_000, { co: 50_000, o2: 20.9 });
    expect(told('alarmLevelChanged')).toMatchObject([{ kind: 'co', level: 'alarm', entityId: 'board.co' }]);
    say(3_000, { co: 50_000, o2: 20.9 });
    expect(told('impossibleHeard')).toHaveLength(3);
    expect(told('troubleBegan')).toMatchObject([{ entityId: 'board.co', cause: 'range', level: 'warning' }]);
  });

  it('is nothing to be alarmed of on the other side', () => {
    const { say, told } = pairedBoard();
    for (const mono of [1_000, 2_000, 3_000]) say(mono, { co: -50, o2: 20.9 });
    expect(told('alarmRaised').map((each) => ('kind' in each ? each.kind : ''))).toEqual(['trouble']);
  });

  it('CO-1 is not a zero that drifted: it is clean air, and ends an alarm', () => {
    const { hub, say, told } = pairedBoard();
    say(10_000, { co: 320, o2: 20.9 });
    for (let mono = 20_000; mono <= 340_000; mono += 10_000) say(mono, { co: -0.4, o2: 20.9 });
    expect([told('impossibleHeard'), told('troubleBegan'), hub.valueOf('board.co')]).toEqual([[], [], 0]);
    expect(ofType(hub.facts, 'limitCrossed')).toHaveLength(1);
    expect(ofType(hub.facts, 'limitCleared')).toMatchObject([{ entityId: 'board.co', kind: 'co' }]);
  });

  it('is no value: what it said before stands, and nothing is told of how old that is', () => {
    const { hub, say } = pairedBoard();
    say(1_000, { co: 3, o2: 20.9 });
    say(2_000, { co: 50_000, o2: 20.9 });
    expect(hub.valueOf('board.co')).toBe(3);
  });

  it('counts as unreadable when it is no number at all, and is nobody’s fault when it is only replayed', () => {
    const { hub, say, told } = pairedBoard();
    for (let n = 0; n < MALFORMED_MESSAGES; n++) say(1_000 + n, { co: 'high', o2: 20.9 });
    expect(told('troubleBegan')).toMatchObject([{ entityId: 'board.co', cause: 'malformed' }]);
    hub.facts.length = 0;
    hub.hear('homeward/board/state', { co: 'high', o2: 50 }, true);
    expect([...told('malformedHeard'), ...told('impossibleHeard')]).toEqual([]);
  });
});

describe('messages of a board that never came', () => {
  it('are told when more than a tenth is lost, once, and when it is well again', () => {
    const { say, told, lose } = pairedBoard();
    let mono = 0;
    const speak = (count: number, lost: number) => {
      for (let n = 0; n < count; n++) {
        mono += 10_000;
        say(mono, { co: 1, o2: 20.9 });
        lose(lost);
      }
    };
    speak(40, 0);
    expect(told('boardLossHeard')).toEqual([]);
    speak(20, 1);
    expect(told('boardLossHeard').length).toBeGreaterThan(0);
    expect(told('boardLossHeard')[0]).toMatchObject({ deviceId: 'board' });
    speak(500, 0);
    expect(told('boardLossHeard').at(-1)).toMatchObject({ deviceId: 'board' });
    expect(told('troubleBegan').map((each) => ('cause' in each ? each.cause : ''))).toContain('signal');
  });

  it('are none when they came as alarm messages', () => {
    const { hub, say, told, lose } = pairedBoard();
    for (let n = 1; n <= 60; n++) {
      say(n * 10_000, { co: 1, o2: 20.9 });
      lose(1);
      const stamp = { boot: 'b1', seq: 2 * n, upMs: 1_000_001 + n * 10_000 };
      hub.hear('homeward/board/alarm', { ...stamp, entity: 'co', value: 1 });
    }
    expect(told('boardLossHeard')).toEqual([]);
  });

  it('are none when they only came late, and twice', () => {
    const { hub, say, told, lose } = pairedBoard();
    for (let n = 1; n <= 60; n++) {
      lose(1);
      say(n * 10_000, { co: 1, o2: 20.9 });
      const late = { boot: 'b1', seq: 2 * n - 1, upMs: 1_000_000 + n * 10_000 };
      for (let twice = 0; twice < 2; twice++)
        hub.hear('homeward/board/alarm', { ...late, entity: 'co', value: 1 });
    }
    expect(told('boardLossHeard')).toEqual([]);
  });

  it('in a long pause are none: that is silence', () => {
    const { say, told, lose } = pairedBoard();
    for (let n = 1; n <= 40; n++) say(n * 10_000, { co: 1, o2: 20.9 });
    lose(1_000);
    say(40 * 10_000 + 180_001, { co: 1, o2: 20.9 });
    expect(told('boardLossHeard')).toEqual([]);
  });
});

describe('the time that a board has', () => {
  const UTC = Date.UTC(2026, 10, 1);

  it('is told when it moved, and every ten minutes; not with each message', () => {
    const { say, told } = pairedBoard();
    for (let n = 1; n <= 60; n++) say(n * 10_000, { co: 1, o2: 20.9 }, { ts: UTC + n * 10_000 });
    expect(told('boardClockHeard')).toHaveLength(1);
    say(610_000, { co: 1, o2: 20.9 }, { ts: UTC + 610_000 });
    expect(told('boardClockHeard')).toHaveLength(2);
    say(620_000, { co: 1, o2: 20.9 }, { ts: UTC + 620_000 + 1_001 });
    expect(told('boardClockHeard')).toHaveLength(3);
  });

  it.each(['soon', -1, 1e300, null])('that makes no sense (%j) is none, and the message counts', (ts) => {
    const { hub, say, told } = pairedBoard();
    say(1_000, { co: 3, o2: 20.9 }, { ts });
    expect(told('boardClockHeard')).toEqual([]);
    expect(hub.valueOf('board.co')).toBe(3);
  });
});
