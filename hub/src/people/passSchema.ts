import { z } from 'zod';
import { Name, Utc } from './entrySchema.ts';

const Minute = z.number().int();

/** A span of one weekday in which a pass opens. */
export const WeeklyWindow = z
  .strictObject({
    weekday: z.number().int().min(1).max(7).describe('1 Monday … 7 Sunday'),
    fromMinute: Minute.min(0)
      .max(1_439)
      .describe('minute of the day from which on, by the clock of the house'),
    toMinute: Minute.min(1)
      .max(1_440)
      .describe('until which, that one not included; not after `fromMinute`: until then on the next day'),
  })
  .meta({ id: 'WeeklyWindow' });

/** POST /api/passes */
export const PassRequest = z
  .strictObject({
    name: Name.describe('whom it is for'),
    placeId: z.string().min(1).max(64).describe('of the one door or area that it opens'),
    from: Utc.optional().describe('from when on, epoch ms UTC; default now'),
    until: Utc.describe('until when, epoch ms UTC'),
    weekly: z
      .array(WeeklyWindow)
      .max(28)
      .optional()
      .describe('when in the week; absent or none: at any time'),
    uses: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .nullable()
      .optional()
      .describe('how often; null or absent: as often as the guest likes'),
  })
  .meta({ id: 'PassRequest' });
export type PassRequest = z.infer<typeof PassRequest>;

/** A guest pass in a list. */
export const PassView = z
  .object({
    id: z.string(),
    name: z.string(),
    placeId: z.string(),
    from: z.number().describe('epoch ms UTC'),
    until: z.number().describe('epoch ms UTC; then it is erased'),
    weekly: z.array(WeeklyWindow),
    usesLeft: z.number().int().nullable().default(null),
    createdAt: z.number().describe('epoch ms UTC'),
    by: z.string().describe('name of who made it; empty: they are here no more'),
  })
  .meta({ id: 'GuestPass' });
export type PassView = z.infer<typeof PassView>;

/** GET /api/passes */
export const PassList = z.object({ passes: z.array(PassView) }).meta({ id: 'GuestPassList' });

/** Answer to a new pass: its PIN is shown this once. */
export const PassGrant = z
  .object({ pass: PassView, pin: z.string().describe('eight digits') })
  .meta({ id: 'GuestPassGrant' });
