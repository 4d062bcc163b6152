import type { AlarmKind } from '../alarms/schema.ts';
import type { Quantity } from '../devices/schema.ts';
import { getRow } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import type { LimitProgress } from './airRow.ts';
import type { AirContext } from './context.ts';
import { judge, judgeContact, measuredFor, type Said } from './judged.ts';
import type { Limit } from './limits/limit.ts';
import { viewLimit } from './limits/mayEdit.ts';
import { limitsFor, unverifiedFor } from './limits/table.ts';
import { saidNow } from './measuredNow.ts';
import type { LimitTrace } from './schema.ts';
import type { AirState } from './state.ts';

export type Suppressor = LimitTrace['suppressors'][number];

/** What is asked of others for the answer to "why (not)?". */
export type TracePorts = AirContext & {
  /** What it said last; null: nothing is known of it. */
  readonly lastOf: (entityId: string) => number | boolean | null;
  /** Whether it says yes or no, and no number. */
  readonly isContact: (entityId: string) => boolean;
  /** Whether it can be heard. */
  readonly isHeard: (entityId: string) => boolean;
  /** What keeps an alarm of that kind of this sensor from being told. */
  readonly asideOf: (entityId: string, kind: AlarmKind) => readonly Suppressor[];
};

/** How every limit of a sensor stands now, and what keeps it from being told. */
export function traceLimits(
  state: AirState,
  entityId: string,
  quantity: Quantity,
  now: Moment,
  ports: TracePorts,
): LimitTrace[] {
  const progress = getRow(state.rows, entityId)?.limits ?? {};
  const value = ports.lastOf(entityId);
  const doubtful = unverifiedFor(state.limits, quantity).filter(({ id }) => id in progress);
  // Which limits it has is known before it has said anything.
  const kindOfValue = value ?? (ports.isContact(entityId) ? false : null);
  const limits = [...limitsFor(state.limits, quantity, kindOfValue), ...doubtful];
  const said = typeof value === 'number' ? saidNow(state, entityId, quantity, value, now.mono) : value;
  const common = commonSuppressors(entityId, ports);
  return limits.map((limit) => ({
    limit: viewLimit(limit),
    ...comparedNow(limit, said),
    // What cannot be trusted is held against no limit.
    phase: phaseOf(limit, progress[limit.id], ports.doubtOf(entityId) === null ? said : null),
    ...datesOf(limit, progress[limit.id], now),
    suppressors: [...common, ...ports.asideOf(entityId, limit.kind)],
  }));
}

function commonSuppressors(entityId: string, { doubtOf, isHeard }: TracePorts): readonly Suppressor[] {
  const doubt = doubtOf(entityId);
  const doubted: Suppressor[] = doubt === null ? [] : [doubt === 'warming-up' ? 'warming-up' : 'doubtful'];
  return isHeard(entityId) ? doubted : [...doubted, 'silent'];
}

function comparedNow(limit: Limit, said: Said | boolean | null): Pick<LimitTrace, 'now' | 'coverage'> {
  if (typeof said === 'boolean') return { now: said ? 1 : 0, coverage: null };
  const measured = said === null ? undefined : measuredFor(said.measured, limit);
  return { now: measured?.value ?? null, coverage: measured?.coverage ?? null };
}

function phaseOf(
  limit: Limit,
  progress: LimitProgress | undefined,
  said: Said | boolean | null,
): LimitTrace['phase'] {
  if (progress?.phase === 'pending') return 'pending';
  if (progress?.phase === 'holds') return progress.clearSince === null ? 'holds' : 'clearing';
  if (said === null) return 'not-computable';
  const { is } = typeof said === 'boolean' ? judgeContact(limit, said) : judge(limit, said);
  return is === 'unknown' ? 'not-computable' : 'clear';
}

/** House times as people read them. */
function datesOf(
  limit: Limit,
  progress: LimitProgress | undefined,
  now: Moment,
): Pick<LimitTrace, 'since' | 'endsAt'> {
  const utcOf = (mono: Millis) => Math.round(now.utc - (now.mono - mono));
  if (progress?.phase === 'pending') {
    const byClock = limit.confirmReadings === 1;
    const { since } = progress;
    return { since: utcOf(since), endsAt: byClock ? utcOf(since + limit.onDelayMs) : null };
  }
  const clearSince = progress?.clearSince ?? null;
  if (clearSince === null)
    return { since: progress?.since === undefined ? null : utcOf(progress.since), endsAt: null };
  return { since: utcOf(clearSince), endsAt: utcOf(clearSince + limit.offDelayMs) };
}
