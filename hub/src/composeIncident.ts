import { ROUTES } from './api.ts';
import type { composeHistory } from './composeHistory.ts';
import type { composeHouse } from './composeHouse.ts';
import type { composeJournal } from './composeJournal.ts';
import type { composePeople } from './composePeople.ts';
import { seriesOf } from './composeSeries.ts';
import type { Entity } from './devices/entity.ts';
import { AIR_QUANTITIES, COMING_QUANTITIES } from './devices/schema.ts';
import { measuredBy, quantityOf } from './devices/state.ts';
import type { House } from './house/house.ts';
import { getRow, rowsOf } from './house/table.ts';
import { roomOf } from './house/view.ts';
import { type Endpoint, onRoute } from './io/route.ts';
import { partOf, type Span, spanOf } from './journal/incident.ts';
import type { Incident, IncidentContact, IncidentSeries } from './journal/incidentSchema.ts';
import { INCIDENT_ROWS } from './journal/limits.ts';
import { Refusal } from './shared/errors.ts';

/** Curves of one incident: the screen draws each. Ours. */
const MOST_SERIES = 12;

/** Doors, windows and the like of one incident: each is a question to the history. Ours. */
const MOST_CONTACTS = 60;

/** Changes of one of them that are told. Ours. */
const MOST_CHANGES = 200;

export type IncidentParts = {
  readonly house: Pick<ReturnType<typeof composeHouse>, 'shell' | 'clock' | 'findEpisode'>;
  readonly history: Pick<ReturnType<typeof composeHistory>, 'changes'>;
  readonly journal: Pick<ReturnType<typeof composeJournal>, 'stretch'>;
  readonly people: Pick<ReturnType<typeof composePeople>, 'loggedInBetween'>;
};

type Place = { readonly entity: Entity; readonly roomId: string };

/** What happened around an alarm, from all who know something of it. */
export function composeIncident({ house, history, journal, people }: IncidentParts): Endpoint[] {
  const { read } = house.shell;

  async function contactOf(place: Place, span: Span, who: string): Promise<IncidentContact | null> {
    const question = { entity: place.entity.id, from: span.from, to: span.to, most: MOST_CHANGES };
    const told = await history.changes(who, question);
    if (told === null) return null;
    const { before, times, values, isWhole } = told;
    const changes = times.map((at, n) => ({ at, isOn: isOn(values[n] ?? null) }));
    return { ...sourceOf(read(), place), before: isOn(before), changes, isWhole };
  }

  async function incidentOf(id: string, who: string, gone: AbortSignal): Promise<Incident> {
    const found = house.findEpisode(id, (roomId) => roomOf(read(), roomId));
    if (found === null) throw new Refusal('not-found');
    const { episode, roomId, began, ended } = found;
    const told = { alarmId: id, kind: episode.kind, entityId: episode.entityId, began, ended };
    const span = spanOf(told, house.clock.now());
    const isGone = () => gone.aborted;
    const { rows, isMore } = await journal.stretch(span.monoFrom, span.monoTo, INCIDENT_ROWS, isGone);
    const places = placesFrom(read(), roomId);
    const comings = places.filter(({ entity }) => isComing(entity));
    const asked = comings.slice(0, MOST_CONTACTS).map((place) => contactOf(place, span, who));
    return {
      alarm: episode,
      from: span.from,
      to: span.to,
      isOver: ended !== null,
      isCut: span.isCut,
      rows: rows.map((row) => ({ ...row, part: partOf(row, told) })),
      moreRows: isMore,
      series: seriesAround(read(), places, roomId, episode.entityId),
      contacts: (await Promise.all(asked)).filter((contact) => contact !== null),
      moreContacts: Math.max(0, comings.length - MOST_CONTACTS),
      loggedIn: people.loggedInBetween(span.from, span.to),
      told: [],
      toldWhy: 'no-channel',
    };
  }

  return [onRoute(ROUTES.incident, ({ params, me, gone }) => incidentOf(params.id, me.tokenHash, gone))];
}

const isOn = (value: number | null): boolean | null => (value === null ? null : value !== 0);

const COMING: ReadonlySet<string> = new Set(COMING_QUANTITIES);
const AIR: ReadonlySet<string> = new Set(AIR_QUANTITIES);

/** Tells of somebody who comes, on and off. */
const isComing = (entity: Entity): boolean =>
  seriesOf(entity)?.states === true &&
  (COMING.has(quantityOf(entity)) || ['lock', 'device_tracker'].includes(entity.config.component));

/** All that is announced, what stands in that room first. */
function placesFrom({ devices }: House, roomId: string): readonly Place[] {
  const all = [...rowsOf(devices.entities)].map(([, entity]) => ({
    entity,
    roomId: getRow(devices.devices, entity.deviceId)?.roomId ?? '',
  }));
  const near = all.filter((place) => place.roomId === roomId);
  return [...near, ...all.filter((place) => place.roomId !== roomId)];
}

function sourceOf(house: House, { entity, roomId }: Place) {
  const device = getRow(house.devices.devices, entity.deviceId);
  return {
    entityId: entity.id,
    device: device?.ownName ?? device?.name ?? '',
    name: entity.ownName ?? entity.name,
    room: roomOf(house, roomId),
    quantity: quantityOf(entity),
  };
}

/** The curve of the sensor that raised the alarm, and what else is measured of the air in its room. */
function seriesAround(
  house: House,
  places: readonly Place[],
  roomId: string,
  causeId: string,
): IncidentSeries[] {
  const isCause = ({ entity }: Place) => entity.id === causeId;
  const isNear = (place: Place) =>
    place.roomId === roomId && !isCause(place) && AIR.has(measuredBy(place.entity));
  return [...places.filter(isCause), ...places.filter(isNear)]
    .flatMap((place) => {
      const kept = seriesOf(place.entity);
      return kept === null ? [] : [{ ...sourceOf(house, place), ...kept, isCause: isCause(place) }];
    })
    .slice(0, MOST_SERIES);
}
