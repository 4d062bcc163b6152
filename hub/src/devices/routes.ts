import { ROUTES } from '../api.ts';
import type { Settled } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { type PairingPorts, pairDevice } from './pairing.ts';
import type { DeviceView } from './schema.ts';
import { entityIdsOf } from './state.ts';

export type DeviceRoutePorts = PairingPorts & {
  /** All devices as the app sees them, now. */
  readonly views: () => Readonly<Record<string, DeviceView>>;
  /** Whether a life-safety condition holds: then nobody stops a siren. Hushing for a while comes with alarm handling. */
  readonly isDanger: () => boolean;
  /** Name of the person who calls, for the journal. */
  readonly nameOf: (personId: string) => string;
};

export function deviceRoutes(ports: DeviceRoutePorts): Endpoint[] {
  const { read, dispatch, views, nameOf } = ports;

  function requireDevice(id: string): void {
    if (getRow(read().devices, id) === undefined) throw new Refusal('not-found');
  }

  function requireSaved(settled: Settled): void {
    if (!settled.saved) throw new Refusal('not-saved');
  }

  return [
    onRoute(ROUTES.devices, () => ({ devices: Object.values(views()) })),
    onRoute(ROUTES.pair, ({ body }) => pairDevice(body, ports)),
    onRoute(ROUTES.correctDevice, ({ params, body, me }) => {
      requireDevice(params.id);
      const known = entityIdsOf(read(), params.id);
      if (Object.keys(body.entities ?? {}).some((id) => !known.includes(id))) throw new Refusal('not-found');
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
      return views()[params.id] as DeviceView;
    }),
    onRoute(ROUTES.removeDevice, ({ params, me }) => {
      requireDevice(params.id);
      requireSaved(dispatch({ type: 'deviceRemoveAsked', deviceId: params.id, by: nameOf(me.personId) }));
    }),
    onRoute(ROUTES.command, ({ params, body, me }) => {
      const entity = getRow(read().entities, params.id);
      if (entity === undefined) throw new Refusal('not-found');
      if (entity.config.commandTopic === null) throw new Refusal('no-command');
      // The other commands come with the platforms that take them.
      if (!('on' in body)) throw new Refusal('no-command');
      const stops = entity.config.component === 'siren' && !body.on;
      if (stops && ports.isDanger()) throw new Refusal('siren-needed');
      const { facts } = dispatch({
        type: 'commandAsked',
        entityId: params.id,
        on: body.on,
        tone: null,
        by: nameOf(me.personId),
      });
      if (!facts.some((fact) => fact.type === 'commandSent')) throw new Refusal('no-command');
    }),
  ];
}
