import { baseTopicOf, expandBaseTopic, expandNames, type Options } from './abbreviations.ts';
import { readDevice } from './announcements/announcedDevice.ts';
import { readEntity } from './announcements/announcedEntity.ts';
import { BadOption } from './announcements/announcedOption.ts';
import { readDeviceForm } from './deviceForm.ts';
import { type DiscoveryTopic, readDiscoveryTopic } from './discoveryTopic.ts';
import type { DeviceDescription, EntityAnnouncement } from './entity.ts';
import { isRecord, parseJson } from './json.ts';
import { Component } from './schema.ts';

/** What a message on a discovery topic says. */
export type Discovered =
  | {
      readonly kind: 'announced';
      readonly discoveryTopic: string;
      readonly nodeId: string | null;
      readonly objectId: string;
      readonly device: DeviceDescription;
      /** All readable entities of this topic: others of it are gone. */
      readonly entities: readonly EntityAnnouncement[];
      /** Keys of components with nothing but their platform. */
      readonly removedKeys: readonly string[];
      /** What was passed over, as `code: key`; for the log. */
      readonly warnings: readonly string[];
    }
  /** An empty payload: all that this topic announced is gone. */
  | { readonly kind: 'withdrawn'; readonly discoveryTopic: string }
  /** Broken, hostile or against the contract: nothing of it is taken in. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not for us: another topic, a component that the hub does not take in, a migration marker. */
  | { readonly kind: 'ignored'; readonly reason: string };

/** What a payload announces, apart from its topic. */
export type Announced = Pick<
  Extract<Discovered, { kind: 'announced' }>,
  'device' | 'entities' | 'removedKeys' | 'warnings'
>;

const refusal = (reason: string): Discovered => ({ kind: 'refused', reason });
const ignoring = (reason: string): Discovered => ({ kind: 'ignored', reason });

/** Platform of the device form, which stands in the place of a component in the topic. */
const DEVICE_FORM = 'device';

/**
 * Reads a message of Home Assistant's MQTT discovery, device form or single form. Never throws; what it answers is bounded by the
 * size of the payload (64 KiB). `prefix`: the first levels of discovery topics.
 */
export function readDiscovery(topic: string, payload: string, prefix = 'homeassistant'): Discovered {
  const place = readDiscoveryTopic(topic, prefix);
  if (place === null) return ignoring('not-a-discovery-topic');
  if (!place.ok) return refusal(place.reason);
  const { component, nodeId, objectId } = place.value;
  const known = component === DEVICE_FORM ? null : Component.safeParse(component);
  if (known?.success === false) return ignoring(`component: ${component.slice(0, 32)}`);
  if (payload === '') return { kind: 'withdrawn', discoveryTopic: topic };
  const read = readPayload(known?.data ?? null, place.value, payload);
  if ('kind' in read) return read;
  return { kind: 'announced', discoveryTopic: topic, nodeId, objectId, ...read };
}

/** `component`: null in the device form. */
function readPayload(
  component: Component | null,
  place: DiscoveryTopic,
  payload: string,
): Announced | Discovered {
  const json = parseJson(payload);
  if (!json.ok) return refusal(json.reason);
  if (!isRecord(json.value)) return refusal('not-an-object');
  const options = expandNames(json.value);
  if (options.migrate_discovery === true) return ignoring('migrate-discovery');
  try {
    return component === null ? readDeviceForm(options) : readSingleForm(component, place, options);
  } catch (error) {
    if (error instanceof BadOption) return refusal(`bad-option: ${error.message}`);
    throw error;
  }
}

/** One entity; the options stand at the top, beside its device. */
function readSingleForm(component: Component, place: DiscoveryTopic, named: Options): Announced | Discovered {
  const options = expandBaseTopic(named, baseTopicOf(named));
  const { nodeId, objectId } = place;
  const path = nodeId === null ? objectId : `${nodeId}/${objectId}`;
  const device = readDevice(options.device, options.origin, `topic:${path}`);
  const entity = readEntity(component, objectId, options);
  if (entity.ok) return { device, entities: [entity.value], removedKeys: [], warnings: [] };
  // What nobody switched on does nobody harm.
  return entity.reason.startsWith('not-enabled') ? ignoring(entity.reason) : refusal(entity.reason);
}
