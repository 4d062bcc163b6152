import { z } from 'zod';
import { AlarmKind } from '../alarms/schema.ts';

/** What a row is about. `journal`: the journal itself. */
export const JournalArea = z
  .enum(['house', 'people', 'devices', 'air', 'responses', 'alarms', 'journal'])
  .meta({ id: 'JournalArea' });
export type JournalArea = z.infer<typeof JournalArea>;

const Seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const Utc = z.coerce.number().int().min(0).max(8.64e15);

/** Query of GET /api/journal. All that is given has to hold. */
export const JournalQuery = z
  .strictObject({
    before: Seq.optional().describe('`next` of the page before; none: the newest'),
    limit: z.coerce.number().int().min(1).max(200).default(50).describe('rows'),
    area: JournalArea.optional(),
    type: z
      .string()
      .regex(/^[a-zA-Z]{1,64}$/)
      .optional()
      .describe('one type of fact, for instance alarmRaised'),
    kind: AlarmKind.optional().describe('rows of alarms of that kind'),
    who: z.string().trim().min(1).max(64).optional().describe('name of a person'),
    where: z.string().min(1).max(300).optional().describe('id of a sensor or device, or a network address'),
    text: z.string().trim().min(1).max(100).optional().describe('stands anywhere in the row, in any case'),
    from: Utc.optional().describe('epoch ms UTC'),
    to: Utc.optional().describe('before that, epoch ms UTC'),
  })
  .meta({ id: 'JournalQuery' });
export type JournalQuery = z.infer<typeof JournalQuery>;

export const JournalRow = z
  .object({
    seq: z.number().int().describe('1, 2, 3 … without a gap'),
    at: z.number().describe('wall clock, epoch ms UTC; may jump when somebody sets it'),
    houseMs: z.number().describe('house time, ms since the first start; never runs backwards'),
    area: JournalArea,
    type: z.string(),
    who: z.string().nullable().default(null).describe('name; null: the house itself'),
    where: z.string().nullable().default(null).describe('id of a sensor or device, or a network address'),
    why: z.string().nullable().default(null),
    fact: z.record(z.string(), z.unknown()).describe('all that was written down'),
    isSealed: z.boolean().default(false).describe('has a part that only the owner opens'),
    hash: z.string().describe('SHA-256 over the row and the hash before it, hex'),
  })
  .meta({ id: 'JournalRow' });
export type JournalRow = z.infer<typeof JournalRow>;

export const JournalPage = z
  .object({
    rows: z.array(JournalRow).describe('newest first'),
    next: z.number().int().nullable().default(null).describe('`before` of the next page; null: that was all'),
  })
  .meta({ id: 'JournalPage' });
export type JournalPage = z.infer<typeof JournalPage>;

/** What can be wrong with a journal. */
export const JournalFault = z
  .enum([
    'row-altered',
    'hash-altered',
    'rows-missing',
    'beginning-missing',
    'end-missing',
    'rewritten',
    'checkpoint-altered',
    'checkpoint-missing',
    'other-key',
  ])
  .meta({ id: 'JournalFault' });
export type JournalFault = z.infer<typeof JournalFault>;

export const JournalFinding = z
  .object({
    fault: JournalFault,
    from: z.number().describe('first row that it concerns'),
    to: z.number().describe('last row that it concerns'),
    words: z.string().describe('in plain English'),
  })
  .meta({ id: 'JournalFinding' });
export type JournalFinding = z.infer<typeof JournalFinding>;

/** GET /api/journal/verify */
export const JournalCheck = z
  .object({
    isWhole: z.boolean().describe('no fault was found'),
    checkedAt: z.number().describe('epoch ms UTC'),
    rows: z.number().int().describe('rows that were checked'),
    first: z.number().int().nullable().default(null).describe('number of the oldest row that is kept'),
    last: z.number().int().nullable().default(null),
    checkpoints: z.number().int().describe('signed checkpoints that were checked'),
    signedTo: z.number().int().describe('row up to which a signature holds; 0: none'),
    signedAt: z.number().nullable().default(null).describe('when it was signed, epoch ms UTC'),
    findings: z.array(JournalFinding).describe('the first 100'),
    moreFindings: z.number().int().default(0),
    publicKey: z.string().describe('of the hub, Ed25519, base64 of the 32 bytes'),
  })
  .meta({ id: 'JournalCheck' });
export type JournalCheck = z.infer<typeof JournalCheck>;

/** Query of GET /api/journal/export */
export const JournalExportQuery = z
  .strictObject({ format: z.enum(['csv', 'json']).default('json') })
  .meta({ id: 'JournalExportQuery' });
