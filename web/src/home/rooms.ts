import type { EntityView, HouseSnapshot, Quantity, RoomView } from '@homeward/hub/api';
import { entityState } from '../devices/freshness.ts';
import { LIFE_QUANTITIES } from '../hub/contract.ts';
import type { Cell } from '../ui/houseCells.ts';
import type { RoomState, StateName } from '../ui/states.ts';

export type TileView = { readonly entity: EntityView; readonly state: StateName };
export type RoomCardView = {
  readonly room: RoomView;
  readonly tiles: readonly TileView[];
  /** A sensor that life depends on stands there: without one nobody can call the room good. */
  readonly watched: boolean;
};

/** The room of everything that stands in none. */
const UNPLACED = 'unplaced';
/** More on one card cannot be taken in at a glance. */
const MOST_TILES = 3;

/** What a tile can show, in the order in which it is shown: what life depends on, then comfort. */
export const ORDER: readonly Quantity[] = [
  'smoke',
  'heat',
  'oxygen',
  'carbon_monoxide',
  'gas',
  'lel_methane',
  'lel_lpg',
  'hydrogen_sulfide',
  'moisture',
  'carbon_dioxide',
  'temperature',
  'humidity',
  'pm25',
  'pm10',
  'pm4',
  'pm1',
  'voc',
  'voc_index',
  'nox_index',
  'nitrogen_dioxide',
  'ozone',
  'formaldehyde',
  'radon',
  'sound_pressure',
  'illuminance',
  'pressure',
];
export const SEVERITY: Readonly<Record<StateName, number>> = {
  alarm: 5,
  warning: 4,
  blind: 3,
  check: 2,
  trouble: 1,
  safe: 0,
};

const isLife = (tile: TileView): boolean => LIFE_QUANTITIES.has(tile.entity.quantity);

/** Which tiles must be seen: danger, then life safety (blind first), then what is to be checked, then the rest. */
const urgency = (tile: TileView): number => {
  if (SEVERITY[tile.state] >= SEVERITY.warning) return 4;
  if (isLife(tile)) return tile.state === 'blind' ? 3 : 2;
  return tile.state === 'check' ? 1 : 0;
};

const place = (tile: TileView): number => ORDER.indexOf(tile.entity.quantity);

/** One tile a quantity: of two sensors the worse one counts. */
const worstOfEach = (tiles: readonly TileView[]): readonly TileView[] => {
  const kept = new Map<Quantity, TileView>();
  for (const tile of tiles) {
    const other = kept.get(tile.entity.quantity);
    if (other === undefined || SEVERITY[tile.state] > SEVERITY[other.state])
      kept.set(tile.entity.quantity, tile);
  }
  return [...kept.values()];
};

const entitiesIn = (house: HouseSnapshot, roomId: string): readonly EntityView[] =>
  Object.values(house.devices)
    .filter((device) => device.roomId === roomId)
    .flatMap((device) => Object.values(device.entities));

const tilesOf = (entities: readonly EntityView[], live: boolean): readonly TileView[] => {
  const all = entities
    .filter((entity) => ORDER.includes(entity.quantity))
    .map((entity) => ({ entity, state: entityState(entity, live) }));
  return worstOfEach(all)
    .toSorted((a, b) => urgency(b) - urgency(a) || place(a) - place(b))
    .slice(0, MOST_TILES)
    .toSorted((a, b) => place(a) - place(b));
};

const byName = (a: RoomCardView, b: RoomCardView): number =>
  Number(a.room.id === UNPLACED) - Number(b.room.id === UNPLACED) || a.room.name.localeCompare(b.room.name);

/** The rooms of the drawn house: those in which something is measured, or which are not well. */
export const roomCards = (house: HouseSnapshot, live: boolean): readonly RoomCardView[] =>
  Object.values(house.rooms)
    .map((room) => {
      const entities = entitiesIn(house, room.id);
      return { room, tiles: tilesOf(entities, live), watched: entities.some((entity) => entity.safety) };
    })
    .filter(({ room, tiles }) => tiles.length > 0 || (room.verdict !== 'safe' && room.id !== UNPLACED))
    .toSorted(byName);

/**
 * A room may look no better than what its tiles show, and never well
 * without word from the hub or without a sensor that life depends on. Danger stays.
 */
export const roomState = ({ room, tiles, watched }: RoomCardView, live: boolean): RoomState => {
  if (SEVERITY[room.verdict] >= SEVERITY.warning) return room.verdict;
  const lostLife = tiles.some((tile) => tile.entity.safety && tile.state === 'blind');
  if (lostLife || !live) return 'blind';
  return room.verdict === 'safe' && !watched ? 'unwatched' : room.verdict;
};

export const cellOf = (state: RoomState): Cell => {
  if (state === 'alarm' || state === 'warning') return 'danger';
  return state === 'blind' ? 'blind' : 'empty';
};
