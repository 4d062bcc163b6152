import { SIREN_TONES } from './announcement.ts';
import type { Board } from './boards.ts';
import type { HouseEvent } from './house-event.ts';

/** How long the siren sounds when a command does not say, s: as long as nobody stops it. */
const ENDLESS_S = Number.POSITIVE_INFINITY;

/** What a command does to the house; null: not understood, ignored as a real board would. */
export function readCommand(board: Board, entity: string, payload: string): HouseEvent | null {
  switch (`${board.kind}/${entity}`) {
    case 'light/light':
      return switched(payload, (on) => ({ type: 'lightSwitched', room: board.room, on }));
    case 'fan/fan':
      return switched(payload, (on) => ({ type: 'fanSwitched', on }));
    case 'lock/lock':
      if (payload !== 'LOCK' && payload !== 'UNLOCK') return null;
      return { type: 'lockMoved', locked: payload === 'LOCK' };
    case 'valve/valve':
      if (payload !== 'OPEN' && payload !== 'CLOSE') return null;
      return { type: 'gasValveMoved', open: payload === 'OPEN' };
    case 'siren/siren':
      return readSirenCommand(payload);
    default:
      return null;
  }
}

function switched(payload: string, event: (on: boolean) => HouseEvent): HouseEvent | null {
  return payload === 'ON' || payload === 'OFF' ? event(payload === 'ON') : null;
}

type SirenCommand = { readonly state?: unknown; readonly tone?: unknown; readonly duration?: unknown };

/** `ON`, `OFF`, or JSON `{"state", "tone"?, "duration"? s}` (ha-mqtt-discovery.md §9.6). An unknown tone: ignored. */
function readSirenCommand(payload: string): HouseEvent | null {
  const command: SirenCommand | null =
    payload === 'ON' || payload === 'OFF' ? { state: payload } : parseObject(payload);
  if (command === null) return null;
  if (command.state === 'OFF') return { type: 'sirenSet', tone: null, forS: 0 };
  const { tone = 'steady', duration = ENDLESS_S } = command;
  const isKnown = SIREN_TONES.some((one) => one === tone);
  if (command.state !== 'ON' || !isKnown || typeof tone !== 'string') return null;
  if (typeof duration !== 'number' || !(duration > 0)) return null;
  return { type: 'sirenSet', tone, forS: duration };
}

function parseObject(text: string): SirenCommand | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null;
  } catch {
    return null;
  }
}
