import type { RealClock } from './house-clock.ts';

/** How often an alarm is repeated until the hub has it on disk, real ms. */
const REPEAT_MS = 2_000;

/** What identifies an alarm message; a repetition carries the same. */
export type AlarmStamp = { readonly boot: string; readonly seq: number; readonly upMs: number };

/** A board's call for help: published at once, repeated until `…/ack {boot, seq}` comes (DESIGN §7). */
export type AlarmCall = {
  /** Calls; a former call that is not answered yet is given up for this one. */
  raise(stamp: AlarmStamp): void;
  /** The hub's answer, as it came. */
  hearAnswer(payload: string): void;
  /** No more calls: the danger is over, or the board is going. */
  end(): void;
};

/** @param publish sends one alarm message, when the board can speak */
export function createAlarmCall(
  entity: string,
  clock: RealClock,
  publish: (payload: string) => void,
): AlarmCall {
  let open: AlarmStamp | null = null;
  let cancel: () => void = () => undefined;

  function end(): void {
    cancel();
    open = null;
  }

  function call(stamp: AlarmStamp): void {
    publish(JSON.stringify({ ...stamp, entity, value: 'ON' }));
    cancel = clock.after(REPEAT_MS, () => call(stamp));
  }

  return {
    end,
    raise(stamp) {
      end();
      open = stamp;
      call(stamp);
    },
    hearAnswer(payload) {
      if (open !== null && isAnswerTo(open, payload)) end();
    },
  };
}

function isAnswerTo({ boot, seq }: AlarmStamp, payload: string): boolean {
  try {
    const answer = JSON.parse(payload) as { boot?: unknown; seq?: unknown } | null;
    return answer?.boot === boot && answer.seq === seq;
  } catch {
    return false;
  }
}
