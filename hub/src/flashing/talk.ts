import type { Millis } from '../shared/time.ts';
import { type Flash, type FlashOutcome, fail, goOn } from './flash.ts';
import { beginData, identityBytes, pieceData } from './identity.ts';
import { type Call, callPacket, type ImprovError, type Packet, readPackets, wifiData } from './improv.ts';
import {
  ASK_MS,
  CALL_AGAIN_MS,
  FIRST_WORD_MS,
  GREET_MS,
  JOIN_MS,
  LISTEN_AGAIN_MS,
  MOST_CALLS,
  MOST_NETWORKS,
  PAIR_MS,
  SCAN_MS,
} from './limits.ts';

const NO_DATA: Uint8Array = new Uint8Array();
/** A call that lasts, and is not made twice: the board would begin anew. */
const LASTING: readonly Call[] = ['wifi', 'scan'];

const idle = (flash: Flash): FlashOutcome => ({ flash, deeds: [] });

/** Calls the board and waits for its answer. */
function call(
  flash: Flash,
  now: Millis,
  name: Call,
  data = NO_DATA,
  more: Partial<Flash> = {},
): FlashOutcome {
  const againAt = LASTING.includes(name) ? null : now + CALL_AGAIN_MS;
  return {
    flash: { ...flash, ...more, call: { call: name, data, tries: 1 }, againAt },
    deeds: [{ do: 'send', bytes: callPacket(name, data) }],
  };
}

/** The port is open: a board that still starts is asked until it answers. */
export const greet = (flash: Flash, now: Millis): FlashOutcome =>
  call(flash, now, 'state', NO_DATA, {
    port: 'open',
    detail: null,
    unread: NO_DATA,
    giveUpAt: now + GREET_MS,
  });

/** The identity is there: it is handed over before the Wi-Fi, so that a board in the Wi-Fi knows where to go. */
export function handOver(flash: Flash, now: Millis): FlashOutcome {
  if (flash.identity === null) return fail(flash, 'bug');
  return call(flash, now, 'begin', beginData(identityBytes(flash.identity)), {
    stage: 'hand-over',
    giveUpAt: null,
    held: 0,
  });
}

/** Hands over the Wi-Fi. */
export function join(flash: Flash, now: Millis): FlashOutcome {
  const { ssid, password } = flash.order.wifi;
  const more = { stage: 'join', state: 'running', networks: [], giveUpAt: now + JOIN_MS } as const;
  return call(flash, now, 'wifi', wifiData(ssid, password), more);
}

/** Nobody answered the last call: it is made again, but not for ever. */
export function callAgain(flash: Flash, now: Millis): FlashOutcome {
  const { call: open, stage } = flash;
  if (open === null) return idle(flash);
  if (stage !== 'greet' && open.tries >= MOST_CALLS) return fail(flash, 'board-silent');
  const tried = { ...open, tries: open.tries + 1 };
  return {
    flash: { ...flash, call: tried, againAt: now + CALL_AGAIN_MS },
    deeds: [{ do: 'send', bytes: callPacket(open.call, open.data) }],
  };
}

/** Bytes came from the board. What is no answer to the open call changes nothing. */
export function hear(flash: Flash, bytes: Uint8Array, now: Millis): FlashOutcome {
  const { packets, unread } = readPackets(flash.unread, bytes);
  let outcome: FlashOutcome = idle({ ...flash, unread });
  for (const packet of packets) {
    const next = answer(outcome.flash, packet, now);
    outcome = { flash: next.flash, deeds: [...outcome.deeds, ...next.deeds] };
  }
  return outcome;
}

function answer(flash: Flash, packet: Packet, now: Millis): FlashOutcome {
  const open = flash.call;
  if (open === null || flash.port !== 'open') return idle(flash);
  if (packet.is === 'error') return packet.error === null ? idle(flash) : refuse(flash, packet.error, now);
  if (packet.is === 'state') {
    // A board that waits for its button goes on to be asked.
    return open.call === 'state' && packet.state !== 'locked' ? call(flash, now, 'info') : idle(flash);
  }
  return packet.of === open.call ? result(flash, open.call, packet.texts, now) : idle(flash);
}

function result(flash: Flash, of: Call, texts: readonly string[], now: Millis): FlashOutcome {
  switch (of) {
    case 'info':
      return recognise(flash, texts[0] ?? '', now);
    case 'begin':
    case 'piece':
      return nextPiece(flash, of, texts, now);
    case 'keep':
      return kept(flash, texts[0], now);
    case 'wifi':
      return joined(flash, now);
    case 'scan':
      return seen(flash, texts[0], now);
    case 'state':
      return idle(flash);
  }
}

/** Only a board that runs what was uploaded is given an identity. */
function recognise(flash: Flash, firmware: string, now: Millis): FlashOutcome {
  if (firmware !== `Homeward ${flash.order.node}`) return fail(flash, 'board-foreign', firmware.slice(0, 64));
  return goOn(flash, 'pair', now + PAIR_MS, [{ do: 'pair' }]);
}

function nextPiece(flash: Flash, of: Call, texts: readonly string[], now: Millis): FlashOutcome {
  const { identity, held, call: open } = flash;
  if (identity === null || open === null) return idle(flash);
  // Two bytes of a piece say where it belongs.
  const holds = of === 'begin' ? 0 : held + open.data.length - 2;
  if (of === 'piece' && texts[0] !== String(holds)) return idle(flash);
  const data = pieceData(identityBytes(identity), holds);
  return data === null
    ? call(flash, now, 'keep', NO_DATA, { held: holds })
    : call(flash, now, 'piece', data, { held: holds });
}

function kept(flash: Flash, username: string | undefined, now: Millis): FlashOutcome {
  if (username !== flash.identity?.username)
    return fail(flash, 'board-refused', username?.slice(0, 64) ?? null);
  return join({ ...flash, isKept: true, identity: null }, now);
}

function joined(flash: Flash, now: Millis): FlashOutcome {
  const deviceId = flash.deviceId ?? '';
  const deeds = [{ do: 'closePort' }, { do: 'listen', deviceId }] as const;
  const { order } = flash;
  return goOn(flash, 'first-word', now + FIRST_WORD_MS, deeds, {
    port: 'shut',
    againAt: now + LISTEN_AGAIN_MS,
    order: { ...order, wifi: { ...order.wifi, password: '' } },
  });
}

function seen(flash: Flash, network: string | undefined, now: Millis): FlashOutcome {
  if (network === undefined) return askForWifi(flash, now);
  const { networks } = flash;
  if (network === '' || networks.includes(network) || networks.length >= MOST_NETWORKS) return idle(flash);
  return idle({ ...flash, networks: [...networks, network] });
}

/** The board could not join: a person looks at what it saw, and says another name or password. */
export const askForWifi = (flash: Flash, now: Millis): FlashOutcome =>
  idle({
    ...flash,
    order: { ...flash.order, wifi: { ...flash.order.wifi, password: '' } },
    state: 'wifi-asked',
    call: null,
    againAt: null,
    giveUpAt: now + ASK_MS,
  });

function refuse(flash: Flash, error: ImprovError, now: Millis): FlashOutcome {
  const open = flash.call?.call;
  if (open === 'scan') return askForWifi(flash, now);
  switch (error) {
    case 'malformed':
      // Noise on the wire: it waits for its turn to be made again.
      return idle(flash);
    case 'no-wifi':
      if (open !== 'wifi') return idle(flash);
      return call(flash, now, 'scan', NO_DATA, { giveUpAt: now + SCAN_MS });
    case 'unknown-call':
      return fail(flash, 'board-foreign');
    case 'identity':
    case 'other':
      return fail(flash, 'board-refused');
  }
}
