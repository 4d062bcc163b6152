import { getRow, rowsOf, setRow, tableOf } from '../house/table.ts';
import { freeId } from './identity.ts';
import type { RoomRow } from './rows.ts';
import { type DevicesState, UNPLACED } from './state.ts';

/** Rooms that one house has. No home has so many; announcements may name as many as they like. */
export const MAX_ROOMS = 200;

/** The room of that name; undefined: there is none. */
export function roomNamed(state: DevicesState, name: string): RoomRow | undefined {
  const wanted = name.toLowerCase();
  for (const [, room] of rowsOf(state.rooms)) if (room.name.toLowerCase() === wanted) return room;
  return undefined;
}

/**
 * The room of that name, made when there is none; no name: unplaced. When the house is full of rooms those in which nothing is
 * make way; when there is no such room, unplaced.
 */
export function placeIn(state: DevicesState, name: string): { state: DevicesState; roomId: string } {
  const wanted = name.trim().slice(0, 64);
  if (wanted === '') return { state, roomId: UNPLACED };
  const known = roomNamed(state, wanted);
  if (known !== undefined) return { state, roomId: known.id };
  const roomy = state.rooms.size < MAX_ROOMS ? state : withoutEmptyRooms(state);
  if (roomy.rooms.size >= MAX_ROOMS) return { state, roomId: UNPLACED };
  const id = freeId(
    wanted.toLowerCase(),
    (taken) => taken === UNPLACED || getRow(roomy.rooms, taken) !== undefined,
  );
  return { state: { ...roomy, rooms: setRow(roomy.rooms, id, { id, name: wanted }) }, roomId: id };
}

/** Whether a new room could be made now. */
export const hasSpaceForRoom = (state: DevicesState): boolean =>
  state.rooms.size < MAX_ROOMS || withoutEmptyRooms(state).rooms.size < MAX_ROOMS;

function withoutEmptyRooms(state: DevicesState): DevicesState {
  const used = new Set([...rowsOf(state.devices)].map(([, device]) => device.roomId));
  return { ...state, rooms: tableOf([...rowsOf(state.rooms)].filter(([id]) => used.has(id))) };
}
