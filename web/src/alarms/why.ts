import type { Alarm, EntityView, HouseSnapshot } from '@homeward/hub/api';
import { findEntity } from '../hub/house.ts';
import { spanPhrase } from '../text/ages.ts';
import { isolate, measureText } from '../text/numbers.ts';
import type { Filling, Phrase } from '../text/say.ts';

const MINUTE_MS = 60_000;
/** Kinds whose limit lies below. */
const FROM_BELOW: ReadonlySet<Alarm['kind']> = new Set(['oxygen-low', 'cold']);
/** What the outlook of oxygen counts down to. Source: safety.md §1.1, 29 CFR 1910.134. */
const OXYGEN_PERCENT = 19.5;
const OXYGEN_LIMIT = isolate(`${OXYGEN_PERCENT}\u00a0%`);

const limitText = (alarm: Alarm, entity: EntityView | undefined): string =>
  measureText(alarm.limit ?? 0, alarm.unit ?? null, entity?.quantity ?? 'other');

/** What was on its way has come: the alarm keeps the cause by which it was raised. */
const hasCome = ({ cause, entityId }: Alarm, house: HouseSnapshot | null): boolean => {
  const value = findEntity(house, entityId)?.entity.value;
  return cause === 'outlook' && typeof value === 'number' && value < OXYGEN_PERCENT;
};

/** Why it was raised, in one sentence. */
export const causePhrase = (alarm: Alarm, house: HouseSnapshot | null): Phrase => {
  if (hasCome(alarm, house)) return { key: 'alarms.cause.below', with: { limit: OXYGEN_LIMIT } };
  if (alarm.cause !== 'limit' || alarm.limit === undefined) return { key: `alarms.cause.${alarm.cause}` };
  const limit = limitText(alarm, findEntity(house, alarm.entityId)?.entity);
  return { key: FROM_BELOW.has(alarm.kind) ? 'alarms.cause.below' : 'alarms.cause.above', with: { limit } };
};

/** Where the oxygen of the room is going, when it can be told. */
export const outlookPhrase = (alarm: Alarm, house: HouseSnapshot | null): Phrase | null => {
  if (alarm.kind !== 'oxygen-low' || !alarm.active) return null;
  const outlook = findEntity(house, alarm.entityId)?.entity.air?.outlook;
  const minutes = outlook?.state === 'falling' ? outlook.minutes : null;
  if (minutes === null || minutes === undefined || minutes.likely <= 0) return null;
  const span = (n: number): Phrase => spanPhrase(Math.max(1, n) * MINUTE_MS);
  const gaps = { limit: OXYGEN_LIMIT, likely: span(minutes.likely), soonest: span(minutes.soonest) };
  return { key: 'alarms.outlook', with: gaps };
};

/** What an alarm is called and where: a room, for trouble the part itself, for many losses at once the house. */
export const alarmTitle = (
  alarm: Pick<Alarm, 'kind' | 'cause' | 'room' | 'entityId'>,
  house: HouseSnapshot | null,
): Phrase => {
  if (alarm.entityId.startsWith('~')) return { key: houseKey(alarm.cause) };
  return {
    key: 'alarms.where',
    with: { kind: { key: `kind.${alarm.kind}` }, room: placeOf(alarm, house) },
  };
};

const placeOf = (
  { kind, entityId, room }: Pick<Alarm, 'kind' | 'room' | 'entityId'>,
  house: HouseSnapshot | null,
): Filling => {
  const device = kind === 'trouble' ? findEntity(house, entityId)?.device : undefined;
  return device?.name ?? (room.name === '' ? { key: 'room.unplaced' } : room.name);
};

const HOUSE_CAUSES = ['radio', 'power', 'drop-out', 'gateway', 'broker'] as const;
const houseKey = (cause: Alarm['cause']): string =>
  `alarms.house.${HOUSE_CAUSES.find((one) => one === cause) ?? 'drop-out'}`;

/** Which came first, and what this one followed. Null: it stands alone. */
export const orderPhrase = (alarm: Alarm, house: HouseSnapshot | null): Phrase | null => {
  if (alarm.firstOut) return { key: 'alarms.firstOut' };
  const first = alarm.firstOutId === undefined ? undefined : house?.alarms[alarm.firstOutId];
  return first === undefined ? null : { key: 'alarms.follows', with: { what: alarmTitle(first, house) } };
};
