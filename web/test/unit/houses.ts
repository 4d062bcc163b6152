import type { Alarm, DeviceView, EntityView, HouseSnapshot, Verdict } from '@homeward/hub/api';

/** The hub's clock in all tests, epoch ms UTC. */
export const NOW = 1_800_000_000_000;

export const anEntity = (given: Partial<EntityView> = {}): EntityView => ({
  id: 'a1.co',
  name: null,
  component: 'sensor',
  quantity: 'carbon_monoxide',
  unit: 'ppm',
  value: 0,
  attributes: {},
  control: null,
  at: NOW - 3_000,
  available: true,
  reportEveryMs: 30_000,
  safety: true,
  level: 'safe',
  supervised: true,
  fault: null,
  health: null,
  air: null,
  command: 'none',
  ...given,
});

export const aDevice = (
  given: Partial<Omit<DeviceView, 'entities'>> = {},
  entities: readonly EntityView[] = [anEntity()],
): DeviceView => ({
  id: 'a1',
  name: 'Air board',
  kind: 'board',
  roomId: 'bed',
  manufacturer: null,
  model: null,
  swVersion: null,
  health: 'ok',
  lastHeardAt: NOW - 3_000,
  restarting: false,
  flooding: false,
  full: false,
  gatewayId: null,
  droppedMessages: 0,
  entities: Object.fromEntries(entities.map((entity) => [entity.id, entity])),
  ...given,
});

export const anAlarm = (given: Partial<Alarm> = {}): Alarm => ({
  id: 'al1',
  kind: 'co',
  level: 'alarm',
  state: 'unacknowledged',
  room: { id: 'bed', name: 'Bedroom' },
  entityId: 'a1.co',
  since: NOW - 120_000,
  value: 84,
  unit: 'ppm',
  active: true,
  priority: 1,
  sound: 'siren',
  cause: 'limit',
  count: 1,
  mayHush: false,
  firstOut: false,
  chattering: false,
  stale: false,
  banner: false,
  ...given,
});

const ROOMS = { bed: 'Bedroom', kit: 'Kitchen', unplaced: '' };

export const aHouse = (
  given: {
    devices?: readonly DeviceView[];
    alarms?: readonly Alarm[];
    verdict?: Verdict;
    rooms?: Record<string, Verdict>;
  } = {},
): HouseSnapshot => ({
  seq: 1,
  now: NOW,
  verdict: given.verdict ?? 'safe',
  brokerConnected: true,
  rooms: Object.fromEntries(
    Object.entries(ROOMS).map(([id, name]) => [id, { id, name, verdict: given.rooms?.[id] ?? 'safe' }]),
  ),
  devices: Object.fromEntries((given.devices ?? [aDevice()]).map((device) => [device.id, device])),
  alarms: Object.fromEntries((given.alarms ?? []).map((alarm) => [alarm.id, alarm])),
  flood: null,
  intrusion: null,
  doors: {},
  occupancy: null,
});
