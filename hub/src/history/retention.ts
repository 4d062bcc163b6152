import type { Millis } from '../shared/time.ts';
import { CLOCK_LEAP_MS, CLOCK_TRUST_MS } from './limits.ts';
import type { Retention } from './messages.ts';
import { HOUR_MS } from './timeKey.ts';

const DAY_MS: Millis = 24 * HOUR_MS;

/** What is older than this goes, epoch ms, at the full hour. */
export type Horizon = { readonly raw: Millis; readonly hourly: Millis };

const fullHour = (utc: Millis): Millis => Math.max(0, Math.floor(utc / HOUR_MS) * HOUR_MS);

/** The hourly values outlast the readings that they were made of. */
export function horizonOf({ rawDays, hourlyDays }: Retention, now: Millis): Horizon {
  const raw = fullHour(now - rawDays * DAY_MS);
  return { raw, hourly: Math.min(raw, fullHour(now - hourlyDays * DAY_MS)) };
}

/** What is known of the clock: where it stood when it was trusted last, and since when it has run ahead. */
export type ClockTrust = { readonly utc: Millis; readonly aheadSince: Millis | null };

/**
 * A clock that was set wrong must not delete a year. One that leaps ahead is believed only after it has kept to it for a
 * day; one that goes back deletes less, and is believed at once.
 * @param utc what the clock says, epoch ms
 * @param mono milliseconds that never run backwards
 */
export function trustClock(last: ClockTrust, utc: Millis, mono: Millis): ClockTrust {
  if (utc <= last.utc + CLOCK_LEAP_MS) return { utc, aheadSince: null };
  const aheadSince = last.aheadSince ?? mono;
  return mono - aheadSince >= CLOCK_TRUST_MS ? { utc, aheadSince: null } : { ...last, aheadSince };
}
