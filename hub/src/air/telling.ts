import { compareLevels } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, setRow } from '../house/table.ts';
import { earliest } from '../shared/time.ts';
import type { AirRow, LimitProgress } from './airRow.ts';
import { endOf } from './limitMachine.ts';
import type { Limit } from './limits/limit.ts';
import type { LimitSet } from './limits/table.ts';
import type { AirKind } from './schema.ts';
import type { AirState } from './state.ts';

/**
 * Stores the row and says what changed by kind: the worst limit that holds, or that none holds any more. Another limit of the same level
 * is news, for it may be one that can be trusted, sounds, or stays.
 */
export function tell(state: AirState, entityId: string, row: AirRow): Outcome<AirState> {
  const facts: Fact[] = [];
  let next = row;
  for (const kind of kindsOf(row, state.limits)) {
    const worst = worstHolding(row, kind, state.limits);
    if (isTold(next, kind, worst)) continue;
    facts.push(
      worst === undefined ? endOfKind(entityId, next, kind, state.limits) : newsOf(entityId, row, worst),
    );
    next = withTold(next, kind, worst);
  }
  const idle = Object.keys(next.limits).length === 0;
  const rows = idle ? deleteRow(state.rows, entityId) : setRow(state.rows, entityId, next);
  if (rows === state.rows) return { state, facts };
  const wakeAt = earliest(state.wakeAt, idle ? null : endOf(next, state.limits));
  return { state: { ...state, rows, wakeAt }, facts };
}

/** Of what an earlier Homeward told, nobody knows more than the level. */
const isTold = ({ told, by }: AirRow, kind: AirKind, worst: Limit | undefined): boolean =>
  told[kind] === worst?.level && (by?.[kind] ?? worst?.id) === worst?.id;

function withTold(row: AirRow, kind: AirKind, worst: Limit | undefined): AirRow {
  if (worst !== undefined)
    return { ...row, told: { ...row.told, [kind]: worst.level }, by: { ...row.by, [kind]: worst.id } };
  const { [kind]: _, ...told } = row.told;
  const { [kind]: __, ...by } = row.by ?? {};
  return { ...row, told, by };
}

function endOfKind(entityId: string, { by }: AirRow, kind: AirKind, set: LimitSet): Fact {
  const offDelayMs = set.byId.get(by?.[kind] ?? '')?.offDelayMs ?? 0;
  return { type: 'limitCleared', entityId, kind, offDelayMs };
}

function newsOf(entityId: string, { late, limits }: AirRow, worst: Limit): Fact {
  const { kind, level, latching, sound, cause, unit } = worst;
  return {
    type: 'limitCrossed',
    entityId,
    kind,
    level,
    value: (limits[worst.id] as LimitProgress).value,
    unit,
    late,
    latching,
    sound,
    cause,
    limit: worst.crosses === 'on' ? null : worst.limit,
  };
}

function kindsOf(row: AirRow, set: LimitSet): readonly AirKind[] {
  const kinds = Object.keys(row.told) as AirKind[];
  for (const id in row.limits) {
    const kind = set.byId.get(id)?.kind;
    if (kind !== undefined && !kinds.includes(kind)) kinds.push(kind);
  }
  return kinds;
}

function worstHolding(row: AirRow, kind: AirKind, set: LimitSet): Limit | undefined {
  let worst: Limit | undefined;
  for (const id in row.limits) {
    const limit = row.limits[id]?.phase === 'holds' ? set.byId.get(id) : undefined;
    if (limit?.kind === kind && isWorse(limit, worst)) worst = limit;
  }
  return worst;
}

/** At the same level, what can be trusted speaks before what cannot. */
function isWorse(limit: Limit, than: Limit | undefined): boolean {
  if (than === undefined) return true;
  const order = compareLevels(limit.level, than.level);
  return order > 0 || (order === 0 && than.cause === 'unverified');
}
