import { z } from 'zod';

/** What an alarm is about. The one list; later domains add their words here. */
export const AlarmKind = z
  .enum([
    'oxygen-low',
    'oxygen-high',
    'co',
    'co2',
    'gas',
    'smoke',
    'heat',
    'water',
    'air-quality',
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
      .describe('the value that raised it or changed its level'),
    unit: z.string().optional(),
    active: z.boolean().describe('the condition still holds'),
    clearedAt: z.number().optional().describe('when the condition ended, epoch ms UTC'),
    acknowledgedBy: z.string().optional().describe('name of the person who said "I\'m on it"'),
    acknowledgedAt: z.number().optional().describe('epoch ms UTC'),
    late: z.boolean().optional().describe('the message that raised it was more than 60 s old when it came'),
  })
  .meta({ id: 'Alarm' });
export type Alarm = z.infer<typeof Alarm>;

/** GET /api/alarms */
export const AlarmList = z.object({ alarms: z.array(Alarm) }).meta({ id: 'AlarmList' });
export type AlarmList = z.infer<typeof AlarmList>;

/** Kinds that endanger life: they sound every siren and are never merged, delayed or dropped. */
export const LIFE_SAFETY: ReadonlySet<AlarmKind> = new Set([
  'smoke',
  'heat',
  'co',
  'gas',
  'oxygen-low',
  'oxygen-high',
]);

const RANK: Readonly<Record<AlarmLevel, number>> = { advisory: 0, warning: 1, alarm: 2, critical: 3 };

/** Compares two levels: positive when `a` is worse than `b`. */
export const compareLevels = (a: AlarmLevel, b: AlarmLevel): number => RANK[a] - RANK[b];

/** Whether this alarm takes the whole screen and sounds the sirens. */
export const isSounding = (level: AlarmLevel): boolean => RANK[level] >= RANK.alarm;
