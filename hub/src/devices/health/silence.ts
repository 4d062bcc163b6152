import type { Millis } from '../../shared/time.ts';
import { isOnline, LONGEST_SILENT_MS, SILENT_MS, silenceOf } from '../heard.ts';
import type { Live } from '../rows.ts';
import { isOnBattery } from '../state.ts';
import type { Checked, Made } from './findings.ts';
import { PASSED } from './findings.ts';
import { PASSIVE_SILENT_MS, SUSPECT_SHARE, SUSPECT_SPANS } from './limits.ts';
import type { Look } from './look.ts';
import { deviceOf, isLife } from './watched.ts';

/** Whether it was said to be gone: by itself, by its gateway, or by the broker in its name. */
function isSaidGone({ entity, live }: Look): boolean {
  const saidNo =
    entity.config.availabilityMode === 'latest'
      ? live.lastOnline === false
      : Object.values(live.online).includes(false);
  return saidNo && !isOnline(entity, live);
}

/** How long it may be silent until it is lost, ms; null: it speaks only when something happens. */
function limitOf({ devices, entity, live }: Look): Millis | null {
  const onBattery = isOnBattery(devices, entity.deviceId);
  const announced = silenceOf(entity, live.everyMs, onBattery);
  if (announced !== null) return announced;
  // It has a topic for that, on which nothing was said yet.
  if (!isOnline(entity, live)) return SILENT_MS;
  if (entity.config.component !== 'sensor') return null;
  if (deviceOf(devices, entity)?.kind !== 'board') return PASSIVE_SILENT_MS;
  if (onBattery) return LONGEST_SILENT_MS;
  return Math.min(LONGEST_SILENT_MS, Math.max(SILENT_MS, 3 * (live.everyMs ?? 0)));
}

const suspectAfter = (limit: Millis, { everyMs }: Live): Millis =>
  Math.min(limit, Math.max(limit * SUSPECT_SHARE, SUSPECT_SPANS * (everyMs ?? 0)));

const SUSPECT: Made = { state: 'suspect', priority: 4 };

/**
 * Whether it can be heard. While the broker is away nobody is lost, and for the grace after a start or a broker that came back nobody
 * is more than suspect; who was lost before stays lost until it is heard. Source: safety.md §3.2 and SUP-2.
 */
export function checkSilence(look: Look): Checked {
  const { devices, live, row, now } = look;
  const old = row.findings.silent ?? null;
  if (!devices.brokerUp) return { made: old, next: null };
  if (live.lost || isSaidGone(look)) {
    const isGrace = now.mono < devices.graceUntil && old?.state !== 'lost';
    return isGrace ? { made: SUSPECT, next: devices.graceUntil } : { made: lostOf(look), next: null };
  }
  const isUnheard = live.heardAt === null && live.lastOnline !== true;
  if (old?.state === 'lost' && isUnheard) return { made: old, next: null };
  const limit = limitOf(look);
  return limit === null ? PASSED : sinceHeard(look, limit);
}

const lostOf = ({ entity }: Look): Made => ({ state: 'lost', priority: isLife(entity) ? 2 : 3 });

function sinceHeard(look: Look, limit: Millis): Checked {
  const { devices, live, pulse, startedAt, now } = look;
  const from = Math.max(live.heardAt?.mono ?? 0, pulse.from ?? startedAt);
  const lostAt = Math.max(from + limit, devices.graceUntil);
  const suspectAt = Math.max(from + suspectAfter(limit, live), devices.graceUntil);
  if (now.mono >= lostAt) return { made: lostOf(look), next: null };
  return now.mono >= suspectAt ? { made: SUSPECT, next: lostAt } : { made: null, next: suspectAt };
}
