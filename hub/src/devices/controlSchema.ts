import { z } from 'zod';

/** What an entity is asked to take on: only what stands here can be asked of it. */
export const Control = z
  .discriminatedUnion('is', [
    z.object({ is: z.literal('switch') }),
    z.object({ is: z.literal('siren'), tones: z.array(z.string()) }),
    z.object({
      is: z.literal('light'),
      brightness: z.boolean(),
      colorTempK: z
        .object({ min: z.number(), max: z.number() })
        .nullable()
        .default(null)
        .describe('kelvin; null: it has no colour temperature'),
      color: z.boolean(),
      effects: z.array(z.string()),
    }),
    z.object({ is: z.literal('lock'), opens: z.boolean().describe('can also pull the latch') }),
    z.object({
      is: z.enum(['cover', 'valve']),
      moves: z.boolean().describe('takes open and close'),
      stops: z.boolean(),
      position: z.boolean(),
      tilt: z.boolean(),
    }),
    z.object({ is: z.enum(['button', 'update']) }),
    z.object({ is: z.literal('number'), min: z.number(), max: z.number(), step: z.number() }),
    z.object({ is: z.literal('select'), options: z.array(z.string()) }),
    z.object({
      is: z.literal('text'),
      min: z.number().int(),
      max: z.number().int(),
      pattern: z.string().nullable().default(null),
      secret: z.boolean(),
    }),
  ])
  .meta({ id: 'Control' });
export type Control = z.infer<typeof Control>;

/** One value beside the main one. */
export const Attribute = z.union([z.number(), z.boolean(), z.string()]);
export type Attribute = z.infer<typeof Attribute>;
