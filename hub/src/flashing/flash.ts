import type { Millis } from '../shared/time.ts';
import type { ToolAnswer, ToolCall } from './arduinoCli.ts';
import type { BoardIdentity } from './identity.ts';
import type { Call, Unread } from './improv.ts';
import type { BoardWifi, FlashFailure, FlashJob, FlashRequest, FlashStage } from './schema.ts';

/** A call to the board that waits for its answer. */
export type OpenCall = {
  readonly call: Call;
  readonly data: Uint8Array;
  /** How often it was made. */
  readonly tries: number;
};

/** A board on its way into the house. Times are of a clock that never jumps. */
export type Flash = {
  readonly order: FlashRequest;
  readonly stage: FlashStage;
  readonly state: FlashJob['state'];
  readonly share: number | null;
  readonly failure: FlashFailure | null;
  readonly detail: string | null;
  readonly networks: readonly string[];
  readonly deviceId: string | null;
  /** Until the board has it, and no longer. */
  readonly identity: BoardIdentity | null;
  /** The board has stored its identity: from now on it may come by itself. */
  readonly isKept: boolean;
  readonly port: 'shut' | 'opening' | 'open';
  readonly unread: Unread;
  readonly call: OpenCall | null;
  /** Bytes of the identity that the board holds. */
  readonly held: number;
  /** The step has taken too long then; null: it may last. */
  readonly giveUpAt: Millis | null;
  /** What was asked is asked again then; null: never. */
  readonly againAt: Millis | null;
};

/** What happens to it. */
export type FlashHappening =
  | { readonly is: 'toolAnswered'; readonly call: ToolCall; readonly answer: ToolAnswer }
  /** Words of the upload while it runs. */
  | { readonly is: 'uploadTold'; readonly text: string }
  | { readonly is: 'portOpened' }
  /** `code`: of the system, like ENOENT; or `not-serial`. */
  | { readonly is: 'portNotOpened'; readonly code: string }
  | { readonly is: 'portClosed' }
  | { readonly is: 'bytesCame'; readonly bytes: Uint8Array }
  | { readonly is: 'paired'; readonly deviceId: string; readonly identity: BoardIdentity }
  | { readonly is: 'notPaired'; readonly reason: string }
  /** The house has heard the board. */
  | { readonly is: 'spoke' }
  | { readonly is: 'wifiGiven'; readonly wifi: BoardWifi }
  | { readonly is: 'stopAsked' }
  /** A bug of ours. It was reported. */
  | { readonly is: 'broke' }
  | { readonly is: 'timePassed' };

/** What is to be done for it. */
export type FlashDeed =
  | { readonly do: 'callTool'; readonly call: ToolCall }
  | { readonly do: 'stopTool' }
  /** Notes beside what was built for which chip that is; null: nobody can tell. */
  | { readonly do: 'noteBuild'; readonly chip: string | null }
  | { readonly do: 'openPort' }
  | { readonly do: 'send'; readonly bytes: Uint8Array }
  | { readonly do: 'closePort' }
  | { readonly do: 'pair' }
  /** Asks the house whether it has heard the board. */
  | { readonly do: 'listen'; readonly deviceId: string }
  /** Takes an identity back that no board has. */
  | { readonly do: 'remove'; readonly deviceId: string };

export type FlashOutcome = { readonly flash: Flash; readonly deeds: readonly FlashDeed[] };

export const isUnderWay = ({ state }: Pick<Flash, 'state'>): boolean =>
  state === 'running' || state === 'wifi-asked';

/** When something is to be looked at though nothing happens; null: never. */
export function nextLook({ giveUpAt, againAt }: Flash): Millis | null {
  if (giveUpAt === null || againAt === null) return giveUpAt ?? againAt;
  return Math.min(giveUpAt, againAt);
}

/** What may be shown: no password of anything. */
export function viewFlash(flash: Flash): FlashJob {
  const { stage, state, share, failure, detail, networks, deviceId } = flash;
  const { node, port, name } = flash.order;
  return { node, port, name, stage, state, share, failure, detail, networks: [...networks], deviceId };
}

/** It goes on with the next step, which may take until then. */
export const goOn = (
  flash: Flash,
  stage: FlashStage,
  giveUpAt: Millis,
  deeds: readonly FlashDeed[],
  more: Partial<Flash> = {},
): FlashOutcome => ({
  flash: { ...flash, call: null, againAt: null, share: null, ...more, stage, giveUpAt },
  deeds,
});

/**
 * It is over. An identity that no board has is taken back; one that a board has stored stays, for that board may come yet.
 * Nothing secret is kept.
 */
export function end(
  flash: Flash,
  state: 'done' | 'failed' | 'stopped',
  failure: FlashFailure | null = null,
  detail: string | null = null,
): FlashOutcome {
  const { order, deviceId, isKept, port } = flash;
  const isOrphan = state !== 'done' && deviceId !== null && !isKept;
  return {
    flash: {
      ...flash,
      order: { ...order, wifi: { ...order.wifi, password: '' } },
      state,
      failure,
      detail,
      share: null,
      deviceId: isOrphan ? null : deviceId,
      identity: null,
      call: null,
      port: 'shut',
      giveUpAt: null,
      againAt: null,
    },
    deeds: [
      ...(port === 'shut' ? [] : [{ do: 'closePort' } as const]),
      ...(isOrphan ? [{ do: 'remove', deviceId } as const] : []),
    ],
  };
}

export const fail = (flash: Flash, failure: FlashFailure, detail: string | null = null): FlashOutcome =>
  end(flash, 'failed', failure, detail);
