import { z } from 'zod';

/** What an alarm is about. The one list; later domains add their words here. */
export const AlarmKind = z
  .enum([
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
    'intrusion',
    'tamper',
    'panic',
    'duress',
    'trouble',
  ])
  .meta({ id: 'AlarmKind' });
export type AlarmKind = z.infer<typeof AlarmKind>;

/** How bad it is: advisory (a card), warning (act soon), alarm (siren), critical (siren, at once). */
export const AlarmLevel = z.enum(['advisory', 'warning', 'alarm', 'critical']).meta({ id: 'AlarmLevel' });
export type AlarmLevel = z.infer<typeof AlarmLevel>;

/** State after ISA-18.2: B unacknowledged, C acknowledged, D cleared (returned, nobody saw it), E and F latched. */
export const AlarmState = z
  .enum(['unacknowledged', 'acknowledged', 'cleared', 'latched', 'shelved', 'suppressed', 'outOfService'])
  .meta({ id: 'AlarmState' });
export type AlarmState = z.infer<typeof AlarmState>;

/** What it sounds: every siren, a chime in the room and on the screen, or nothing. Source: safety.md §1.1 and §1.5. */
export const AlarmSound = z.enum(['siren', 'chime', 'none']).meta({ id: 'AlarmSound' });
export type AlarmSound = z.infer<typeof AlarmSound>;

/**
 * Why it was raised, for the words of the app. Of the air: a `limit` was crossed; the `dose` of carbon monoxide is full; modelled `cohb`;
 * the `outlook` says that it will be crossed; oxygen falls and carbon dioxide does not rise (`displacement`: another gas pushes
 * it out); a reading that cannot be trusted lies on the dangerous side (`unverified`); a detector's own `contact`. Of trouble: the
 * check that failed (`HealthCheck`), `siren-mute`, or
 * `unanswered` (a valve that has to shut); or `radio`, `power`, `drop-out`, `gateway` when many fell silent at once; or `broker`:
 * the one through which all speak is away.
 */
export const AlarmCause = z
  .enum([
    'limit',
    'dose',
    'cohb',
    'outlook',
    'displacement',
    'unverified',
    'contact',
    'silent',
    'range',
    'malformed',
    'rate',
    'stuck',
    'disagrees',
    'calibration',
    'self-test',
    'end-of-life',
    'battery',
    'battery-volts',
    'signal',
    'clock',
    'restarts',
    'unreadable',
    'siren-mute',
    'unanswered',
    'radio',
    'power',
    'drop-out',
    'gateway',
    'broker',
  ])
  .meta({ id: 'AlarmCause' });
export type AlarmCause = z.infer<typeof AlarmCause>;

export const Room = z
  .object({
    id: z.string().describe('"unplaced" for everything that stands in no room yet'),
    name: z.string().describe('as the owner wrote it; empty for "unplaced"'),
  })
  .meta({ id: 'Room' });
export type Room = z.infer<typeof Room>;

export const Alarm = z
  .object({
    id: z.string().describe('one episode of one alarm; stays the same from raise to return'),
    kind: AlarmKind,
    level: AlarmLevel,
    state: AlarmState,
    room: Room,
    entityId: z.string().describe('the sensor that raised it'),
    since: z.number().describe('when it was raised, epoch ms UTC'),
    value: z
      .union([z.number(), z.boolean()])
      .optional()
      .describe('the value that raised it, or changed its level or its reason'),
    unit: z.string().optional(),
    active: z.boolean().describe('the condition still holds'),
    clearedAt: z.number().optional().describe('when the condition ended, epoch ms UTC'),
    acknowledgedBy: z.string().optional().describe('name of the person who said "I\'m on it"'),
    acknowledgedAt: z.number().optional().describe('epoch ms UTC'),
    late: z.boolean().optional().describe('the message that raised it was more than 60 s old when it came'),
    priority: z
      .number()
      .int()
      .min(1)
      .max(4)
      .default(4)
      .describe(
        '1 life, or a siren that is mute while there is danger, 2 intrusion, duress, water, a life-safety sensor that fails, 3 air and trouble, 4 to know',
      ),
    sound: AlarmSound.default('none').describe('what it sounds while its condition holds'),
    cause: AlarmCause.default('limit'),
    limit: z.number().optional().describe('the limit that was crossed, in `unit`'),
    count: z.number().int().default(1).describe('times its condition came in this episode'),
    hushedUntil: z.number().optional().describe('silent until then, epoch ms UTC, unless it gets worse'),
    mayHush: z
      .boolean()
      .default(false)
      .describe('it sounds now and may be silenced: its level does not rise'),
    shelf: z
      .object({ until: z.number().describe('epoch ms UTC'), by: z.string(), reason: z.string() })
      .optional()
      .describe('kept from sounding and telling until then'),
    service: z
      .object({ since: z.number().describe('epoch ms UTC'), by: z.string(), reason: z.string() })
      .optional()
      .describe('taken out of service by a person'),
    suppressedBy: z.string().optional().describe('the alarm by whose cause this one is explained'),
    firstOut: z.boolean().default(false).describe('the first of several that belong together'),
    firstOutId: z.string().optional().describe('the alarm of which this one is a consequence'),
    chattering: z.boolean().default(false).describe('came and went 3 times within a minute'),
    stale: z.boolean().default(false).describe('has held, or was out of service, for more than 24 h'),
    banner: z
      .boolean()
      .default(false)
      .describe(
        'a danger to life that nobody would be told of now, since it was put aside: said on every screen',
      ),
  })
  .meta({ id: 'Alarm' });
export type Alarm = z.infer<typeof Alarm>;

/**
 * More new alarms than anybody can take in. While it lasts the app shows the least urgent as one card; those of priority 1 and 2
 * always stand for themselves. Source: safety.md ALM-5.
 */
export const AlarmFlood = z
  .object({
    since: z.number().describe('epoch ms UTC'),
    merged: z
      .number()
      .int()
      .describe('alarms of priority 3 and 4 that hold or wait to be seen: "N more" on one card'),
  })
  .meta({ id: 'AlarmFlood' });
export type AlarmFlood = z.infer<typeof AlarmFlood>;

/** GET /api/alarms */
export const AlarmList = z
  .object({ alarms: z.array(Alarm), flood: AlarmFlood.nullable().default(null) })
  .meta({ id: 'AlarmList' });
export type AlarmList = z.infer<typeof AlarmList>;

/**
 * Kinds that endanger life, worst first, as a sounder ranks them: they are never merged, delayed or dropped. Source: safety.md ALM-4
 * (fire > CO = gas > O2 > H2S) and §1.5; carbon dioxide last, ours: §1.1 gives its upper levels the siren.
 */
export const LIFE_KINDS: readonly AlarmKind[] = [
  'smoke',
  'heat',
  'co',
  'gas',
  'oxygen-low',
  'oxygen-high',
  'hydrogen-sulfide',
  'co2',
];
export const LIFE_SAFETY: ReadonlySet<AlarmKind> = new Set(LIFE_KINDS);

const RANK: Readonly<Record<AlarmLevel, number>> = { advisory: 0, warning: 1, alarm: 2, critical: 3 };

/** Compares two levels: positive when `a` is worse than `b`. */
export const compareLevels = (a: AlarmLevel, b: AlarmLevel): number => RANK[a] - RANK[b];

/**
 * How much of a hurry. Source: safety.md ALM-4: 1 life, 2 intrusion, duress and water, and a life-safety sensor that fails (§3.2); 3 air
 * quality and other trouble; 4 what is only to be known.
 * @param isLifeSensor the sensor is one that a life may depend on
 */
export function priorityOf(kind: AlarmKind, level: AlarmLevel, isLifeSensor: boolean): number {
  if (level === 'advisory') return 4;
  if (kind === 'trouble') return isLifeSensor ? 2 : 3;
  if (LIFE_SAFETY.has(kind)) return isSounding(level) ? 1 : 2;
  return isSounding(level) && kind !== 'air-quality' ? 2 : 3;
}

/** Whether this alarm takes the whole screen and sounds the sirens. */
export const isSounding = (level: AlarmLevel): boolean => RANK[level] >= RANK.alarm;
