import { z } from 'zod';
import { AlarmKind, AlarmLevel } from '../alarms/schema.ts';
import { Quantity } from '../devices/schema.ts';
import { AirView } from './viewSchema.ts';

/** Alarm kinds that the air domain raises. */
export const AirKind = AlarmKind.extract([
  'oxygen-low',
  'oxygen-high',
  'co',
  'co2',
  'gas',
  'hydrogen-sulfide',
  'smoke',
  'heat',
  'water',
  'air-quality',
  'cold',
  'hot',
  'humidity',
]).meta({ id: 'AirKind' });
export type AirKind = z.infer<typeof AirKind>;

/** Whose windows for carbon monoxide hold: EN 50291-1 and UL 2034 contradict each other. Source: safety.md §1.3. */
export const AirProfile = z.enum(['EN', 'US']).meta({ id: 'AirProfile' });
export type AirProfile = z.infer<typeof AirProfile>;

/**
 * What a limit is compared with. `value`: each reading; `mean`: over `windowMs`; `rate`: change per minute; `dose`: share of the dose at
 * which a carbon monoxide alarm sounds, 1 is full; `cohb`: modelled carboxyhaemoglobin, %; `nowCast`: of particles, US EPA;
 * `heatIndex`: felt temperature, °C; `surfaceHumidity`: estimated at the coldest wall, % RH; `minutesLeft`: of the oxygen outlook.
 */
export const Measure = z
  .enum(['value', 'mean', 'rate', 'dose', 'cohb', 'nowCast', 'heatIndex', 'surfaceHumidity', 'minutesLeft'])
  .meta({ id: 'Measure' });
export type Measure = z.infer<typeof Measure>;

/** One limit of the table, as the app shows and edits it. */
export const LimitView = z
  .object({
    id: z.string().describe('`<quantity>/<kind>/<level>/<measure and window>`, stays the same'),
    kind: AirKind,
    quantity: Quantity,
    level: AlarmLevel,
    measure: Measure,
    windowMs: z.number().nullable().default(null).describe('of a mean or a rate, ms'),
    crosses: z.enum(['below', 'atMost', 'above', 'atLeast', 'on']),
    limit: z.number().describe('that holds now, in `unit`'),
    unit: z.string().nullable().default(null),
    standard: z.number().describe('as the table has it'),
    own: z.boolean().describe('the owner chose it'),
    editable: z.boolean().describe('false: a contact, a dose, the outlook'),
    strictest: z.number().describe('as far as it may be made stricter, in `unit`'),
    weakest: z
      .number()
      .describe('as far as it may be made weaker; `standard` where it may not (safety.md AIR-1)'),
    hysteresis: z.number(),
    onDelayMs: z.number(),
    offDelayMs: z.number(),
    latching: z.boolean(),
    source: z.string().describe('in English: where the figure comes from'),
  })
  .meta({ id: 'Limit' });
export type LimitView = z.infer<typeof LimitView>;

/** GET, PATCH /api/air/limits */
export const AirLimits = z
  .object({ profile: AirProfile, sensitivePeople: z.boolean(), limits: z.array(LimitView) })
  .meta({ id: 'AirLimits' });
export type AirLimits = z.infer<typeof AirLimits>;

export const AirLimitsPatch = z
  .strictObject({
    profile: AirProfile.optional(),
    sensitivePeople: z
      .boolean()
      .optional()
      .describe('children or somebody pregnant live here: modelled uptake of carbon monoxide times 1.5'),
    own: z
      .array(z.strictObject({ id: z.string().max(100), limit: z.number().nullable() }))
      .max(200)
      .optional()
      .describe('null: as the table has it'),
  })
  .meta({ id: 'AirLimitsPatch' });
export type AirLimitsPatch = z.infer<typeof AirLimitsPatch>;

/** POST /api/air/whatif */
export const WhatIfRequest = z
  .strictObject({ id: z.string().max(100), limit: z.number() })
  .meta({ id: 'WhatIfRequest' });
export type WhatIfRequest = z.infer<typeof WhatIfRequest>;

export const WhatIf = z
  .object({
    days: z.number().describe('days of history that were looked through, at most 30'),
    coverage: z.number().min(0).max(1).describe('share of that time in which a sensor was heard'),
    times: z.number().int().describe('times it would have been raised'),
    atNight: z
      .number()
      .int()
      .describe("of these, between 22 and 7 o'clock by the clock of the hub, in its own time zone (`TZ`)"),
    timesNow: z.number().int().describe('times with the limit that holds now'),
    episodes: z
      .array(
        z.object({
          entityId: z.string(),
          from: z.number().describe('epoch ms UTC'),
          to: z.number().nullable().default(null),
          worst: z.number(),
        }),
      )
      .describe('the last 20'),
  })
  .meta({ id: 'WhatIf' });
export type WhatIf = z.infer<typeof WhatIf>;

/** How one limit stands with one sensor: the answer to "why (not)?". */
export const LimitTrace = z
  .object({
    limit: LimitView,
    now: z.number().nullable().default(null).describe('what is compared; null: cannot be computed'),
    coverage: z.number().min(0).max(1).nullable().default(null),
    phase: z
      .enum(['not-computable', 'clear', 'pending', 'holds', 'clearing'])
      .describe('pending: crossed, the on-delay runs; clearing: clear, the off-delay runs'),
    since: z
      .number()
      .nullable()
      .default(null)
      .describe('pending: crossed since; holds: raised since; clearing: clear since; epoch ms UTC'),
    endsAt: z.number().nullable().default(null).describe('when the running delay ends, epoch ms UTC'),
    suppressors: z
      .array(
        z.enum(['warming-up', 'doubtful', 'silent', 'shelved', 'out-of-service', 'suppressed', 'hushed']),
      )
      .describe('what keeps it from being told'),
  })
  .meta({ id: 'LimitTrace' });
export type LimitTrace = z.infer<typeof LimitTrace>;

export const Calibration = z
  .object({
    at: z.number().describe('epoch ms UTC'),
    by: z.string(),
    kind: z.enum(['fresh-air', 'baseline']),
    factor: z.number().describe('reading times this is the true value'),
    raw: z.number().describe('% vol as the cell said it'),
    temperature: z.number().nullable().default(null),
    humidity: z.number().nullable().default(null),
    pressure: z.number().nullable().default(null),
  })
  .meta({ id: 'Calibration' });
export type Calibration = z.infer<typeof Calibration>;

/** GET /api/air/sensors/:id */
export const SensorTrace = z
  .object({
    entityId: z.string(),
    quantity: Quantity,
    limits: z.array(LimitTrace),
    air: AirView.nullable().default(null),
    calibration: z
      .object({
        last: Calibration.nullable().default(null),
        baselineOffset: z.number().describe('% vol moved by itself since'),
        dueAt: z.number().nullable().default(null).describe('epoch ms UTC'),
        history: z.array(Calibration),
      })
      .nullable()
      .default(null)
      .describe('of oxygen cells only'),
  })
  .meta({ id: 'SensorTrace' });
export type SensorTrace = z.infer<typeof SensorTrace>;

/**
 * Why a cell cannot be calibrated now; `detail` of the problem `calibration-refused`. `not-oxygen`: it is no oxygen cell; `too-few`: it
 * was not heard for five minutes, or cannot be believed; `not-outdoors`: carbon dioxide beside it is that of a room; `not-steady`: it
 * still moves; `no-climate`: temperature or humidity beside it is missing; `span`: it would be off by more than 15 % from the last time;
 * `worn-out`: it gives less than 70 % of what it gave at first, replace it.
 */
export const CalibrationRefusal = z
  .enum(['not-oxygen', 'too-few', 'not-outdoors', 'not-steady', 'no-climate', 'span', 'worn-out'])
  .meta({ id: 'CalibrationRefusal' });
export type CalibrationRefusal = z.infer<typeof CalibrationRefusal>;

/** POST /api/air/sensors/:id/calibrations: the sensor is in outdoor air now. */
export const CalibrationRequest = z
  .strictObject({ kind: z.literal('fresh-air') })
  .meta({ id: 'CalibrationRequest' });
