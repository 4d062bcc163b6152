import type { Settings } from './platforms/settings.ts';
import type { Component, DeviceKind, Quantity } from './schema.ts';

/** One topic that tells whether an entity can be heard. */
export type AvailabilityTopic = {
  readonly topic: string;
  readonly payloadAvailable: string;
  readonly payloadNotAvailable: string;
  /** Jinja source, or null: the payload as it is. */
  readonly template: string | null;
};

/**
 * What an entity announced, complete: abbreviations and `~` expanded, root options merged, defaults filled in. What all platforms
 * have stands here; what only its own has, in `settings`.
 */
export type EntityConfig = {
  /** That of `settings`. */
  readonly component: Component;
  /** Null where a platform can do without: a siren or switch without one never answers. */
  readonly stateTopic: string | null;
  /** Jinja source of `value_template` (siren, light: `state_value_template`), or null. */
  readonly valueTemplate: string | null;
  /** The main one; a light or a cover may have more in its settings. */
  readonly commandTopic: string | null;
  readonly commandTemplate: string | null;
  /** Its answers are not waited for; true without a state topic. */
  readonly optimistic: boolean;
  /** Topics on which it tells the same as on its state topic. Only Tasmota has them. */
  readonly echoes?: readonly string[];
  /** Topic and Jinja source of its JSON attributes, or null. */
  readonly attributesTopic: string | null;
  readonly attributesTemplate: string | null;
  readonly availability: readonly AvailabilityTopic[];
  readonly availabilityMode: 'latest' | 'any' | 'all';
  /** Milliseconds without a state message after which the entity counts as unavailable; null: never announced. */
  readonly expireAfterMs: number | null;
  /** binary_sensor: goes off by itself after this long, ms. */
  readonly offDelayMs: number | null;
  readonly qos: 0 | 1 | 2;
  /** False: payloads are not text (`encoding: ""`). */
  readonly text: boolean;
  readonly deviceClass: string | null;
  readonly unit: string | null;
  /** `config` and `diagnostic` entities take no part in the verdict. */
  readonly entityCategory: 'config' | 'diagnostic' | null;
  readonly settings: Settings;
};

/** An entity in the registry. Durable. */
export type Entity = {
  /** `<deviceId>.<key>`, both `[a-zA-Z0-9_-]+`: safe in an address. */
  readonly id: string;
  readonly deviceId: string;
  /** Component key (device form) or object id (single form), as announced. */
  readonly key: string;
  readonly uniqueId: string | null;
  /** As announced; null: the device itself. The owner's own name stands in `ownName`. */
  readonly name: string | null;
  readonly ownName: string | null;
  /** From device class, unit or `hw_quantity`. The owner's correction stands in `ownQuantity`. */
  readonly quantity: Quantity;
  readonly ownQuantity: Quantity | null;
  /** Discovery topic that announced it: an empty payload there removes it. */
  readonly discoveryTopic: string;
  /** Why it cannot be read (an unsupported template …), in a code that the app puts into words; null: fine. */
  readonly fault: string | null;
  /** It is about to be announced on another topic: its own may be cleared. Absent: it is not. */
  readonly moving?: true;
  readonly config: EntityConfig;
};

/** A device in the registry. Durable. */
export type Device = {
  readonly id: string;
  readonly kind: DeviceKind;
  /** As announced or as given at pairing; the owner's own name stands in `ownName`. */
  readonly name: string;
  readonly ownName: string | null;
  /** Room by the owner, else by `suggested_area`; "unplaced" without either. */
  readonly roomId: string;
  /** True once the owner chose the room: a later announcement moves it no more. */
  readonly roomIsOwn: boolean;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly swVersion: string | null;
  /** First entry of `identifiers`, or the first connection: what makes two announcements one device. Null: paired, never heard. */
  readonly identifier: string | null;
  /** Name in `origin`, for the hobbyist. */
  readonly origin: string | null;
  /** Of a found device: the discovery topic whose words on the device itself count. Absent: stored before this was noted. */
  readonly describedBy?: string;
  /** The paired gateway that it speaks through; null: none that is known. */
  readonly gatewayId: string | null;
  /** Of a found device: when the gateway that brought it was removed, epoch ms. Absent: it has one, or never had. */
  readonly leftAt?: number;
  /** Of a gateway: the filters of the topics that it may use beside discovery. Null for all others. */
  readonly topics: readonly string[] | null;
};

/** What a device says about itself in discovery. */
export type DeviceDescription = {
  /** All identifiers and connections (`mac:aa:bb`), at least one. */
  readonly identifiers: readonly string[];
  readonly name: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly swVersion: string | null;
  readonly suggestedArea: string | null;
  readonly origin: string | null;
};

/** One entity as a discovery message announces it. */
export type EntityAnnouncement = {
  readonly key: string;
  readonly uniqueId: string | null;
  readonly name: string | null;
  readonly quantity: Quantity;
  readonly fault: string | null;
  readonly config: EntityConfig;
};
