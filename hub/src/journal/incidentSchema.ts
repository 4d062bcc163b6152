import { z } from 'zod';
import { AlarmEpisode } from '../alarms/lifeSchema.ts';
import { Room } from '../alarms/schema.ts';
import { Quantity } from '../devices/schema.ts';
import { JournalRow } from './schema.ts';

/** What a row of the journal is to an incident: the alarm itself, what the house did, a person, or what else happened meanwhile. */
export const IncidentPart = z.enum(['alarm', 'deed', 'person', 'other']).meta({ id: 'IncidentPart' });
export type IncidentPart = z.infer<typeof IncidentPart>;

export const IncidentRow = JournalRow.extend({ part: IncidentPart }).meta({ id: 'IncidentRow' });
export type IncidentRow = z.infer<typeof IncidentRow>;

/** Where something was measured, or told. */
const Source = {
  entityId: z.string(),
  device: z.string().describe('name of the device'),
  name: z.string().nullable().default(null).describe('of the entity; null: it is the device itself'),
  room: Room,
  quantity: Quantity,
};

/** A curve: the points are those of GET /api/history/:id with `from` and `to` of the incident. */
export const IncidentSeries = z
  .object({
    ...Source,
    unit: z.string().nullable().default(null),
    isCause: z.boolean().describe('of the sensor that raised the alarm'),
    states: z.boolean().describe('on and off, not a number'),
  })
  .meta({ id: 'IncidentSeries' });
export type IncidentSeries = z.infer<typeof IncidentSeries>;

const Held = z.boolean().nullable().describe('open, unlocked, motion, somebody there; null: not known');

/** A door, a window, a lock, or what sees somebody come. */
export const IncidentContact = z
  .object({
    ...Source,
    before: Held.describe('what held when the span began; null: not known'),
    changes: z
      .array(z.object({ at: z.number().describe('epoch ms UTC'), isOn: Held }))
      .describe('the first 200, in the order of time'),
    isWhole: z
      .boolean()
      .describe('false: no readings are kept any more of that time, or there were more than 200 changes'),
  })
  .meta({ id: 'IncidentContact' });
export type IncidentContact = z.infer<typeof IncidentContact>;

/** Somebody outside this screen was told. */
export const IncidentTold = z
  .object({
    at: z.number().describe('epoch ms UTC'),
    houseMs: z.number().describe('house time, ms since the first start'),
    who: z.string(),
    way: z.string().describe('how they were told'),
  })
  .meta({ id: 'IncidentTold' });

/** GET /api/alarms/:id/incident: all that is known of what happened around an alarm, from ten minutes before to ten after. */
export const Incident = z
  .object({
    alarm: AlarmEpisode,
    from: z.number().describe('epoch ms UTC'),
    to: z.number().describe('epoch ms UTC'),
    isOver: z.boolean().describe('the alarm is back to normal'),
    isCut: z.boolean().describe('it lasted longer than what is told: six hours and twenty minutes'),
    rows: z.array(IncidentRow).describe('of the journal, oldest first; the first 500'),
    moreRows: z.boolean(),
    series: z.array(IncidentSeries).describe('the cause first, then what is measured in the same room'),
    contacts: z.array(IncidentContact).describe('those of the same room first; at most 60'),
    moreContacts: z.number().int().describe('that are not among them'),
    loggedIn: z
      .array(z.object({ name: z.string(), lastSeenAt: z.number().describe('epoch ms UTC') }))
      .describe('who had a session meanwhile that has not ended since'),
    told: z.array(IncidentTold),
    toldWhy: z
      .enum(['no-channel'])
      .nullable()
      .describe('why nobody was told; `no-channel`: this hub has no way to tell anybody outside its screens'),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;
