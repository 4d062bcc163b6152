import { ok, type Result, refused } from '../shared/result.ts';
import type { Device } from './entity.ts';
import { TASMOTA_FILTERS } from './tasmota/tasmota.ts';

/** Topic filters of one broker identity. */
export type Rights = { readonly publish: readonly string[]; readonly subscribe: readonly string[] };

/** What an own board may say and hear. Source: DESIGN §7 "MQTT". */
export const boardRights = (deviceId: string): Rights => ({
  publish: [`homeassistant/+/${deviceId}/#`, `homeward/${deviceId}/#`],
  subscribe: [`homeward/${deviceId}/#`, 'homeward/hub/#', 'homeassistant/status'],
});

/** Topics that nobody but this identity may use: a board's are all under its own name, a gateway has none. */
export function reservedBy(identity: Pick<Rights, 'publish'> & { readonly username: string }): string[] {
  const own = boardRights(identity.username).publish;
  return identity.publish.filter((filter) => own.includes(filter));
}

/** Where devices are announced: in Home Assistant's form, and Tasmota's in its own. */
export const DISCOVERY_FILTERS: readonly string[] = [
  'homeassistant/+/+/config',
  'homeassistant/+/+/+/config',
  ...TASMOTA_FILTERS,
];

/**
 * What a gateway may say and hear: its own topics and discovery, but not what a board reserves. It hears all announcements:
 * Zigbee2MQTT looks through them at its start for those it has to clear, with `homeassistant/#`, and announces nothing when it may not.
 */
export const gatewayRights = (topics: readonly string[]): Rights => ({
  publish: [...topics, ...DISCOVERY_FILTERS],
  subscribe: [...topics, 'homeassistant/#'],
});

/** What a paired device may by today's rules, whatever was written down when it was paired; null: it is no paired one. */
export function rightsOf(device: Pick<Device, 'id' | 'kind' | 'topics'>): Rights | null {
  if (device.kind === 'board') return boardRights(device.id);
  return device.kind === 'gateway' && device.topics !== null && device.topics.length > 0
    ? gatewayRights(device.topics)
    : null;
}

/** Filters that a gateway may not have: they would reach other boards, the hub, or everything. */
export function checkGatewayTopics(topics: readonly string[]): Result<readonly string[]> {
  if (topics.length === 0) return refused('topics: a gateway needs at least one topic filter');
  for (const filter of topics) {
    const reason = faultOf(filter);
    if (reason !== null) return refused(`topics: ${reason}`);
  }
  return ok([...new Set(topics)]);
}

function faultOf(filter: string): string | null {
  const levels = filter.split('/');
  const [first = ''] = levels;
  if (/\p{Cc}/u.test(filter)) return 'control characters';
  if (levels.some((level) => level.includes('+') && level !== '+')) return '"+" must stand for a whole level';
  if (levels.some((level, at) => level.includes('#') && (level !== '#' || at !== levels.length - 1))) {
    return '"#" may only be the last level';
  }
  if (first === '#' || first === '+' || first === '' || first.startsWith('$'))
    return 'begin with a name of its own';
  if (first === 'homeward' || first === 'homeassistant')
    return `"${first}" belongs to the hub and its boards`;
  return null;
}
