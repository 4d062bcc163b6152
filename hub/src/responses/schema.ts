import { z } from 'zod';
import { AlarmKind, AlarmLevel } from '../alarms/schema.ts';

/**
 * What the house does by itself. `ventilate`: fans on, never for gas, smoke or heat; `fans-off`: fans off in smoke; `gas-valve`: shut;
 * `water-valve`: shut; `way-out`: lights on, never for gas. Domains that come later add their own.
 */
export const ResponseId = z
  .enum(['ventilate', 'fans-off', 'gas-valve', 'water-valve', 'way-out'])
  .meta({ id: 'ResponseId' });
export type ResponseId = z.infer<typeof ResponseId>;

export const ResponseView = z
  .object({
    id: ResponseId,
    enabled: z.boolean(),
    kinds: z.array(AlarmKind).describe('alarms at which it is done'),
    fromLevel: AlarmLevel.describe('at this level or a worse one'),
    mayKinds: z.array(AlarmKind).describe('kinds that may be chosen: some never may'),
    entityIds: z.array(z.string()).describe('what is switched'),
    mayEntityIds: z.array(z.string()).describe('what may be chosen'),
    lastRan: z
      .object({ at: z.number().describe('epoch ms UTC'), alarmId: z.string(), withheld: z.boolean() })
      .nullable()
      .default(null)
      .describe('withheld: gas forbade it'),
    handsBack: z.boolean().describe('what it switched on goes off when the alarm is over'),
  })
  .meta({ id: 'Response' });
export type ResponseView = z.infer<typeof ResponseView>;

/** GET /api/responses */
export const ResponseList = z
  .object({
    responses: z.array(ResponseView),
    interlock: z
      .boolean()
      .describe('gas: nothing is switched but sirens on and valves shut, by nobody (safety.md AIR-5)'),
  })
  .meta({ id: 'ResponseList' });
export type ResponseList = z.infer<typeof ResponseList>;

/** PATCH /api/responses/:id */
export const ResponsePatch = z
  .strictObject({
    enabled: z.boolean().optional(),
    kinds: z.array(AlarmKind).max(30).optional(),
    fromLevel: AlarmLevel.optional(),
    entityIds: z.array(z.string().max(200)).max(64).optional(),
  })
  .meta({ id: 'ResponsePatch' });
export type ResponsePatch = z.infer<typeof ResponsePatch>;
