import type { HouseSnapshot } from '@homeward/hub/api';

/** What a pass can open. */
export type PassPlace = { readonly id: string; readonly name: string };

/** The areas of the house: its rooms that have a name. Doors join them when there are any. */
export const placesOf = (house: HouseSnapshot | null): readonly PassPlace[] =>
  Object.values(house?.rooms ?? {})
    .filter(({ name }) => name !== '')
    .map(({ id, name }) => ({ id, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
