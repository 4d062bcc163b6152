import { describe, expect, it } from 'vitest';
import { createAlarmCall } from './alarm-call.ts';
import type { RealClock } from './house-clock.ts';

/** A clock that stands until it is moved. */
function handClock(): RealClock & { pass(ms: number): void } {
  let nowMs = 0;
  let due: { atMs: number; task: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      due.push(entry);
      return () => {
        due = due.filter((one) => one !== entry);
      };
    },
    pass(ms) {
      nowMs += ms;
      for (const { task } of due.filter(({ atMs }) => atMs <= nowMs)) task();
      due = due.filter(({ atMs }) => atMs > nowMs);
    },
  };
}

const stamp = { boot: 'b1', seq: 7, upMs: 12_000 };

function calling() {
  const clock = handClock();
  const sent: string[] = [];
  const alarm = createAlarmCall('smoke', clock, (payload) => sent.push(payload));
  alarm.raise(stamp);
  return { clock, sent, alarm };
}

describe('a call for help', () => {
  it('goes out at once and again, word for word, until it is answered', () => {
    const { clock, sent, alarm } = calling();
    clock.pass(2_000);
    clock.pass(2_000);
    const message = JSON.stringify({ ...stamp, entity: 'smoke', value: 'ON' });
    expect(sent).toEqual([message, message, message]);
    alarm.hearAnswer('{"boot":"b1","seq":7}');
    clock.pass(60_000);
    expect(sent).toHaveLength(3);
  });

  it.each(['{"boot":"b1","seq":6}', '{"boot":"b0","seq":7}', 'null', '{', ''])(
    'is not silenced by the answer %s',
    (answer) => {
      const { clock, sent, alarm } = calling();
      alarm.hearAnswer(answer);
      clock.pass(2_000);
      expect(sent).toHaveLength(2);
    },
  );

  it('ends with the danger', () => {
    const { clock, sent, alarm } = calling();
    alarm.end();
    clock.pass(60_000);
    expect(sent).toHaveLength(1);
  });

  it('gives way to a newer one', () => {
    const { clock, sent, alarm } = calling();
    alarm.raise({ ...stamp, seq: 9 });
    clock.pass(2_000);
    expect(sent.map((payload) => JSON.parse(payload).seq)).toEqual([7, 9, 9]);
  });
});
