import { z } from 'zod';
import { AlarmCause, AlarmKind, AlarmLevel, AlarmState, Room } from './schema.ts';

/** POST /api/alarms/:id/shelve */
export const ShelveRequest = z
  .strictObject({
    minutes: z.number().int().min(1).max(1440).describe('a life-safety alarm: at most 480'),
    reason: z.string().trim().min(1).max(200),
  })
  .meta({ id: 'ShelveRequest' });
export type ShelveRequest = z.infer<typeof ShelveRequest>;

/** POST /api/alarms/:id/out-of-service */
export const ServiceRequest = z
  .strictObject({ reason: z.string().trim().min(1).max(200) })
  .meta({ id: 'ServiceRequest' });
export type ServiceRequest = z.infer<typeof ServiceRequest>;

/** What moved an alarm from one state to another. */
export const AlarmEvent = z
  .enum([
    'raised',
    'level-changed',
    'changed',
    'cleared',
    'acknowledged',
    'reset',
    'hushed',
    'hush-ended',
    'shelved',
    'unshelved',
    'suppressed',
    'unsuppressed',
    'taken-out',
    'put-back',
    'chatter-began',
    'chatter-ended',
    'stale',
    'shown-again',
    'retired',
  ])
  .meta({ id: 'AlarmEvent' });
export type AlarmEvent = z.infer<typeof AlarmEvent>;

/** One row of an alarm's life. `normal` is the state of an alarm that is in no list. */
export const AlarmTransition = z
  .object({
    at: z.number().describe('epoch ms UTC'),
    event: AlarmEvent,
    from: z.union([AlarmState, z.literal('normal')]),
    to: z.union([AlarmState, z.literal('normal')]),
    level: AlarmLevel,
    value: z.union([z.number(), z.boolean()]).nullable().default(null),
    by: z.string().nullable().default(null).describe('null: the house'),
  })
  .meta({ id: 'AlarmTransition' });
export type AlarmTransition = z.infer<typeof AlarmTransition>;

/** One episode of one alarm, from the raise to the return. */
export const AlarmEpisode = z
  .object({
    id: z.string(),
    kind: AlarmKind,
    peak: AlarmLevel,
    cause: AlarmCause,
    room: Room,
    entityId: z.string(),
    since: z.number().describe('epoch ms UTC'),
    endedAt: z.number().nullable().default(null).describe('back to normal, epoch ms UTC; null: not yet'),
    unit: z.string().nullable().default(null),
    transitions: z.array(AlarmTransition).describe('oldest first; of a long life the last 100'),
  })
  .meta({ id: 'AlarmEpisode' });
export type AlarmEpisode = z.infer<typeof AlarmEpisode>;

/** GET /api/alarms/history */
export const AlarmHistory = z
  .object({
    episodes: z.array(AlarmEpisode).describe('newest first'),
    next: z.string().nullable().default(null).describe('`before` of the next page; null: that was all'),
  })
  .meta({ id: 'AlarmHistory' });
export type AlarmHistory = z.infer<typeof AlarmHistory>;

/** Query of GET /api/alarms/history. */
export const AlarmHistoryQuery = z
  .strictObject({
    before: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional()
      .describe('`next` of the page before; none: the newest'),
    limit: z.coerce.number().int().min(1).max(50).default(20).describe('episodes'),
    kind: AlarmKind.optional(),
    entityId: z.string().min(1).max(300).optional(),
    room: z.string().min(1).max(100).optional().describe('id of the room in which it began'),
  })
  .meta({ id: 'AlarmHistoryQuery' });
export type AlarmHistoryQuery = z.infer<typeof AlarmHistoryQuery>;
