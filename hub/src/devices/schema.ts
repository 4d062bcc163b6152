import { z } from 'zod';
import { AirView } from '../air/viewSchema.ts';
import { Attribute, Control } from './controlSchema.ts';
import { HealthView } from './healthSchema.ts';

/** Platforms of Home Assistant's MQTT discovery that the hub takes in. */
export const Component = z
  .enum([
    'sensor',
    'binary_sensor',
    'siren',
    'switch',
    'light',
    'lock',
    'cover',
    'valve',
    'button',
    'number',
    'select',
    'text',
    'event',
    'image',
    'camera',
    'update',
    'device_tracker',
    'device_automation',
    'tag',
  ])
  .meta({ id: 'Component' });
export type Component = z.infer<typeof Component>;

/** What tells of the air, and of danger in it. */
export const AIR_QUANTITIES = [
  'oxygen',
  'carbon_monoxide',
  'carbon_dioxide',
  'lel_methane',
  'lel_lpg',
  'gas',
  'smoke',
  'heat',
  'moisture',
  'temperature',
  'humidity',
  'pressure',
  'pm1',
  'pm25',
  'pm4',
  'pm10',
  'nitrogen_dioxide',
  'ozone',
  'hydrogen_sulfide',
  'formaldehyde',
  'radon',
  'voc',
] as const;

/** What tells of somebody who comes, or who lays hands on it. */
export const COMING_QUANTITIES = [
  'motion',
  'occupancy',
  'presence',
  'door',
  'window',
  'garage_door',
  'opening',
  'lock',
  'vibration',
  'tamper',
  'safety',
] as const;

/**
 * What an entity measures or tells, in Home Assistant's device-class words; where it has none (oxygen, lel_*, heat),
 * in ours. With component `binary_sensor` a gas word means "detected".
 */
export const Quantity = z
  .enum([
    ...AIR_QUANTITIES,
    'voc_index',
    'nox_index',
    'illuminance',
    'sound_pressure',
    ...COMING_QUANTITIES,
    'problem',
    'battery',
    'connectivity',
    'plug',
    'power',
    'energy',
    'voltage',
    'current',
    'signal_strength',
    'duration',
    'light',
    'siren',
    'switch',
    'cover',
    'valve',
    'water',
    'button',
    'picture',
    'version',
    'scan',
    'other',
  ])
  .meta({ id: 'Quantity' });
export type Quantity = z.infer<typeof Quantity>;

/** `board`: own board paired here; `gateway`: Zigbee2MQTT, ESPHome …, paired here; `found`: announced by either, or on a foreign broker. */
export const DeviceKind = z.enum(['board', 'gateway', 'found']).meta({ id: 'DeviceKind' });
export type DeviceKind = z.infer<typeof DeviceKind>;

/*
 * A merge patch cannot say "null": to it null means "gone" (RFC 7396). So in what the app is shown, a value that is
 * absent is null.
 */
export const EntityView = z
  .object({
    id: z.string(),
    name: z.string().nullable().default(null).describe('null: the entity is the device itself'),
    component: Component,
    quantity: Quantity,
    unit: z.string().nullable().default(null),
    value: z
      .union([z.number(), z.boolean(), z.string()])
      .nullable()
      .default(null)
      .describe(
        'null: not heard, or unknown. A lock: true is unlocked. A cover or valve: true is open, also in part. An event, button or tag: its last word',
      ),
    attributes: z
      .record(z.string(), Attribute)
      .describe(
        'brightness (%), colorTempK, hue, saturation, effect, position (%), tilt (%), moving (opening, closing), latestVersion, inProgress …, and what its JSON attributes say',
      ),
    control: Control.nullable().default(null).describe('null: it takes no commands'),
    at: z.number().nullable().default(null).describe('when the value was last heard, epoch ms UTC'),
    available: z.boolean().describe('false: lost, expired or announced as offline'),
    reportEveryMs: z.number().nullable().default(null).describe('usual span between two reports'),
    safety: z.boolean().describe('a life depends on it and it is in use: losing it makes the room blind'),
    supervised: z
      .boolean()
      .default(true)
      .describe('its silence would be noticed: it reports regularly, expires or announces its availability'),
    level: z.enum(['safe', 'check', 'warning', 'alarm']).describe('worst limit that this value crosses'),
    fault: z.string().nullable().default(null),
    health: HealthView.nullable().default(null).describe('null: not watched over'),
    air: AirView.nullable().default(null),
    command: z
      .enum(['none', 'pending', 'confirmed', 'timedOut', 'assumed'])
      .describe('last command: asked, confirmed, not answered, or sent to one that never answers'),
  })
  .meta({ id: 'Entity' });
export type EntityView = z.infer<typeof EntityView>;

export const DeviceView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: DeviceKind,
    roomId: z.string(),
    manufacturer: z.string().nullable().default(null),
    model: z.string().nullable().default(null),
    swVersion: z.string().nullable().default(null),
    health: z
      .enum(['ok', 'waiting', 'lost', 'fault'])
      .describe('waiting: never heard since the start; lost: was heard, is no more; fault: cannot be read'),
    lastHeardAt: z.number().nullable().default(null).describe('epoch ms UTC'),
    restarting: z.boolean().describe('more than 3 starts within an hour'),
    flooding: z.boolean().describe('one of its topics brings more than a home needs; the surplus is dropped'),
    full: z
      .boolean()
      .describe(
        'of a gateway: there is no room for more devices of it, or of anybody; new ones are not taken in',
      ),
    gatewayId: z.string().nullable().default(null).describe('the paired gateway that it speaks through'),
    droppedMessages: z.number().int().describe('messages that could not be read since the hub started'),
    entities: z.record(z.string(), EntityView),
  })
  .meta({ id: 'Device' });
export type DeviceView = z.infer<typeof DeviceView>;
/** Quantities on which a life may depend: a room that loses such a sensor is blind. */
export const LIFE_QUANTITIES: ReadonlySet<Quantity> = new Set([
  'oxygen',
  'carbon_monoxide',
  'lel_methane',
  'lel_lpg',
  'gas',
  'smoke',
  'heat',
]);

/** GET /api/devices/:id/announcement: what it said about itself, for the curious. */
export const DeviceAnnouncement = z
  .object({
    entities: z.array(
      z.object({
        id: z.string(),
        component: Component,
        discoveryTopic: z.string(),
        config: z
          .record(z.string(), z.unknown())
          .describe(
            'as it was read: names in full, base topic and shared options put in, defaults filled in',
          ),
      }),
    ),
  })
  .meta({ id: 'DeviceAnnouncement' });
export type DeviceAnnouncement = z.infer<typeof DeviceAnnouncement>;

/** GET /api/devices */
export const DeviceList = z.object({ devices: z.array(DeviceView) }).meta({ id: 'DeviceList' });
export type DeviceList = z.infer<typeof DeviceList>;
