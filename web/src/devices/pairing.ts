import type { DeviceView, HouseSnapshot, PairingRequest } from '@homeward/hub/api';

/** What the wizard asks. */
export type PairingAnswers = {
  readonly kind: 'board' | 'gateway';
  readonly name: string;
  readonly brand: Brand;
  readonly topics: string;
};
export type Brand = 'zigbee' | 'esphome' | 'tasmota' | 'other';
export const BRANDS: readonly Brand[] = ['zigbee', 'esphome', 'tasmota', 'other'];

/** Stands where a gateway's own name has to be written. */
export const NODE = '<node>';

/** Topic filters with which each firmware works as it comes. Source: ha-mqtt-discovery.md. */
export const TOPICS: Readonly<Record<Brand, readonly string[]>> = {
  zigbee: ['zigbee2mqtt/#'],
  esphome: [`${NODE}/#`],
  tasmota: ['tele/#', 'stat/#', 'cmnd/#'],
  other: [],
};

export const topicLines = (text: string): readonly string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

export type MissingAnswer = Partial<Record<'name' | 'topics', string>>;

export const missingInPairing = (answers: PairingAnswers): MissingAnswer => {
  const lines = topicLines(answers.topics);
  const isGateway = answers.kind === 'gateway';
  return {
    ...(answers.name.trim() === '' ? { name: 'devices.pair.nameMissing' } : {}),
    ...(isGateway && lines.length === 0 ? { topics: 'devices.pair.topicsMissing' } : {}),
    ...(isGateway && lines.some((line) => line.includes(NODE)) ? { topics: 'devices.pair.node' } : {}),
  };
};

export const pairingRequest = (answers: PairingAnswers): PairingRequest => ({
  name: answers.name.trim(),
  kind: answers.kind,
  ...(answers.kind === 'gateway' ? { topics: [...topicLines(answers.topics)] } : {}),
});

/** Who has spoken since the pairing: the paired one itself, or what a gateway brought along. */
export type Spoken = { readonly device: DeviceView; readonly brought: readonly DeviceView[] };

const hasSpoken = (device: DeviceView): boolean =>
  device.lastHeardAt !== null || Object.keys(device.entities).length > 0;

/** @param before ids of all devices at the moment of pairing */
export const whoHasSpoken = (
  house: HouseSnapshot | null,
  deviceId: string,
  before: ReadonlySet<string>,
): Spoken | null => {
  const device = house?.devices[deviceId];
  if (house === null || device === undefined) return null;
  const isNew = (one: DeviceView): boolean => one.kind === 'found' && !before.has(one.id);
  const brought = device.kind === 'gateway' ? Object.values(house.devices).filter(isNew) : [];
  return hasSpoken(device) || brought.length > 0 ? { device, brought } : null;
};
