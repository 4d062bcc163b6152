import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import type { HouseSnapshot } from './schema.ts';
import { snapshotFor } from './visible.ts';

export const houseRoutes = (snapshot: () => HouseSnapshot): Endpoint[] => [
  onRoute(ROUTES.house, ({ me }) => snapshotFor(me.role, snapshot())),
];
