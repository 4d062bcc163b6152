import { type OpeningId, ROOMS, type RoomId } from './house-plan.ts';

export type BoardKind =
  | 'air'
  | 'smoke'
  | 'contact'
  | 'motion'
  | 'light'
  | 'fan'
  | 'lock'
  | 'camera'
  | 'siren'
  | 'valve';

/** A board that hangs on a wall of the simulated house. */
export type Board = {
  /** Safe in a topic; also its name in the identities file. */
  readonly id: string;
  readonly name: string;
  readonly room: RoomId;
  readonly kind: BoardKind;
  /** Door or window that a contact watches. */
  readonly opening: OpeningId | null;
};

function board(kind: BoardKind, room: RoomId, name: string): Board {
  return { id: `${kind}-${room}`, name, room, kind, opening: null };
}

function contact(opening: OpeningId, room: RoomId, name: string): Board {
  return { id: `contact-${opening}`, name, room, kind: 'contact', opening };
}

/** Every board of the house. */
export const BOARDS: readonly Board[] = [
  board('air', 'hall', 'Hall air'),
  board('air', 'living', 'Living room air'),
  board('air', 'kitchen', 'Kitchen air'),
  board('air', 'bedroom', 'Bedroom air'),
  board('air', 'children', "Children's room air"),
  board('air', 'bathroom', 'Bathroom air'),
  board('smoke', 'kitchen', 'Kitchen smoke alarm'),
  board('smoke', 'hall', 'Hall smoke alarm'),
  board('smoke', 'bedroom', 'Bedroom smoke alarm'),
  contact('front-door', 'hall', 'Front door'),
  contact('garden-door', 'kitchen', 'Garden door'),
  contact('living-window', 'living', 'Living room window'),
  contact('kitchen-window', 'kitchen', 'Kitchen window'),
  contact('bedroom-window', 'bedroom', 'Bedroom window'),
  board('motion', 'hall', 'Hall motion'),
  board('motion', 'living', 'Living room motion'),
  board('motion', 'kitchen', 'Kitchen motion'),
  board('light', 'hall', 'Hall light'),
  board('light', 'living', 'Living room light'),
  board('light', 'kitchen', 'Kitchen light'),
  board('light', 'bedroom', 'Bedroom light'),
  board('light', 'children', "Children's room light"),
  board('fan', 'bathroom', 'Bathroom fan'),
  board('lock', 'hall', 'Front door lock'),
  board('camera', 'hall', 'Front door camera'),
  board('siren', 'hall', 'Siren'),
  board('valve', 'kitchen', 'Gas valve'),
];

/** Charge of its battery, %; null: it hangs on the mains. A battery node tells it with all that it says. */
export function batteryPct({ id, kind }: Board): number | null {
  if (kind !== 'smoke' && kind !== 'contact') return null;
  return id.length % 3 === 0 ? 88 : 96;
}

/** Name of the room that a board suggests for itself. */
export function areaOf(board: Board): string {
  return ROOMS[board.room].name;
}
