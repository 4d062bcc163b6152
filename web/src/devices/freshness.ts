import type { EntityView } from '@homeward/hub/api';
import { LIFE_QUANTITIES } from '../hub/contract.ts';
import type { StateName } from '../ui/states.ts';

type Heard = Pick<EntityView, 'available' | 'value' | 'at' | 'health'>;

/**
 * Whether its value is the present one, by the hub's own word: it is known when it was said, it can be heard, and it has not been
 * silent for too long. How long that is the hub alone decides. Source: safety.md §3.2.
 */
export const isFresh = ({ available, value, at, health }: Heard): boolean =>
  available && value !== null && at !== null && health?.findings.silent?.state !== 'lost';

/** Life depends on it, and nobody would notice its silence: it only speaks when something happens. */
export const isMute = ({ safety, supervised }: Pick<EntityView, 'safety' | 'supervised'>): boolean =>
  safety && !supervised;

type Used = Pick<EntityView, 'component' | 'quantity' | 'health'>;

/** A life would depend on it, and somebody took it out of use: nobody would notice if it were dead. */
export const isOutOfUse = ({ component, quantity, health }: Used): boolean =>
  health?.findings.disabled !== undefined && (component === 'siren' || LIFE_QUANTITIES.has(quantity));

/** How an entity stands: blind when its value may not be shown. Without word from the hub (`live`) nobody knows of any. */
export const entityState = (entity: EntityView, live: boolean): StateName =>
  live && isFresh(entity) ? entity.level : 'blind';
