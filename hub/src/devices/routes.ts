import { ROUTES } from '../api.ts';
import type { Settled } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { announcementOf } from './announcements/announcement.ts';
import { changesQuantity } from './corrections.ts';
import { type Dangers, refusalNow } from './mayCommand.ts';
import { type PairingPorts, pairDevice } from './pairing.ts';
import type { Picture } from './pictures.ts';
import type { DevicePatch } from './requestSchema.ts';
import { hasSpaceForRoom, MAX_ROOMS, roomNamed } from './rooms.ts';
import type { DeviceView } from './schema.ts';
import { entityIdsOf } from './state.ts';

export type DeviceRoutePorts = PairingPorts &
  Dangers & {
    /** Whether the alarm of that entity keeps the sirens sounding. */
    readonly isDangerAt: (entityId: string) => boolean;
    /** Whether that device, or one that speaks through it, alarms or sounds now: then it may not go. */
    readonly isDeviceNeeded: (deviceId: string) => boolean;
    /** All devices as the app shows them to that role, now. */
    readonly views: (role: string) => Readonly<Record<string, DeviceView>>;
    /** Name of the person who calls, for the journal. */
    readonly nameOf: (personId: string) => string;
    /** The last picture of a camera or an image; undefined: there is none. */
    readonly pictureOf: (entityId: string) => Picture | undefined;
  };

export function deviceRoutes(ports: DeviceRoutePorts): Endpoint[] {
  const { read, dispatch, views, nameOf, pictureOf, isDangerAt, isDeviceNeeded } = ports;

  function requireDevice(id: string): void {
    if (getRow(read().devices, id) === undefined) throw new Refusal('not-found');
  }

  function requireRoom(name: string): void {
    if (name === '' || roomNamed(read(), name) !== undefined || hasSpaceForRoom(read())) return;
    throw new Refusal('bad-request', { detail: `room: there are ${MAX_ROOMS} already` });
  }

  /** What alarms stays what it is: the sirens would fall silent. */
  function requireQuantities(said: NonNullable<DevicePatch['entities']>): void {
    for (const [id, each] of Object.entries(said)) {
      const entity = getRow(read().entities, id);
      if (entity !== undefined && isDangerAt(id) && changesQuantity(entity, each)) {
        throw new Refusal('siren-needed');
      }
    }
  }

  function requireSaved(settled: Settled): void {
    if (!settled.saved) throw new Refusal('not-saved');
  }

  return [
    onRoute(ROUTES.devices, ({ me }) => ({ devices: Object.values(views(me.role)) })),
    onRoute(ROUTES.pair, ({ body, me }) => pairDevice(body, nameOf(me.personId), ports)),
    onRoute(ROUTES.correctDevice, ({ params, body, me }) => {
      requireDevice(params.id);
      const known = entityIdsOf(read(), params.id);
      if (Object.keys(body.entities ?? {}).some((id) => !known.includes(id))) throw new Refusal('not-found');
      requireRoom(body.room ?? '');
      requireQuantities(body.entities ?? {});
      requireSaved(
        dispatch({
          type: 'deviceCorrected',
          deviceId: params.id,
          by: nameOf(me.personId),
          ...(body.name === undefined ? {} : { name: body.name }),
          ...(body.room === undefined ? {} : { room: body.room }),
          ...(body.entities === undefined ? {} : { entities: body.entities }),
        }),
      );
      return views(me.role)[params.id] as DeviceView;
    }),
    onRoute(ROUTES.removeDevice, ({ params, me }) => {
      requireDevice(params.id);
      if (isDeviceNeeded(params.id)) throw new Refusal('siren-needed');
      requireSaved(dispatch({ type: 'deviceRemoveAsked', deviceId: params.id, by: nameOf(me.personId) }));
    }),
    onRoute(ROUTES.command, ({ params, body, me }) => {
      const entity = getRow(read().entities, params.id);
      if (entity === undefined) throw new Refusal('not-found');
      const reason = refusalNow(entity, body, ports);
      if (reason !== null) throw new Refusal(reason);
      const by = nameOf(me.personId);
      const { facts } = dispatch({ type: 'commandAsked', entityId: params.id, command: body, by });
      if (!facts.some((fact) => fact.type === 'commandSent')) throw new Refusal('no-command');
    }),
    onRoute(ROUTES.announcement, ({ params }) => {
      requireDevice(params.id);
      return announcementOf(read(), params.id);
    }),
    onRoute(ROUTES.picture, ({ params }) => {
      const picture = pictureOf(params.id);
      if (picture === undefined) throw new Refusal('not-found');
      return { type: picture.mediaType, name: null, content: picture.bytes };
    }),
  ];
}
