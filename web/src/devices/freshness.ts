import type { EntityView } from '@homeward/hub/api';
import type { StateName } from '../ui/states.ts';

/** A value older than this many report intervals is not shown as live. Source: DESIGN of the tile, UI.md. */
const INTERVALS = 2;

type Heard = Pick<EntityView, 'available' | 'value' | 'at' | 'reportEveryMs'>;

/** May its value be shown? Not when it is lost, was never heard, or is older than two report intervals. */
export const isFresh = ({ available, value, at, reportEveryMs }: Heard, now: number): boolean => {
  if (!available || value === null || at === null) return false;
  return reportEveryMs === null || now - at <= INTERVALS * reportEveryMs;
};

/** Life depends on it, and nobody would notice its silence: it only speaks when something happens. */
export const isMute = ({ safety, supervised }: Pick<EntityView, 'safety' | 'supervised'>): boolean =>
  safety && !supervised;

/** How an entity stands, from what can be shown of it: blind when its value may not be. */
export const entityState = (entity: EntityView, now: number): StateName =>
  isFresh(entity, now) ? entity.level : 'blind';
