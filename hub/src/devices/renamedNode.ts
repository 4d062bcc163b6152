import { getRow } from '../house/table.ts';
import { MINUTE_MS, type Millis, type Moment } from '../shared/time.ts';
import { entityBefore } from './announcements/announcedEntities.ts';
import type { Device, EntityAnnouncement } from './entity.ts';
import { isOnline, liveOf } from './heard.ts';
import type { DevicesState } from './state.ts';

/** An entity that announces no availability is gone when it was not heard for this long, ms. */
export const GONE_MS: Millis = 1_440 * MINUTE_MS;

/**
 * Whether an entity may be taken over by another discovery topic although its old one was neither left nor cleared: a node that was
 * renamed announces itself anew, and its old self is silent. Only in a house with one gateway, and only what that one brought: of
 * several nobody can tell which one speaks, and who knows a unique id could silence another's detector. Only with the same unique
 * id, and only by what is said now: what the broker remembers of both would have them change places at each start.
 */
export function mayMove(
  state: DevicesState,
  said: { readonly discoveryTopic: string; readonly retained?: true },
  known: Device,
  entity: EntityAnnouncement,
  now: Moment,
): boolean {
  const [gateway, another] = state.gateways;
  const isItsOwn = another === undefined && gateway !== undefined && known.gatewayId === gateway.id;
  if (!isItsOwn || said.retained === true || known.kind !== 'found') return false;
  const old = entityBefore(state, known.id, said.discoveryTopic, entity);
  if (old === undefined || old.uniqueId === null || old.uniqueId !== entity.uniqueId) return false;
  return isGone(state, old.id, now);
}

/** It said goodbye, or its silence is longer than any that is usual. */
function isGone(state: DevicesState, entityId: string, now: Moment): boolean {
  const entity = getRow(state.entities, entityId);
  const live = liveOf(state, entityId);
  if (entity !== undefined && live.lastOnline !== null) return !live.lastOnline && !isOnline(entity, live);
  return now.mono - Math.max(state.graceUntil, live.heardAt?.mono ?? 0) > GONE_MS;
}
