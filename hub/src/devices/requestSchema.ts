import { z } from 'zod';
import { Quantity } from './schema.ts';

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

const Percent = z.number().min(0).max(100);

/** POST /api/entities/:id/command. Exactly what `control` of the entity offers. */
export const CommandRequest = z
  .union([
    z.strictObject({
      on: z.boolean(),
      tone: z.string().max(255).optional().describe('siren'),
      durationS: z.number().positive().max(86_400).optional().describe('siren, seconds'),
      volume: z.number().min(0).max(1).optional().describe('siren'),
      brightness: Percent.optional().describe('light, %; 0 is off'),
      colorTempK: z.number().min(1_000).max(20_000).optional().describe('light, kelvin'),
      hue: z.number().min(0).max(360).optional().describe('light, degrees; with saturation'),
      saturation: Percent.optional().describe('light, %; with hue'),
      effect: z.string().max(255).optional().describe('light'),
      transitionS: z.number().min(0).max(3_600).optional().describe('light, seconds'),
    }),
    z.strictObject({ do: z.enum(['lock', 'unlock', 'open', 'close', 'stop', 'press', 'install']) }),
    z.strictObject({ position: Percent }),
    z.strictObject({ tilt: Percent }),
    z.strictObject({ set: z.union([z.number(), z.string().max(255)]) }),
  ])
  .meta({ id: 'CommandRequest' });
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
      plainPort: z
        .number()
        .int()
        .nullable()
        .default(null)
        .describe('port without TLS, for firmware that speaks none; null: none is known'),
      ca: z.string().nullable().describe('PEM of the certificate authority to trust; null without TLS'),
      username: z.string(),
      password: z.string().describe('shown once'),
    }),
  })
  .meta({ id: 'Pairing' });
export type Pairing = z.infer<typeof Pairing>;
