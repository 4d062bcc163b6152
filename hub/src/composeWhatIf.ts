import { setTimeout as sleep } from 'node:timers/promises';
import { type AskWhatIf, createWhatIf } from './air/whatIfDesk.ts';
import type { AskPast, PastSensor } from './air/whatIfPast.ts';
import { liveOf, silenceOf } from './devices/heard.ts';
import type { Quantity } from './devices/schema.ts';
import { isOnBattery, measuredBy } from './devices/state.ts';
import { airContext } from './house/airContext.ts';
import type { House } from './house/house.ts';
import { getRow, rowsOf } from './house/table.ts';
import type { Moment } from './shared/time.ts';

/** It rests as long as half a piece of its work takes: alarms come first, and somebody waits for it. ms */
const REST_MS = 2;

type WhatIfParts = { readonly read: () => House; readonly now: () => Moment; readonly past: AskPast };

/** What limits would have done, from the history of the house. */
export const composeWhatIf = ({ read, now, past }: WhatIfParts): AskWhatIf =>
  createWhatIf({
    settings: () => read().air.settings,
    calibrations: () => read().air.calibrations,
    now,
    sensorsOf: (quantity) => sensorsOf(read(), quantity),
    context: () => airContext(read().devices, read().health),
    past,
    steady: () => performance.now(),
    rest: () => sleep(REST_MS),
  });

/** Whatever tells that quantity in numbers, and is relied on. */
function sensorsOf({ devices, health }: House, quantity: Quantity): PastSensor[] {
  const { isLeftOut } = airContext(devices, health);
  const sensors: PastSensor[] = [];
  for (const [entityId, entity] of rowsOf(devices.entities)) {
    if (entity.config.component !== 'sensor' || measuredBy(entity) !== quantity) continue;
    if (isLeftOut(entityId) || getRow(health.health, entityId)?.disabled === true) continue;
    const { everyMs } = liveOf(devices, entityId);
    const lostAfterMs = silenceOf(entity, everyMs, isOnBattery(devices, entity.deviceId));
    sensors.push({ entityId, quantity, lostAfterMs });
  }
  return sensors;
}
