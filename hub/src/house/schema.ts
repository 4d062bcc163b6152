import { z } from 'zod';
import { Alarm, AlarmFlood, Room } from '../alarms/schema.ts';
import { DeviceView } from '../devices/schema.ts';

/** One word for the whole house. Worst wins: alarm, warning, blind, check, safe. `blind`: we cannot tell. */
export const Verdict = z.enum(['safe', 'check', 'warning', 'alarm', 'blind']).meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof Verdict>;

export const RoomView = Room.extend({ verdict: Verdict }).meta({ id: 'RoomView' });
export type RoomView = z.infer<typeof RoomView>;

/** GET /api/house and the socket's `snapshot`. Keyed by id, so that a merge patch carries only what changed. */
export const HouseSnapshot = z
  .object({
    seq: z.number().int().describe('number of the last patch that is contained'),
    now: z.number().describe("the hub's clock, epoch ms UTC: ages count from this"),
    verdict: Verdict,
    brokerConnected: z.boolean().describe('false: no device can be heard'),
    rooms: z.record(z.string(), RoomView),
    devices: z.record(z.string(), DeviceView),
    alarms: z.record(z.string(), Alarm),
    flood: AlarmFlood.nullable().default(null).describe('null: alarms do not come too fast'),
    intrusion: z.null().default(null).describe('guarding comes later'),
    doors: z.record(z.string(), z.never()).describe('doors come later'),
    occupancy: z.null().default(null).describe('occupancy comes later'),
  })
  .meta({ id: 'HouseSnapshot' });
export type HouseSnapshot = z.infer<typeof HouseSnapshot>;

/** Socket event `patch`: RFC 7396 merge patch of the snapshot. A gap in `seq` means: ask for the snapshot again. */
export const HousePatch = z
  .object({ seq: z.number().int(), now: z.number(), change: z.record(z.string(), z.unknown()) })
  .meta({ id: 'HousePatch' });
export type HousePatch = z.infer<typeof HousePatch>;
