import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow } from '../house/table.ts';
import { earliest, type Millis, SECOND_MS } from '../shared/time.ts';
import { entityIdsOf } from './chosen.ts';
import { asked } from './deeds.ts';
import type { ResponseDefinition } from './definition.ts';
import { type ResponseContext, type ResponsesState, rowOf } from './state.ts';

/**
 * What was shut and opens again is shut again at once, but not more often than this, ms: somebody else's rule may open it each time, and
 * a motor that is turned to and fro without end breaks.
 */
export const REOPENED_MS: Millis = 10 * SECOND_MS;

/** What a response uses now. */
export const usedBy = (
  state: ResponsesState,
  { definitions, actuators }: ResponseContext,
  definition: ResponseDefinition,
): readonly string[] =>
  entityIdsOf(definition, { definitions, actuators: actuators(), saidOf: (id) => rowOf(state, id).chosen });

/** What has to be done and is not is told again. @param entityIds null: all */
export function insist(
  state: ResponsesState,
  context: ResponseContext,
  entityIds: readonly string[] | null,
  isOverdue: boolean,
): readonly Fact[] {
  return context.definitions.flatMap((definition) => {
    const { running } = rowOf(state, definition.id);
    if (running === null || running.withheld || !definition.insists) return [];
    // What insists shuts something.
    const open = usedBy(state, context, definition).filter((id) => context.isOn(id) !== false);
    const called = entityIds === null ? open : open.filter((id) => entityIds.includes(id));
    return called.flatMap((entityId): Fact[] => {
      const again = asked(entityId, definition.command, running.alarmId);
      return isOverdue
        ? [{ type: 'responseUnanswered', responseId: definition.id, entityId }, again]
        : [again];
    });
  });
}

/** It says that it is open. On its way to being shut it says so too. */
export function saidOpen(
  state: ResponsesState,
  entityId: string,
  now: Millis,
  context: ResponseContext,
): Outcome<ResponsesState> {
  if (context.isAwaited(entityId)) return { state };
  const facts = insist(state, context, [entityId], true);
  if (facts.length === 0) return { state };
  const last = getRow(state.reopened, entityId);
  if (last !== undefined && now < last + REOPENED_MS)
    return { state: { ...state, wakeAt: earliest(state.wakeAt, last + REOPENED_MS) } };
  return { state: { ...state, reopened: setRow(state.reopened, entityId, now) }, facts };
}

/** What opened again too soon is shut now, if it is still open. */
export function reopenedDue(
  state: ResponsesState,
  now: Millis,
  context: ResponseContext,
): Outcome<ResponsesState> {
  if (state.wakeAt === null || now < state.wakeAt) return { state };
  let next: ResponsesState = { ...state, wakeAt: null };
  const facts: Fact[] = [];
  for (const [entityId] of rowsOf(state.reopened)) {
    if (context.isOn(entityId) !== true) continue;
    const outcome = saidOpen(next, entityId, now, context);
    next = outcome.state;
    facts.push(...(outcome.facts ?? []));
  }
  return { state: next, facts };
}
