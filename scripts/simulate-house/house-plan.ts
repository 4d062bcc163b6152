/** The rooms of the simulated house; every inner door leads to the hall. */
export const ROOM_IDS = ['hall', 'living', 'kitchen', 'bedroom', 'children', 'bathroom'] as const;
export type RoomId = (typeof ROOM_IDS)[number];

export const OPENING_IDS = [
  'front-door',
  'garden-door',
  'living-window',
  'kitchen-window',
  'bedroom-window',
  'bathroom-window',
] as const;
export type OpeningId = (typeof OPENING_IDS)[number];

/** Air exchanged with the outside through gaps, changes per hour; usual for a house of the 1990s (assumption). */
export const USUAL_ACH = 0.4;

/** The same with every gap and vent taped up, as people do in winter (safety.md §2.1 uses 0.1). */
export const SEALED_ACH = 0.1;

/** Name as shown, and volume, m³. */
export const ROOMS: Readonly<Record<RoomId, { readonly name: string; readonly volumeM3: number }>> = {
  hall: { name: 'Hall', volumeM3: 18 },
  living: { name: 'Living room', volumeM3: 36 },
  kitchen: { name: 'Kitchen', volumeM3: 28 },
  bedroom: { name: 'Bedroom', volumeM3: 32 },
  children: { name: "Children's room", volumeM3: 26 },
  bathroom: { name: 'Bathroom', volumeM3: 12 },
};

/** Doors and windows to the outside: air let in while open, m³/h (assumptions: a tilted sash, an open door). */
export const OPENINGS: Readonly<Record<OpeningId, { readonly room: RoomId; readonly m3h: number }>> = {
  'front-door': { room: 'hall', m3h: 500 },
  'garden-door': { room: 'kitchen', m3h: 500 },
  'living-window': { room: 'living', m3h: 250 },
  'kitchen-window': { room: 'kitchen', m3h: 200 },
  'bedroom-window': { room: 'bedroom', m3h: 250 },
  'bathroom-window': { room: 'bathroom', m3h: 150 },
};

/** Air through an inner door, each way, m³/h: open, ajar as at night, shut with its gaps (assumptions). */
export const INNER_DOOR_M3H = { open: 120, ajar: 40, shut: 4 } as const;

/** Extraction by fans, m³/h: bathroom fan, cooker hood. */
export const BATHROOM_FAN_M3H = 70;
export const COOKER_HOOD_M3H = 120;

/** The same value for each room. */
export function inEachRoom<T>(value: (room: RoomId) => T): Record<RoomId, T> {
  return {
    hall: value('hall'),
    living: value('living'),
    kitchen: value('kitchen'),
    bedroom: value('bedroom'),
    children: value('children'),
    bathroom: value('bathroom'),
  };
}
