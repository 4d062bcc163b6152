import type { EntityView, HouseSnapshot, Quantity } from '@homeward/hub/api';
import { entityState } from '../devices/freshness.ts';
import { ORDER, SEVERITY, type TileView } from '../home/rooms.ts';

const SHOWN: ReadonlySet<Quantity> = new Set(ORDER);

/** All that is measured of the air of a room, the most urgent first. */
export const readingsIn = (house: HouseSnapshot, roomId: string, live: boolean): readonly TileView[] =>
  Object.values(house.devices)
    .filter((device) => device.roomId === roomId)
    .flatMap((device) => Object.values(device.entities))
    .filter((entity) => SHOWN.has(entity.quantity) && isReading(entity))
    .map((entity) => ({ entity, state: entityState(entity, live) }))
    .toSorted(
      (a, b) =>
        SEVERITY[b.state] - SEVERITY[a.state] ||
        ORDER.indexOf(a.entity.quantity) - ORDER.indexOf(b.entity.quantity) ||
        a.entity.id.localeCompare(b.entity.id),
    );

const isReading = ({ component }: EntityView): boolean =>
  component === 'sensor' || component === 'binary_sensor';
