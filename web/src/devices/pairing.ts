import type { DeviceView, HouseSnapshot, PairingRequest } from '@homeward/hub/api';
import { BRANDS, type Brand, isBase, topicsOf } from './brands.ts';

/** What can be added: an own board, or software that speaks for others. */
export type AddedKind = 'board' | Brand;
export const ADDED_KINDS: readonly AddedKind[] = ['board', ...BRANDS];

/** What the wizard asks. */
export type PairingAnswers = {
  readonly kind: AddedKind;
  readonly name: string;
  /** The topic under which a gateway speaks. */
  readonly base: string;
  /** Topic filters of other software, one a line. */
  readonly topics: string;
};

export const topicLines = (text: string): readonly string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Whether it has a topic that is asked for, and a configuration that is made of it. */
export const hasBase = (kind: AddedKind): kind is Exclude<Brand, 'other'> =>
  kind !== 'board' && kind !== 'other';

export type MissingAnswer = Partial<Record<'name' | 'base' | 'topics', string>>;

export const missingInPairing = ({ kind, name, base, topics }: PairingAnswers): MissingAnswer => ({
  ...(name.trim() === '' ? { name: 'devices.pair.nameMissing' } : {}),
  ...(hasBase(kind) && !isBase(kind, base.trim())
    ? { base: kind === 'tasmota' ? 'devices.pair.baseWord' : 'devices.pair.baseWrong' }
    : {}),
  ...(kind === 'other' && topicLines(topics).length === 0 ? { topics: 'devices.pair.topicsMissing' } : {}),
});

export const pairingRequest = ({ kind, name, base, topics }: PairingAnswers): PairingRequest => {
  if (kind === 'board') return { name: name.trim(), kind };
  const filters = kind === 'other' ? topicLines(topics) : topicsOf(kind, base.trim());
  return { name: name.trim(), kind: 'gateway', topics: [...filters] };
};

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
  // Where the hub cannot tell through whom it speaks, whoever is new counts.
  const isBrought = (one: DeviceView): boolean =>
    one.gatewayId === deviceId || (one.gatewayId === null && one.kind === 'found' && !before.has(one.id));
  const brought = device.kind === 'gateway' ? Object.values(house.devices).filter(isBrought) : [];
  return hasSpoken(device) || brought.length > 0 ? { device, brought } : null;
};

/** By then something should have been heard; if not, it is said what to look at. Milliseconds. */
export const PATIENCE_MS = 120_000;
