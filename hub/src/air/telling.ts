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

/** Stores the row and says what changed by kind: the worst level that holds, or that none holds any more. */
export function tell(state: AirState, entityId: string, row: AirRow): Outcome<AirState> {
  const facts: Fact[] = [];
  let told = row.told;
  for (const kind of kindsOf(row, state.limits)) {
    const worst = worstHolding(row, kind, state.limits);
    const level = worst?.level;
    if (level === told[kind]) continue;
    const { [kind]: _, ...others } = told;
    told = level === undefined ? others : { ...others, [kind]: level };
    facts.push(newsOf(entityId, kind, row, worst));
  }
  const next = told === row.told ? row : { ...row, told };
  const idle = Object.keys(next.limits).length === 0;
  const rows = idle ? deleteRow(state.rows, entityId) : setRow(state.rows, entityId, next);
  if (rows === state.rows) return { state, facts };
  const wakeAt = earliest(state.wakeAt, idle ? null : endOf(next, state.limits));
  return { state: { ...state, rows, wakeAt }, facts };
}

function newsOf(entityId: string, kind: AirKind, { late, limits }: AirRow, worst: Limit | undefined): Fact {
  if (worst === undefined) return { type: 'limitCleared', entityId, kind };
  const { level, latching, sound, cause, unit } = worst;
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

function kindsOf(row: AirRow, set: LimitSet): Set<AirKind> {
  const kinds = new Set(Object.keys(row.told) as AirKind[]);
  for (const id of Object.keys(row.limits)) {
    const limit = set.byId.get(id);
    if (limit !== undefined) kinds.add(limit.kind);
  }
  return kinds;
}

function worstHolding(row: AirRow, kind: AirKind, set: LimitSet): Limit | undefined {
  let worst: Limit | undefined;
  for (const [id, { phase }] of Object.entries(row.limits)) {
    const limit = set.byId.get(id);
    if (limit?.kind === kind && phase === 'holds' && isWorse(limit, worst)) worst = limit;
  }
  return worst;
}

/** At the same level, what can be trusted speaks before what cannot. */
function isWorse(limit: Limit, than: Limit | undefined): boolean {
  if (than === undefined) return true;
  const order = compareLevels(limit.level, than.level);
  return order > 0 || (order === 0 && than.cause === 'unverified');
}
