import { entityKeyOf } from '../../src/devices/entityKey.ts';
import type { DeviceView, EntityView } from '../../src/devices/schema.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import type { GoldenDevice, GoldenEntity, Shown } from './golden.ts';
import { devicesOf, type GatewayPlan, type HomePlan } from './houses.ts';
import { isNear } from './likeness.ts';
import { VirtualGateway } from './virtualGateway.ts';

/** A home takes a while on a slow card with eight neighbours, ms. */
const PATIENCE_MS = 60_000;

/** Pairs a gateway by the one form and starts it with what was given. */
export async function pairGateway(hub: HubProcess, plan: GatewayPlan): Promise<VirtualGateway> {
  const body = { name: plan.name, kind: 'gateway', topics: [...plan.topics] } as const;
  const { mqtt } = await hub.api.call('pair', { body });
  const url = `${mqtt.tls ? 'mqtts' : 'mqtt'}://${mqtt.host}:${mqtt.port}`;
  const { username, password, ca } = mqtt;
  return new VirtualGateway(plan, { url, username, password, ca });
}

/** The entity of the view that was announced so; undefined: there is none. */
export function entityIn(view: DeviceView, { key, component }: GoldenEntity): EntityView | undefined {
  const id = `${view.id}.${entityKeyOf(key)}`;
  return Object.values(view.entities).find(
    (entity) =>
      entity.component === component && (entity.id === id || /^-\d$/.test(entity.id.slice(id.length))),
  );
}

export const shows = (entity: EntityView, { value, attributes = {} }: Shown): boolean =>
  isNear(entity.value, value) &&
  Object.entries(attributes).every(([name, wanted]) => isNear(entity.attributes[name], wanted));

/** It never tells what it is: after a command the app shows what was asked, as assumed. */
const isMute = ({ shows: { value }, commands = [] }: GoldenEntity): boolean =>
  value === null && commands.length > 0;

/** What of the entity is not as it must be; null: nothing. */
function faultOf(golden: GoldenEntity, entity: EntityView | undefined): string | null {
  if (entity === undefined) return 'is not there';
  if (!entity.available) return 'is not available';
  if (!isMute(golden) && !shows(entity, golden.shows)) return `shows ${JSON.stringify(entity.value)}`;
  const { name, quantity, unit, control } = entity;
  const isOther = name !== golden.name || quantity !== golden.quantity || unit !== golden.unit;
  if (isOther) return `is ${name}, ${quantity}, ${unit}`;
  return isNear(control, golden.control) ? null : `takes ${JSON.stringify(control)}`;
}

/** What is not as it must be, in words; empty: all of it is there. */
function wrongIn(device: GoldenDevice, views: readonly DeviceView[]): string[] {
  const view = views.find(({ kind, name }) => kind === 'found' && name === device.name);
  if (view === undefined) return [`${device.name} is not there`];
  const extra = Object.keys(view.entities).length - device.entities.length;
  const wrong = extra === 0 ? [] : [`${device.name} has ${extra} entities too many`];
  for (const golden of device.entities) {
    const fault = faultOf(golden, entityIn(view, golden));
    if (fault !== null) wrong.push(`${device.name}: ${golden.component} ${golden.key} ${fault}`);
  }
  return wrong;
}

/** Waits until the app shows the home exactly as it is. @throws with what is wrong */
export async function untilMovedIn(hub: HubProcess, home: HomePlan): Promise<readonly DeviceView[]> {
  let wrong: string[] = [];
  let views: readonly DeviceView[] = [];
  const look = async () => {
    views = (await hub.api.call('devices')).devices;
    wrong = devicesOf(home).flatMap((device) => wrongIn(device, views));
    return wrong.length === 0;
  };
  await until(`the ${home.name} is shown as it is`, look, PATIENCE_MS).catch(() => {
    throw new Error(`Not as it is:\n${wrong.join('\n')}`);
  });
  return views;
}

/** Ids of all devices and entities: what must stay whatever happens. */
export const idsIn = (views: readonly DeviceView[]): string[] =>
  views.flatMap((view) => [view.id, ...Object.keys(view.entities)]).sort();

/** The device as the app shows it now. @throws when it is not there */
export async function viewOf(hub: HubProcess, device: GoldenDevice): Promise<DeviceView> {
  const { devices } = await hub.api.call('devices');
  const view = devices.find(({ kind, name }) => kind === 'found' && name === device.name);
  if (view === undefined) throw new Error(`${device.name} is not there`);
  return view;
}
