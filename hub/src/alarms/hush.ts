import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { earliest, type Moment } from '../shared/time.ts';
import { type AlarmRow, asksForSound, isDanger } from './alarmRow.ts';
import type { Move } from './life.ts';
import { HUSH_MS } from './limits.ts';
import { applyAll, endHush } from './move.ts';
import type { AlarmsState } from './state.ts';
import { followDanger, nextTrend, steadyAt, type Trend } from './trend.ts';

/** Whether it sounds and may be silenced: a measured danger only while it does not get worse, as far as was heard. */
export function mayHush(trends: Table<Trend>, row: AlarmRow): boolean {
  if (!asksForSound(row)) return false;
  if (!isDanger(row) || typeof row.value !== 'number') return true;
  return getRow(trends, row.entityId)?.rising === false;
}

/** B, C: silent for ten minutes, and told as before. */
export function hush(state: AlarmsState, row: AlarmRow, by: string, now: Moment): Move | null {
  if (!mayHush(state.trends, row)) return null;
  const hushedUntil = { mono: now.mono + HUSH_MS, utc: now.utc + HUSH_MS };
  return { event: 'hushed', before: row, after: { ...row, hushedUntil }, by };
}

type Reading = Extract<Fact, { type: 'reading' }>;

/** A value of what is a danger now. Of all others nothing is kept. */
export function takeValue(
  state: AlarmsState,
  { entityId, value, retained }: Reading,
  now: Moment,
): Outcome<AlarmsState> {
  const trend = getRow(state.trends, entityId);
  if (trend === undefined || retained || typeof value !== 'number' || !Number.isFinite(value))
    return { state };
  const next = nextTrend(trend, value, now.mono);
  if (next === trend) return { state };
  const trends = setRow(state.trends, entityId, next);
  const after = { ...state, trends, wakeAt: earliest(state.wakeAt, steadyAt(next)) };
  if (!next.rising || trend.rising) return { state: after };
  // It gets worse while it is silent: whoever silenced it did not know that.
  return applyAll(
    after,
    (row) =>
      row.entityId === entityId && row.hushedUntil !== null && isDanger(row) ? endHush(row, null) : null,
    now,
  );
}

/** After a start every measured danger counts as rising until it was steady for a while. */
export function resumeTrends(state: AlarmsState, now: Moment): AlarmsState {
  let { trends, wakeAt } = state;
  for (const [, row] of rowsOf(state.rows)) {
    if (!isDanger(row)) continue;
    trends = followDanger(trends, row, row, now.mono);
    const trend = getRow(trends, row.entityId);
    if (trend !== undefined) wakeAt = earliest(wakeAt, steadyAt(trend));
  }
  return trends === state.trends ? state : { ...state, trends, wakeAt };
}
