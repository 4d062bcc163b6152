import { z } from 'zod';

/** Most steps that one chart may ask for. A 4K screen has fewer columns. */
export const MAX_BUCKETS = 2_000;

const Utc = z.number().int().describe('epoch ms UTC');
const QueryUtc = z.coerce.number().int().min(0).max(8_640_000_000_000_000);
const column = z
  .array(z.number().nullable())
  .describe('one a bucket; null: nothing was heard in it. States: what held in it; null: not known');

/** GET /api/history/:series. All bounds are optional: the last 24 hours in 300 buckets. */
export const HistoryQuery = z
  .strictObject({
    from: QueryUtc.optional().describe('epoch ms UTC, included'),
    to: QueryUtc.optional().describe('epoch ms UTC, not included'),
    buckets: z.coerce
      .number()
      .int()
      .min(1)
      .max(MAX_BUCKETS)
      .optional()
      .describe('at most so many; fewer when a bucket would be shorter than the finest step'),
  })
  .meta({ id: 'HistoryQuery' });
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** A series in equal steps. `:series` is the id of its entity; on and off are 1 and 0. */
export const HistoryRange = z
  .object({
    t0: Utc.describe('begin of the first bucket, epoch ms UTC'),
    step: z.number().int().positive().describe('length of a bucket, ms'),
    min: column,
    max: column,
    avg: column.describe('mean of the readings; states: share of the known time that it was on'),
    n: z.array(z.number().int()).describe('readings in the bucket'),
    unit: z.string().nullable().describe('null: on and off, or a number without a unit'),
    states: z.boolean().describe('true: on (1) and off (0), which hold until the next reading'),
    before: z.number().nullable().describe('states only: what held when the range began; null: not known'),
  })
  .meta({ id: 'HistoryRange' });
export type HistoryRange = z.infer<typeof HistoryRange>;

/** GET /api/history: what is kept, and what it costs. */
export const HistoryStatus = z
  .object({
    rows: z.number().int().describe('readings that are kept'),
    bytes: z.number().int().describe('size on disk, with what waits in the log of the database'),
    freeBytes: z.number().int().describe('room that is left on that disk'),
    oldest: z.number().nullable().describe('the oldest reading, epoch ms UTC'),
    rawDays: z.number().int().describe('days for which every reading is kept'),
    hourlyDays: z.number().int().describe('days for which the hourly minimum, mean and maximum are kept'),
    paused: z
      .enum(['disk-full', 'damaged'])
      .nullable()
      .describe('null: recording. Otherwise nothing is recorded now; alarms go on all the same'),
    droppedRows: z.number().int().describe('readings that could not be kept since the hub started'),
  })
  .meta({ id: 'HistoryStatus' });
export type HistoryStatus = z.infer<typeof HistoryStatus>;

/** PATCH /api/history */
export const HistorySettings = z
  .strictObject({
    rawDays: z.number().int().min(1).max(3_650).optional(),
    hourlyDays: z.number().int().min(30).max(36_500).optional(),
  })
  .meta({ id: 'HistorySettings' });
export type HistorySettings = z.infer<typeof HistorySettings>;

/** Why an import ended without a row being kept. */
export const ImportFailure = z
  .enum([
    'not-readable',
    'not-a-recorder',
    'no-rows',
    'bad-header',
    'bad-row',
    'damaged',
    'too-large',
    'disk-full',
    'cancelled',
    'hub-restarted',
  ])
  .meta({ id: 'ImportFailure' });
export type ImportFailure = z.infer<typeof ImportFailure>;

/** One series that an imported file holds. */
export const ImportSource = z
  .object({
    source: z.string().describe('its name in the file, for instance sensor.kitchen_co2'),
    name: z.string().nullable(),
    unit: z.string().nullable(),
    rows: z.number().int(),
    from: Utc,
    to: Utc,
    match: z.string().nullable().describe('entity that it is probably a series of; null: nobody knows'),
  })
  .meta({ id: 'ImportSource' });
export type ImportSource = z.infer<typeof ImportSource>;

/** A file that is being taken in: looked through, then matched by a person, then imported whole or not at all. */
export const HistoryImport = z
  .object({
    id: z.string(),
    fileName: z.string(),
    kind: z.enum(['home-assistant', 'csv']).nullable().describe('null: not known yet'),
    state: z.enum(['reading', 'ready', 'importing', 'done', 'failed']),
    progress: z.number().min(0).max(1).describe('of the present state'),
    sources: z.array(ImportSource),
    rows: z.number().int().describe('readings that were taken in'),
    doubles: z.number().int().describe('readings that were there already, and those that are no values'),
    failure: ImportFailure.nullable(),
    failedLine: z.number().int().nullable().describe('CSV: the line that could not be read, from 1'),
  })
  .meta({ id: 'HistoryImport' });
export type HistoryImport = z.infer<typeof HistoryImport>;

/** POST /api/history/imports?name=… The body is the file. */
export const ImportQuery = z
  .strictObject({ name: z.string().trim().min(1).max(255) })
  .meta({ id: 'ImportQuery' });

/** POST /api/history/imports/:id/start: which source goes to which entity. What is not named stays out. */
export const ImportStart = z
  .strictObject({ map: z.record(z.string().max(255), z.string().max(256)) })
  .meta({ id: 'ImportStart' });
export type ImportStart = z.infer<typeof ImportStart>;

/** GET /api/history/imports */
export const ImportList = z.object({ imports: z.array(HistoryImport) }).meta({ id: 'ImportList' });
export type ImportList = z.infer<typeof ImportList>;
