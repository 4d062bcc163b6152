import { z } from 'zod';

/** How far a sensor can be believed, worst last. Source: safety.md §3.2. */
export const HealthState = z
  .enum(['ok', 'warming-up', 'suspect', 'end-of-life', 'fault', 'lost', 'disabled'])
  .meta({ id: 'HealthState' });
export type HealthState = z.infer<typeof HealthState>;

/** What is looked at, one word a row of safety.md §3.2. */
export const HealthCheck = z
  .enum([
    'silent',
    'range',
    'malformed',
    'rate',
    'stuck',
    'disagrees',
    'warm-up',
    'calibration',
    'self-test',
    'end-of-life',
    'battery',
    'battery-volts',
    'signal',
    'clock',
    'restarts',
    'unreadable',
    'disabled',
  ])
  .meta({ id: 'HealthCheck' });
export type HealthCheck = z.infer<typeof HealthCheck>;

/** A check that does not pass. */
export const HealthFinding = z
  .object({
    state: HealthState.exclude(['ok']),
    priority: z.number().int().min(2).max(4).describe('of its trouble, as of an alarm'),
    since: z.number().describe('epoch ms UTC'),
    until: z.number().nullable().default(null).describe('when it ends by itself (warming up), epoch ms UTC'),
    detail: z.number().nullable().default(null).describe('battery %, days left, dBm … as the check has it'),
  })
  .meta({ id: 'HealthFinding' });
export type HealthFinding = z.infer<typeof HealthFinding>;

export const HealthView = z
  .object({
    state: HealthState,
    findings: z.partialRecord(HealthCheck, HealthFinding).describe('by check; none: all pass'),
    tested: z
      .number()
      .nullable()
      .default(null)
      .describe('when a person last tested it, or it sounded, epoch ms UTC'),
    testHour: z
      .number()
      .int()
      .min(0)
      .max(23)
      .nullable()
      .default(null)
      .describe('hour of the day at which its test is asked for, by the clock of the hub; null: it never is'),
    madeOn: z.string().nullable().default(null).describe('month of manufacture, YYYY-MM'),
    lifeMonths: z.number().int().nullable().default(null),
    lowVolts: z
      .number()
      .nullable()
      .default(null)
      .describe('under so many volts its battery is low; null: it tells none, or tells percent'),
    technology: z.string().nullable().default(null),
  })
  .meta({ id: 'Health' });
export type HealthView = z.infer<typeof HealthView>;

/** Why a reading may not be compared with a limit as it is. */
export const Doubt = z.enum(['warming-up', 'range', 'rate', 'suspect', 'fault']);
export type Doubt = z.infer<typeof Doubt>;

/** How a sensor measures: what decides how long it warms up and lives. Source: safety.md §3.2. */
export const SensorTechnology = z
  .enum(['electrochemical', 'galvanic', 'ndir', 'mox', 'mq', 'sgp4x', 'optical', 'other'])
  .meta({ id: 'SensorTechnology' });
export type SensorTechnology = z.infer<typeof SensorTechnology>;

/** PATCH /api/entities/:id/upkeep. Null: not known. */
export const Upkeep = z
  .strictObject({
    madeOn: z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
      .nullable()
      .optional(),
    lifeMonths: z.number().int().min(1).max(240).nullable().optional(),
    technology: SensorTechnology.nullable().optional(),
    testHour: z.number().int().min(0).max(23).nullable().optional(),
    lowVolts: z.number().min(0.5).max(60).nullable().optional(),
    tested: z.literal(true).optional().describe('a person tested it just now'),
    disabled: z.boolean().optional().describe('nobody relies on it any more; not possible during its alarm'),
  })
  .meta({ id: 'Upkeep' });
export type Upkeep = z.infer<typeof Upkeep>;
