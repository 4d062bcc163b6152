import type { EntityView, HouseSnapshot, Quantity } from '@homeward/hub/api';
import { isFresh } from '../devices/freshness.ts';
import type { IconName } from '../ui/icons.ts';

/** `unheard`: nobody knows whether it is open. */
export type OpeningState = 'open' | 'closed' | 'locked' | 'unlocked' | 'unheard';
export type Opening = {
  readonly id: string;
  readonly name: string;
  readonly icon: IconName;
  readonly isWindow: boolean;
  readonly state: OpeningState;
  readonly at: number | null;
};
/** Windows are one line when they are many and all closed. */
export type OpeningRow =
  | { readonly kind: 'one'; readonly opening: Opening }
  | { readonly kind: 'windows'; readonly count: number; readonly oldest: number };

const OPENINGS: ReadonlySet<Quantity> = new Set(['door', 'window', 'garage_door', 'opening', 'lock']);
/** From this many closed windows on, one line for all. */
const MANY_WINDOWS = 3;

const stateOf = (entity: EntityView): OpeningState => {
  if (!isFresh(entity) || typeof entity.value !== 'boolean') return 'unheard';
  if (entity.quantity === 'lock') return entity.value ? 'unlocked' : 'locked';
  return entity.value ? 'open' : 'closed';
};

const iconOf = (quantity: Quantity, state: OpeningState): IconName => {
  if (quantity === 'window') return 'window';
  if (quantity === 'lock') return 'lock';
  return state === 'open' ? 'doorOpen' : 'door';
};

const isAjar = (opening: Opening): boolean => opening.state === 'open' || opening.state === 'unlocked';
const rank = (opening: Opening): number => (isAjar(opening) ? 0 : opening.state === 'unheard' ? 1 : 2);

/** Every door, window and lock that tells whether it is open; open ones first. */
export const openingsOf = (house: HouseSnapshot): readonly Opening[] =>
  Object.values(house.devices)
    .flatMap((device) =>
      Object.values(device.entities)
        .filter((entity) => entity.component === 'binary_sensor' && OPENINGS.has(entity.quantity))
        .map((entity) => {
          const state = stateOf(entity);
          const { id, at, quantity } = entity;
          const name = device.name;
          return { id, name, at, state, icon: iconOf(quantity, state), isWindow: quantity === 'window' };
        }),
    )
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));

export const ajar = (openings: readonly Opening[]): readonly Opening[] => openings.filter(isAjar);

/** All are known to be closed. */
export const allShut = (openings: readonly Opening[]): boolean =>
  openings.length > 0 && openings.every((opening) => rank(opening) === 2);

export const openingRows = (openings: readonly Opening[]): readonly OpeningRow[] => {
  const shut = openings.filter((opening) => opening.isWindow && opening.state === 'closed');
  if (shut.length < MANY_WINDOWS) return openings.map((opening) => ({ kind: 'one', opening }));
  const oldest = Math.min(...shut.map((opening) => opening.at ?? 0));
  return [
    ...openings
      .filter((opening) => !shut.includes(opening))
      .map((opening) => ({ kind: 'one', opening }) as const),
    { kind: 'windows', count: shut.length, oldest },
  ];
};
