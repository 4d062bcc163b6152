import type { Options } from '../abbreviations.ts';
import type { DeviceDescription } from '../entity.ts';
import { isRecord } from '../json.ts';
import { BadOption, MAX_TEXT_CHARS, readLabel, readTexts } from './announcedOption.ts';

/** Most identifiers, and most connections, that one device may have. */
const MAX_IDENTIFIERS = 16;

/** A connection `["mac", "AA:BB"]` reads `mac:aa:bb`: two spellings of one address are one device. */
function connectionOf(pair: unknown): string {
  const [type, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
  if (typeof type !== 'string' || typeof value !== 'string') throw new BadOption('connections');
  if (type === '' || value === '' || type.length + value.length >= MAX_TEXT_CHARS)
    throw new BadOption('connections');
  return `${type}:${type === 'mac' ? value.toLowerCase() : value}`;
}

function connectionsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > MAX_IDENTIFIERS) throw new BadOption('connections');
  return value.map(connectionOf);
}

function identifiersOf(device: Options): string[] {
  const named = readTexts(device, 'identifiers', MAX_IDENTIFIERS) ?? [];
  const all = [...named.map((each) => each.trim()), ...connectionsOf(device.connections)];
  return [...new Set(all.filter((each) => each !== ''))];
}

/**
 * What a device says about itself. Names must be expanded. Without a `device` block the topic is the device: `fallback` is its only
 * identifier. Throws `BadOption` when the block is there and names nothing to know the device by.
 */
export function readDevice(device: unknown, origin: unknown, fallback: string | null): DeviceDescription {
  const block: Options = isRecord(device) ? device : {};
  const isAbsent = device === undefined || device === null;
  if (!isAbsent && !isRecord(device)) throw new BadOption('device');
  const identifiers = isAbsent && fallback !== null ? [fallback] : identifiersOf(block);
  if (identifiers.length === 0) throw new BadOption('device identifiers');
  return {
    identifiers,
    name: readLabel(block, 'name'),
    manufacturer: readLabel(block, 'manufacturer'),
    model: readLabel(block, 'model'),
    swVersion: readLabel(block, 'sw_version'),
    suggestedArea: readLabel(block, 'suggested_area'),
    origin: isRecord(origin) ? readLabel(origin, 'name') : null,
  };
}
