import type { Alarm, HouseSnapshot } from '@homeward/hub/api';
import { findEntity } from '../hub/house.ts';
import type { Phrase } from '../text/say.ts';
import { isSetAside } from './life.ts';

/** How the sound of an alarm stands with silence. */
export type Hush =
  | { readonly state: 'may' }
  | { readonly state: 'silent'; readonly until: number }
  | { readonly state: 'not'; readonly why: Phrase }
  | { readonly state: 'none' };

/** A danger that still gets worse must be heard: the hub decides, here it gets its words. */
export const hushOf = (alarm: Alarm, house: HouseSnapshot | null): Hush => {
  if (!alarm.active || isSetAside(alarm) || alarm.sound === 'none') return { state: 'none' };
  if (alarm.hushedUntil !== undefined) return { state: 'silent', until: alarm.hushedUntil };
  if (alarm.mayHush) return { state: 'may' };
  const quantity = findEntity(house, alarm.entityId)?.entity.quantity ?? 'other';
  const key = alarm.kind === 'oxygen-low' ? 'alarms.hush.falls' : 'alarms.hush.rises';
  return { state: 'not', why: { key, with: { what: { key: `quantity.${quantity}` } } } };
};
