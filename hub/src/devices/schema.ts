import { z } from 'zod';

/** Platforms of Home Assistant's MQTT discovery that the hub takes in. */
export const Component = z.enum(['sensor', 'binary_sensor', 'siren', 'switch']).meta({ id: 'Component' });
export type Component = z.infer<typeof Component>;

/**
 * What an entity measures or tells, in Home Assistant's device-class words; where it has none (oxygen, lel_*, heat),
 * in ours. With component `binary_sensor` a gas word means "detected".
 */
export const Quantity = z
  .enum([
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
    'voc_index',
    'nox_index',
    'illuminance',
    'sound_pressure',
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
      .union([z.number(), z.boolean()])
      .nullable()
      .default(null)
      .describe('null: not heard, or unknown'),
    at: z.number().nullable().default(null).describe('when the value was last heard, epoch ms UTC'),
    available: z.boolean().describe('false: lost, expired or announced as offline'),
    reportEveryMs: z
      .number()
      .nullable()
      .default(null)
      .describe('usual span between two reports; a value older than twice this is not shown as live'),
    safety: z.boolean().describe('takes part in the verdict: losing it makes the room blind'),
    supervised: z
      .boolean()
      .default(true)
      .describe('its silence would be noticed: it reports regularly, expires or announces its availability'),
    level: z.enum(['safe', 'check', 'warning', 'alarm']).describe('worst limit that this value crosses'),
    fault: z.string().nullable().default(null),
    command: z
      .enum(['none', 'pending', 'confirmed', 'timedOut', 'assumed'])
      .describe(
        'last command: asked, confirmed by the device, not answered, or sent to one that never answers',
      ),
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
      .describe(
        'waiting: paired or announced, never heard since the start; lost: was heard, is no more; fault: cannot be read',
      ),
    lastHeardAt: z.number().nullable().default(null).describe('epoch ms UTC'),
    restarting: z.boolean().describe('more than 3 starts within an hour'),
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

const Name = z.string().trim().min(1).max(64);

/** PATCH /api/devices/:id. Only the keys present change; null gives a name back to the announced one. */
export const DevicePatch = z
  .strictObject({
    name: Name.nullable().optional(),
    room: z
      .string()
      .trim()
      .max(64)
      .optional()
      .describe('name of the room; a new one is made; empty: unplaced'),
    entities: z
      .record(
        z.string().max(200),
        z.strictObject({ name: Name.nullable().optional(), quantity: Quantity.nullable().optional() }),
      )
      .optional(),
  })
  .meta({ id: 'DevicePatch' });
export type DevicePatch = z.infer<typeof DevicePatch>;

/** POST /api/entities/:id/command */
export const CommandRequest = z.strictObject({ on: z.boolean() }).meta({ id: 'CommandRequest' });
export type CommandRequest = z.infer<typeof CommandRequest>;

/** POST /api/pairings */
export const PairingRequest = z
  .strictObject({
    name: Name.describe('what the owner calls it'),
    kind: z.enum(['board', 'gateway']),
    topics: z
      .array(z.string().min(1).max(200))
      .max(32)
      .optional()
      .describe('gateway only: topic filters it may publish and subscribe, for instance "zigbee2mqtt/#"'),
  })
  .meta({ id: 'PairingRequest' });
export type PairingRequest = z.infer<typeof PairingRequest>;

export const Pairing = z
  .object({
    deviceId: z.string(),
    mqtt: z.object({
      host: z.string(),
      port: z.number().int(),
      tls: z.boolean(),
      ca: z.string().nullable().describe('PEM of the certificate authority to trust; null without TLS'),
      username: z.string(),
      password: z.string().describe('shown once'),
    }),
  })
  .meta({ id: 'Pairing' });
export type Pairing = z.infer<typeof Pairing>;

/** GET /api/devices */
export const DeviceList = z.object({ devices: z.array(DeviceView) }).meta({ id: 'DeviceList' });
export type DeviceList = z.infer<typeof DeviceList>;
