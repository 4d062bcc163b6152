import { z } from 'zod';

/** Where the oxygen of a room is going. `off`: it cannot be told, and why. */
export const Outlook = z
  .object({
    state: z.enum(['off', 'learning', 'steady', 'falling', 'rising']),
    why: z
      .enum(['no-climate', 'doubtful', 'too-few'])
      .nullable()
      .default(null)
      .describe('no-climate: temperature or humidity of the room is missing'),
    rule: z.enum(['fast', 'main', 'slow']).nullable().default(null).describe('the worst rule that holds'),
    perMinute: z.number().nullable().default(null).describe('% vol per minute, median slope'),
    minutes: z
      .object({ soonest: z.number(), likely: z.number(), latest: z.number().nullable().default(null) })
      .nullable()
      .default(null)
      .describe('to 19.5 %; latest null: perhaps never'),
    displacement: z.boolean().describe('oxygen falls and carbon dioxide does not rise: another gas?'),
    dry: z.number().nullable().default(null).describe('dry-equivalent oxygen, % vol'),
  })
  .meta({ id: 'Outlook' });
export type Outlook = z.infer<typeof Outlook>;

/** What the hub concludes from one sensor beside its value. Part of the entity in the snapshot; null: nothing. */
export const AirView = z
  .object({
    trend: z
      .enum(['rising', 'falling', 'steady'])
      .nullable()
      .default(null)
      .describe('over the last 15 minutes; null: too little was heard'),
    means: z
      .record(
        z.string(),
        z.object({
          windowMs: z.number(),
          mean: z.number().nullable().default(null).describe('null: under 75 % of the window was heard'),
          coverage: z.number().min(0).max(1),
        }),
      )
      .describe('by name: 10min, 1h, 8h …'),
    dose: z.number().nullable().default(null).describe('carbon monoxide: share of the alarm dose, 1 is full'),
    cohb: z.number().nullable().default(null).describe('modelled exposure of a person in this room, % COHb'),
    aqi: z.number().nullable().default(null).describe('US EPA index of particles; 501: beyond it'),
    heatIndex: z.number().nullable().default(null).describe('felt temperature, °C'),
    mould: z.boolean().nullable().default(null).describe('surfaces have been damp for days'),
    outlook: Outlook.nullable().default(null),
  })
  .meta({ id: 'Air' });
export type AirView = z.infer<typeof AirView>;
