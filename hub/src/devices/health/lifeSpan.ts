import type { Millis, Moment } from '../../shared/time.ts';
import { quantityOf } from '../state.ts';
import { type Checked, type Made, PASSED } from './findings.ts';
import { CHECK_EVERY_MS, DAY_MS, END_NOTICE_MS, LIFE_MONTHS, OXYGEN_END_NOTICE_MS } from './limits.ts';
import type { Look } from './look.ts';
import type { HealthRow } from './state.ts';
import { isLife } from './watched.ts';

/** A month on average, ms. */
const MONTH_MS: Millis = (365.25 / 12) * DAY_MS;

/**
 * House time at which a sensor's life ends; null: nobody said when it was made. The first day of its month counts, and the clock of
 * the day on which that was said: one that is set later moves nothing.
 */
export function endOfLife(madeOn: string | null, months: number | undefined, now: Moment): Millis | null {
  if (madeOn === null || months === undefined) return null;
  const [year, month] = madeOn.split('-').map(Number) as [number, number];
  return now.mono + (Date.UTC(year, month - 1 + months, 1) - now.utc);
}

/** How long it lives, months: as its owner said, else as usual; undefined: it does not age that anybody knows. */
export const lifeOf = (
  { entity }: Pick<Look, 'entity'>,
  { lifeMonths }: Pick<HealthRow, 'lifeMonths'>,
): number | undefined => lifeMonths ?? LIFE_MONTHS.get(quantityOf(entity));

/** A calibration found that it is used up: to be replaced, whatever its age. Source: safety.md O2-3. */
const WORN: Made = { state: 'suspect', priority: 3 };

/** A sensor that nobody knows the age of is at least as old as it has been here. */
export function checkLife(look: Look): Checked {
  const { entity, row, now } = look;
  const months = lifeOf(look, row);
  if (months === undefined) return row.isWorn === true ? { made: WORN, next: null } : PASSED;
  const endsAt = row.endsAt ?? row.knownSince + months * MONTH_MS;
  const noticeAt = endsAt - (quantityOf(entity) === 'oxygen' ? OXYGEN_END_NOTICE_MS : END_NOTICE_MS);
  if (now.mono < noticeAt) return { made: row.isWorn === true ? WORN : null, next: noticeAt };
  if (now.mono >= endsAt) {
    return { made: { state: 'end-of-life', priority: isLife(entity) ? 2 : 3, detail: 0 }, next: null };
  }
  const days = Math.ceil((endsAt - now.mono) / DAY_MS);
  return { made: { state: 'suspect', priority: 3, detail: days }, next: endsAt - (days - 1) * DAY_MS };
}

/** A sensor that drifts has to be looked at now and then: first it is to be known, then it is asked for. */
export function checkCalibration({ entity, row, now }: Look): Checked {
  const every = CHECK_EVERY_MS.get(quantityOf(entity));
  if (every === undefined || entity.config.component !== 'sensor') return PASSED;
  const dueAt = row.checkedAt + every;
  if (now.mono < dueAt) return { made: null, next: dueAt };
  const days = Math.floor((now.mono - row.checkedAt) / DAY_MS);
  const isLate = now.mono >= dueAt + every;
  const next = row.checkedAt + (days + 1) * DAY_MS;
  return { made: { state: 'suspect', priority: isLate ? 3 : 4, detail: days }, next };
}
