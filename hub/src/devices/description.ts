import type { Fact } from '../house/facts.ts';
import { getRow } from '../house/table.ts';
import type { Device, DeviceDescription } from './entity.ts';
import { freeId } from './identity.ts';
import { placeIn } from './rooms.ts';
import { type DevicesState, entityIdsOf, UNPLACED } from './state.ts';

type Announced = Extract<Fact, { type: 'deviceAnnounced' }>;

/**
 * The device as the announcement has it, and the house with the room that it may have made. In a house with gateways a found device
 * is described and placed on one topic; what is said on others only fills in what is missing: whoever may add an entity to a
 * detector could else rename it and move its alarm to another room.
 * @param known undefined: it is new
 */
export function describe(
  state: DevicesState,
  { device: said, discoveryTopic, pairedId }: Announced,
  known: Device | undefined,
): { readonly state: DevicesState; readonly device: Device } {
  const device = known ?? newDevice(state, said);
  const describedBy = describerOf(state, device) ?? discoveryTopic;
  const isTrusted = pairedId !== null || state.gateways.length === 0 || describedBy === discoveryTopic;
  if (!isTrusted) return { state, device: { ...worded(device, missingIn(device, said)), describedBy } };
  const area = placeIn(state, device.roomIsOwn ? '' : (said.suggestedArea ?? ''));
  const roomId = area.roomId === UNPLACED ? device.roomId : area.roomId;
  const placed = { ...worded(device, said), roomId };
  return { state: area.state, device: pairedId === null ? { ...placed, describedBy } : placed };
}

const worded = (device: Device, said: DeviceDescription): Device => ({
  ...device,
  name: said.name ?? device.name,
  identifier: device.identifier ?? said.identifiers[0] ?? null,
  manufacturer: said.manufacturer ?? device.manufacturer,
  model: said.model ?? device.model,
  swVersion: said.swVersion ?? device.swVersion,
  origin: said.origin ?? device.origin,
});

/** The topic on which the device is described: that of its oldest entity, until that is cleared or left. Null: none is. */
function describerOf(state: DevicesState, { id, describedBy }: Device): string | null {
  const topics = entityIdsOf(state, id).flatMap((entityId) => {
    const entity = getRow(state.entities, entityId);
    return entity === undefined || entity.moving === true ? [] : [entity.discoveryTopic];
  });
  return topics.find((topic) => topic === describedBy) ?? topics[0] ?? null;
}

const missingIn = (device: Device, said: DeviceDescription): DeviceDescription => ({
  ...said,
  // Without a name it goes by its identifier.
  name: device.name === device.identifier ? said.name : null,
  manufacturer: device.manufacturer ?? said.manufacturer,
  model: device.model ?? said.model,
  swVersion: device.swVersion ?? said.swVersion,
  origin: device.origin ?? said.origin,
});

function newDevice(state: DevicesState, said: DeviceDescription): Device {
  const identifier = said.identifiers[0] ?? 'device';
  return {
    id: freeId(identifier, (id) => getRow(state.devices, id) !== undefined),
    kind: 'found',
    name: identifier,
    ownName: null,
    roomId: UNPLACED,
    roomIsOwn: false,
    manufacturer: null,
    model: null,
    swVersion: null,
    identifier,
    origin: null,
    gatewayId: null,
    topics: null,
  };
}
