import { z } from 'zod';

/** POST /api/journal/sealed */
export const SealedRequest = z
  .strictObject({
    password: z.string().min(1).max(256).describe('the own one, once more'),
    before: z
      .number()
      .int()
      .min(1)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .describe('`next` of the page before; none: the newest'),
  })
  .meta({ id: 'SealedRequest' });
export type SealedRequest = z.infer<typeof SealedRequest>;

/** A PIN that was typed under duress. In the list of the journal its row looks like any other. */
export const SealedRecord = z
  .object({
    seq: z.number().int().describe('of the row in the journal'),
    at: z.number().describe('epoch ms UTC'),
    houseMs: z.number().describe('house time, ms since the first start'),
    personId: z.string(),
    who: z.string().describe('name of the person; their id when they are gone'),
    purpose: z.string().describe('what the PIN was typed for'),
  })
  .meta({ id: 'SealedRecord' });
export type SealedRecord = z.infer<typeof SealedRecord>;

/**
 * Answer to it. What was typed on the device that asks is never among the records, and nothing tells whether there was anything: the
 * answer there is that of a house in which nobody was ever forced.
 */
export const SealedPage = z
  .object({
    records: z.array(SealedRecord).describe('newest first'),
    looked: z
      .number()
      .int()
      .describe('sealed rows that were opened; nearly all of them say that nothing was wrong'),
    unopened: z.number().int().describe('sealed rows to which you have no key'),
    isWaiting: z
      .boolean()
      .describe('another owner has a key that you lack: you get it when they log in the next time'),
    next: z.number().int().nullable().describe('`before` of the next page; null: that was all'),
  })
  .meta({ id: 'SealedPage' });
export type SealedPage = z.infer<typeof SealedPage>;
