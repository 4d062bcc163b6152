import { type House, NO_TROUBLE, type Trouble } from './house.ts';
import type { OpeningId, RoomId } from './house-plan.ts';

/** What a scenario, or a command to a board, does to the house. */
export type HouseEvent =
  | { readonly type: 'peopleSent'; readonly to: 'away' | 'asleep' | null }
  | { readonly type: 'troubleBegan'; readonly room: RoomId; readonly trouble: Partial<Trouble> }
  | { readonly type: 'troubleEnded'; readonly room: RoomId }
  | { readonly type: 'openingMoved'; readonly opening: OpeningId; readonly open: boolean }
  | { readonly type: 'intruderMoved'; readonly room: RoomId | null }
  | { readonly type: 'lightSwitched'; readonly room: RoomId; readonly on: boolean }
  | { readonly type: 'fanSwitched'; readonly on: boolean }
  | { readonly type: 'gasValveMoved'; readonly open: boolean }
  /** `tone` null: silence. `forS`: seconds until it falls silent by itself. */
  | { readonly type: 'sirenSet'; readonly tone: string | null; readonly forS: number }
  | { readonly type: 'lockMoved'; readonly locked: boolean };

/** How long a motor bolt takes, s. */
export const BOLT_S = 2;

/** How long a motion sensor shows motion after the last movement, s; usual for PIR boards. */
export const MOTION_HOLD_S = 20;

export function applyEvent(house: House, event: HouseEvent): House {
  switch (event.type) {
    case 'peopleSent':
      return { ...house, sent: event.to };
    case 'troubleBegan':
      return withTrouble(house, event.room, { ...house.trouble[event.room], ...event.trouble });
    case 'troubleEnded':
      return withTrouble(house, event.room, NO_TROUBLE);
    case 'openingMoved':
      return withOpening(house, event.opening, event.open ? Number.POSITIVE_INFINITY : 0);
    case 'intruderMoved':
      return event.room === null
        ? { ...house, intruder: null }
        : withMotion({ ...house, intruder: event.room }, event.room);
    case 'lightSwitched':
      return withLight(house, event.room, event.on);
    case 'fanSwitched':
      return { ...house, bathroomFan: event.on };
    case 'gasValveMoved':
      return { ...house, gasValveOpen: event.open };
    case 'sirenSet':
      return { ...house, siren: { tone: event.tone, untilS: house.timeS + event.forS } };
    case 'lockMoved':
      return withLock(house, event.locked, Number.POSITIVE_INFINITY);
  }
}

function withTrouble(house: House, room: RoomId, trouble: Trouble): House {
  return { ...house, trouble: { ...house.trouble, [room]: trouble } };
}

export function withOpening(house: House, opening: OpeningId, untilS: number): House {
  return { ...house, openUntilS: { ...house.openUntilS, [opening]: untilS } };
}

export function withMotion(house: House, room: RoomId): House {
  const until = house.timeS + MOTION_HOLD_S;
  return { ...house, motionUntilS: { ...house.motionUntilS, [room]: until } };
}

export function withLight(house: House, room: RoomId, on: boolean): House {
  return house.lights[room] === on ? house : { ...house, lights: { ...house.lights, [room]: on } };
}

export function withLock(house: House, locked: boolean, relockAtS: number): House {
  const movesUntilS = house.lock.locked === locked ? house.lock.movesUntilS : house.timeS + BOLT_S;
  return { ...house, lock: { locked, movesUntilS, relockAtS } };
}
