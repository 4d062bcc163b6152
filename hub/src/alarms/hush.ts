import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { earliest, type Moment } from '../shared/time.ts';
import { type AlarmRow, asksForSound, isDanger, pointOf, pointOfRow } from './alarmRow.ts';
import type { Move } from './life.ts';
import { HUSH_MS } from './limits.ts';
import { applyAll, applyMove, endHush } from './move.ts';
import { LIFE_KINDS } from './schema.ts';
import type { AlarmsState } from './state.ts';
import { followDanger, nextTrend, steadyAt, type Trend } from './trend.ts';

/** Whether it sounds and may be silenced: a measured danger only while it does not get worse, as far as was heard. */
export function mayHush(trends: Table<Trend>, row: AlarmRow): boolean {
  if (!asksForSound(row)) return false;
  if (!isDanger(row) || typeof row.value !== 'number') return true;
  return getRow(trends, pointOfRow(row))?.rising === false;
}

/** Whether it is a danger that sounds and may not be silenced: neither the shelf nor out of service is a way around that. */
export const mustSound = (trends: Table<Trend>, row: AlarmRow): boolean =>
  isDanger(row) && asksForSound(row) && !mayHush(trends, row);

/** B, C: silent for ten minutes, and told as before. */
export function hush(state: AlarmsState, row: AlarmRow, by: string, now: Moment): Move | null {
  if (!mayHush(state.trends, row)) return null;
  const hushedUntil = { mono: now.mono + HUSH_MS, utc: now.utc + HUSH_MS };
  return { event: 'hushed', before: row, after: { ...row, hushedUntil }, by };
}

type Reading = Extract<Fact, { type: 'reading' }>;

/** A value of what is a danger now. Of all others nothing is kept. */
export function takeValue(
  before: AlarmsState,
  { entityId, value, retained }: Reading,
  now: Moment,
): Outcome<AlarmsState> {
  if (before.trends.size === 0 || retained || typeof value !== 'number' || !Number.isFinite(value))
    return { state: before };
  let state = before;
  const facts: Fact[] = [];
  for (const kind of LIFE_KINDS) {
    const outcome = takeValueAt(state, pointOf(kind, entityId), value, now);
    state = outcome.state;
    if (outcome.facts !== undefined) facts.push(...outcome.facts);
  }
  return facts.length === 0 ? { state } : { state, facts };
}

function takeValueAt(state: AlarmsState, point: string, value: number, now: Moment): Outcome<AlarmsState> {
  const trend = getRow(state.trends, point);
  if (trend === undefined) return { state };
  const next = nextTrend(trend, value, now.mono);
  if (next === trend) return { state };
  const trends = setRow(state.trends, point, next);
  const after = { ...state, trends, wakeAt: earliest(state.wakeAt, steadyAt(next)) };
  const row = getRow(state.rows, point);
  // It gets worse while it is silent: whoever silenced it did not know that. It may have counted as rising before.
  const isWorse = next.rising && (next.worseAt !== trend.worseAt || !trend.rising);
  if (!isWorse || row === undefined || row.hushedUntil === null) return { state: after };
  return applyMove(after, endHush(row, null), now);
}

/**
 * After a start every measured danger counts as rising until it was steady for a while; and none is silent, measured or not, for nobody
 * knows what became of it meanwhile: smoke may have spread, or ended and come back.
 */
export function resumeTrends(before: AlarmsState, now: Moment): Outcome<AlarmsState> {
  const isUnknown = (row: AlarmRow) => isDanger(row) && row.hushedUntil !== null;
  const { state, facts } = applyAll(before, (row) => (isUnknown(row) ? endHush(row, null) : null), now);
  let { trends, wakeAt } = state;
  for (const [point, row] of rowsOf(state.rows)) {
    if (!isDanger(row)) continue;
    trends = followDanger(trends, row, row, now.mono);
    const trend = getRow(trends, point);
    if (trend !== undefined) wakeAt = earliest(wakeAt, steadyAt(trend));
  }
  const resumed = trends === state.trends ? state : { ...state, trends, wakeAt };
  return facts === undefined ? { state: resumed } : { state: resumed, facts };
}
