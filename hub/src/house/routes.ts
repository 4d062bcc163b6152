import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import type { HouseSnapshot } from './schema.ts';

export const houseRoutes = (snapshot: () => HouseSnapshot): Endpoint[] => [onRoute(ROUTES.house, snapshot)];
