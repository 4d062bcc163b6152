import { z } from 'zod';
import { Language } from './schema.ts';

/** What something of a person is kept for. `face`: to know them at the door. */
export const ConsentPurpose = z.enum(['face']).meta({ id: 'ConsentPurpose' });
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

const Version = z.number().int().min(1).max(10_000);

/** POST /api/consents and /api/people/:id/consents */
export const ConsentRequest = z
  .strictObject({
    purpose: ConsentPurpose,
    version: Version.describe('of the text that the person has read'),
    language: Language.describe('in which they have read it'),
  })
  .meta({ id: 'ConsentRequest' });
export type ConsentRequest = z.infer<typeof ConsentRequest>;

/** What somebody agreed to. */
export const ConsentView = z
  .object({
    id: z.string(),
    purpose: ConsentPurpose,
    version: Version,
    language: Language,
    givenAt: z.number().describe('epoch ms UTC'),
    endsAt: z.number().describe('epoch ms UTC'),
    guardian: z.string().nullable().default(null).describe('who agreed for a child; null: the person'),
    withdrawnAt: z.number().nullable().default(null).describe('epoch ms UTC; null: it was not'),
    counts: z.boolean().describe('neither withdrawn nor over, and the text is still the same'),
  })
  .meta({ id: 'Consent' });
export type ConsentView = z.infer<typeof ConsentView>;

/** A text to agree to. */
export const ConsentText = z
  .object({
    purpose: ConsentPurpose,
    version: Version,
    en: z.string(),
    ar: z.string(),
    lastsMs: z.number().describe('how long a consent lasts, ms'),
  })
  .meta({ id: 'ConsentText' });
export type ConsentText = z.infer<typeof ConsentText>;

/** GET /api/consents and /api/people/:id/consents */
export const ConsentList = z
  .object({ texts: z.array(ConsentText), consents: z.array(ConsentView).describe('the newest first') })
  .meta({ id: 'ConsentList' });
