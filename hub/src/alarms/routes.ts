import { ROUTES } from '../api.ts';
import type { Fact } from '../house/facts.ts';
import type { Settled } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { type AlarmRow, mayAcknowledge, mayReset, pointOf } from './alarmRow.ts';
import { findAlarm } from './alarms.ts';
import { mayShelve } from './aside.ts';
import type { AlarmPoint } from './facts.ts';
import { mayHush, mustSound } from './hush.ts';
import type { AlarmHistory, AlarmHistoryQuery } from './lifeSchema.ts';
import { maxShelfMinutes } from './limits.ts';
import { type Alarm, type AlarmFlood, AlarmKind } from './schema.ts';
import type { AlarmsState } from './state.ts';

export type AlarmRoutePorts = {
  readonly read: () => AlarmsState;
  readonly dispatch: (fact: Fact) => Settled;
  /** All alarms as the app sees them, now. */
  readonly views: () => Readonly<Record<string, Alarm>>;
  readonly flood: () => AlarmFlood | null;
  readonly nameOf: (personId: string) => string;
  /** The room of an entity; null: there is no such entity. */
  readonly roomOf: (entityId: string) => string | null;
  readonly history: (query: AlarmHistoryQuery) => AlarmHistory;
};

/** A place for an alarm, and the alarm that stands there; null: it is normal. */
type Place = AlarmPoint & { readonly roomId: string; readonly row: AlarmRow | null };

export function alarmRoutes(ports: AlarmRoutePorts): Endpoint[] {
  const { read, dispatch, views, flood, nameOf, history } = ports;
  const list = () => ({
    alarms: Object.values(views()).sort((a, b) => b.since - a.since),
    flood: flood(),
  });
  const requireRow = (id: string): AlarmRow => requirePlace(ports, id).row ?? refuse('not-found');

  /** "Done" is answered only when it is on disk. */
  function ask(fact: Fact) {
    if (!dispatch(fact).saved) throw new Refusal('not-saved');
    return list();
  }

  return [
    onRoute(ROUTES.alarms, list),
    onRoute(ROUTES.alarmHistory, ({ query }) => history(query)),
    onRoute(ROUTES.acknowledge, ({ params, me }) => {
      const row = requireRow(params.id);
      // Somebody was faster: the list says who.
      if (!mayAcknowledge(row)) return list();
      return ask({ type: 'acknowledgeAsked', alarmId: row.alarmId, by: nameOf(me.personId) });
    }),
    onRoute(ROUTES.reset, ({ params, me }) => {
      const row = requireRow(params.id);
      if (!mayReset(row)) throw new Refusal('alarm-not-waiting');
      return ask({ type: 'resetAsked', alarmId: row.alarmId, by: nameOf(me.personId) });
    }),
    onRoute(ROUTES.hush, ({ params, me }) => {
      const row = requireRow(params.id);
      // Somebody was faster.
      if (row.hushedUntil !== null) return list();
      if (!mayHush(read().trends, row)) throw new Refusal('may-not-hush');
      return ask({ type: 'hushAsked', alarmId: row.alarmId, by: nameOf(me.personId) });
    }),
    onRoute(ROUTES.shelve, ({ params, me, body }) => {
      const { row, ...place } = requirePlace(ports, params.id);
      if (body.minutes > maxShelfMinutes(place.kind)) throw new Refusal('shelved-too-long');
      if (!mayShelve(row)) throw new Refusal('alarm-not-waiting');
      if (row !== null && mustSound(read().trends, row)) throw new Refusal('may-not-hush');
      return ask({ type: 'shelveAsked', ...place, ...body, by: nameOf(me.personId) });
    }),
    onRoute(ROUTES.unshelve, ({ params, me }) => {
      const { kind, entityId, state } = requireRow(params.id);
      if (state !== 'shelved') throw new Refusal('alarm-not-waiting');
      return ask({ type: 'unshelveAsked', kind, entityId, by: nameOf(me.personId) });
    }),
    onRoute(ROUTES.takeOutOfService, ({ params, me, body }) => {
      const { row, ...place } = requirePlace(ports, params.id);
      if (row?.state === 'outOfService') throw new Refusal('alarm-not-waiting');
      if (row !== null && mustSound(read().trends, row)) throw new Refusal('may-not-hush');
      return ask({ type: 'takenOutAsked', ...place, ...body, by: nameOf(me.personId) });
    }),
    onRoute(ROUTES.putInService, ({ params, me }) => {
      const { kind, entityId, state } = requireRow(params.id);
      if (state !== 'outOfService') throw new Refusal('alarm-not-waiting');
      return ask({ type: 'putBackAsked', kind, entityId, by: nameOf(me.personId) });
    }),
  ];
}

/** @throws Refusal `not-found`: neither an alarm nor the place of one */
function requirePlace({ read, roomOf }: AlarmRoutePorts, id: string): Place {
  const found = findAlarm(read(), id);
  if (found !== undefined) return placeOf(found);
  const colon = id.indexOf(':');
  const kind = AlarmKind.safeParse(id.slice(0, Math.max(colon, 0)));
  if (!kind.success) throw new Refusal('not-found');
  const entityId = id.slice(colon + 1);
  const row = getRow(read().rows, pointOf(kind.data, entityId));
  if (row !== undefined) return placeOf(row);
  const roomId = roomOf(entityId);
  if (roomId === null) throw new Refusal('not-found');
  return { kind: kind.data, entityId, roomId, row: null };
}

const placeOf = (row: AlarmRow): Place => ({
  kind: row.kind,
  entityId: row.entityId,
  roomId: row.roomId,
  row,
});

function refuse(code: 'not-found'): never {
  throw new Refusal(code);
}
