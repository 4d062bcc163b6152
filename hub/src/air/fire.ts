import { isSounding } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { changedRows, deleteRow, eachRow, emptyTable, getRow, setRow, type Table } from '../house/table.ts';
import type { AirRow } from './airRow.ts';
import { withProgress } from './limitMachine.ts';
import type { Limit } from './limits/limit.ts';
import { CONFIRMED_FIRE, type LimitSet } from './limits/table.ts';
import type { AirState } from './state.ts';
import { tell } from './telling.ts';

/**
 * "Two detectors, or one and heat, leave no doubt": every smoke alarm of the home is critical then. Source: safety.md §1.1.
 * @param before the rows before the fact: only of what changed since anything new can be said
 */
export function confirmFire(before: Table<AirRow>, after: AirState): Outcome<AirState> {
  const known = after.fires;
  const changed = changedSensors(before, after.rows);
  const fires = known === null ? firesOf(after) : withChanged(known, changed, after);
  const sure = areSure(fires);
  const isSameForAll = known !== null && areSure(known) === sure;
  let state = fires === known ? after : { ...after, fires };
  const facts: Fact[] = [];
  for (const entityId of isSameForAll ? changed : changedSensors(emptyTable(), after.rows)) {
    const outcome = tellSure(state, entityId, sure && getRow(fires, entityId) === true);
    state = outcome.state;
    facts.push(...factsThatFollow(outcome));
  }
  return { state, facts };
}

const areSure = (fires: Table<true>): boolean => fires.size >= 2;

const changedSensors = (before: Table<AirRow>, after: Table<AirRow>): readonly string[] =>
  [...changedRows(before, after)].map(([entityId]) => entityId);

function firesOf({ rows, limits }: AirState): Table<true> {
  let fires = emptyTable<true>();
  eachRow(rows, (row, entityId) => {
    if (isBurning(row, limits)) fires = setRow(fires, entityId, true);
  });
  return fires;
}

function withChanged(
  before: Table<true>,
  changed: readonly string[],
  { rows, limits }: AirState,
): Table<true> {
  let fires = before;
  for (const entityId of changed) {
    const row = getRow(rows, entityId);
    const burns = row !== undefined && isBurning(row, limits);
    fires = burns ? setRow(fires, entityId, true) : deleteRow(fires, entityId);
  }
  return fires;
}

/** One sensor, now that it is known whether a fire there is beyond doubt. */
function tellSure(state: AirState, entityId: string, isSureFire: boolean): Outcome<AirState> {
  const row = getRow(state.rows, entityId);
  if (row === undefined) return { state };
  const isCritical = isSureFire && row.quantity === 'smoke';
  if (isCritical === CONFIRMED_FIRE.id in row.limits) return { state };
  const progress = isCritical ? ({ phase: 'holds', clearSince: null, value: true } as const) : undefined;
  return tell(state, entityId, { ...row, limits: withProgress(row.limits, CONFIRMED_FIRE.id, progress) });
}

/** Smoke or heat that sounds, and can be trusted. */
function isBurning(row: AirRow, set: LimitSet): boolean {
  for (const id in row.limits) {
    const limit = row.limits[id]?.phase === 'holds' ? set.byId.get(id) : undefined;
    if (limit !== undefined && limit.id !== CONFIRMED_FIRE.id && isFire(limit)) return true;
  }
  return false;
}

const isFire = ({ kind, level, cause }: Limit): boolean =>
  (kind === 'smoke' || kind === 'heat') && isSounding(level) && cause !== 'unverified';
