import { compareLevels } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow, setRow, someRow } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import { type Chosen, chosenBy } from './chosen.ts';
import { asked, deedsOf, handBack, heard, touched, withoutDeed } from './deeds.ts';
import type { ResponseDefinition } from './definition.ts';
import { insist, reopenedDue, saidOpen, usedBy } from './insisting.ts';
import { type Asking, type ResponseContext, type ResponseRow, type ResponsesState, rowOf } from './state.ts';

/** Whether a fact concerns the responses, beside what it makes of the alarms. Cheap: it is asked of every reading. */
export function concernsResponses(state: ResponsesState, fact: Fact, now: Moment): boolean {
  switch (fact.type) {
    case 'reading':
      if (fact.value === true && isAnyRunning(state)) return true;
      return state.deeds.size > 0 && getRow(state.deeds, fact.entityId) !== undefined;
    case 'commandAsked':
    case 'commandWithheld':
    case 'entityRetired':
      return state.deeds.size > 0 && getRow(state.deeds, fact.entityId) !== undefined;
    case 'commandTimedOut':
    case 'entityFound':
    case 'brokerFound':
      return isAnyRunning(state);
    case 'clockReached':
      return state.wakeAt !== null && now.mono >= state.wakeAt;
    default:
      return LOOKED_AT.has(fact.type);
  }
}

/** After these what an alarm asks for may be possible, or wanted, though no alarm has changed. */
const LOOKED_AT: ReadonlySet<Fact['type']> = new Set(['responseChangeAsked', 'entityAppeared']);

const isAnyRunning = ({ responses }: ResponsesState): boolean =>
  someRow(responses, ({ running }) => running !== null);

/** What the house does by itself: begins it, insists on it, and hands back what it began. */
export function reduceResponses(
  before: ResponsesState,
  fact: Fact,
  now: Moment,
  context: ResponseContext,
): Outcome<ResponsesState> {
  const { state, facts = [] } = take(before, fact, now, context);
  if (state.seen === context.version && !LOOKED_AT.has(fact.type)) return { state, facts };
  const looked = look(state, now, context);
  const joined = fact.type === 'responseChangeAsked' ? joinedBy(before, looked.state, fact, context) : [];
  return { state: looked.state, facts: [...facts, ...(looked.facts ?? []), ...joined] };
}

/** What the owner adds to a response that runs has its part in it at once. */
function joinedBy(
  before: ResponsesState,
  after: ResponsesState,
  { responseId }: Extract<Fact, { type: 'responseChangeAsked' }>,
  context: ResponseContext,
): readonly Fact[] {
  const definition = context.definitions.find(({ id }) => id === responseId);
  if (definition === undefined || rowOf(before, responseId).running === null) return [];
  const known = usedBy(before, context, definition);
  const joined = usedBy(after, context, definition).filter((id) => !known.includes(id));
  return joined.length === 0 ? [] : insist(after, context, joined, false);
}

function take(
  state: ResponsesState,
  fact: Fact,
  now: Moment,
  context: ResponseContext,
): Outcome<ResponsesState> {
  switch (fact.type) {
    case 'responseChangeAsked':
      return change(state, fact);
    case 'commandAsked':
      return { state: touched(state, fact.entityId, fact.by) };
    case 'commandWithheld':
    case 'entityRetired':
      return { state: withoutDeed(state, fact.entityId) };
    case 'reading':
      return fact.value === true
        ? saidOpen(heard(state, fact.entityId, true), fact.entityId, now.mono, context)
        : { state: heard(state, fact.entityId, fact.value) };
    case 'commandTimedOut':
      return { state, facts: insist(state, context, [fact.entityId], true) };
    case 'entityFound':
    case 'entityAppeared':
      return { state, facts: insist(state, context, [fact.entityId], false) };
    case 'brokerFound':
      return { state, facts: insist(state, context, null, false) };
    case 'clockReached':
      return reopenedDue(state, now.mono, context);
    default:
      return { state };
  }
}

function change(
  state: ResponsesState,
  { responseId, patch, by }: Extract<Fact, { type: 'responseChangeAsked' }>,
): Outcome<ResponsesState> {
  const row = rowOf(state, responseId);
  return {
    state: withResponse(state, responseId, { ...row, chosen: { ...row.chosen, ...patch } }),
    facts: [{ type: 'responseChanged', responseId, patch, by }],
  };
}

const withResponse = (state: ResponsesState, id: string, row: ResponseRow): ResponsesState => ({
  ...state,
  responses: setRow(state.responses, id, row),
});

/** The alarms have changed: what is asked for is begun, what is no longer is handed back. */
function look(before: ResponsesState, now: Moment, context: ResponseContext): Outcome<ResponsesState> {
  let state: ResponsesState = { ...before, seen: context.version };
  const alarms = context.alarms();
  const facts: Fact[] = [];
  for (const definition of context.definitions) {
    const outcome = lookAt(state, definition, alarms, now, context);
    state = outcome.state;
    facts.push(...(outcome.facts ?? []));
  }
  return { state, facts };
}

function lookAt(
  state: ResponsesState,
  definition: ResponseDefinition,
  alarms: readonly Asking[],
  now: Moment,
  context: ResponseContext,
): Outcome<ResponsesState> {
  const { running, chosen } = rowOf(state, definition.id);
  const alarmId = askedFor(definition, chosenBy(definition, chosen), alarms, running?.alarmId ?? null);
  if (alarmId === null) return running === null ? { state } : end(state, definition, context);
  const isBlocked = isForbidden(definition, alarms);
  if (running === null || (running.withheld && !isBlocked))
    return begin(state, definition, { alarmId, withheld: isBlocked }, now, context);
  return isBlocked && !running.withheld ? withhold(state, definition, context) : { state };
}

/** The alarm that asks for it; null: none does. */
function askedFor(
  { lasts }: ResponseDefinition,
  chosen: Chosen,
  alarms: readonly Asking[],
  runningFor: string | null,
): string | null {
  if (!chosen.enabled) return null;
  const asks = ({ kind, level, active, aside }: Asking) =>
    active && !aside && chosen.kinds.includes(kind) && compareLevels(level, chosen.fromLevel) >= 0;
  const first = alarms.find(asks)?.alarmId;
  if (first !== undefined) return runningFor ?? first;
  const goesOn = lasts === 'normal' && alarms.some((alarm) => alarm.alarmId === runningFor && !alarm.aside);
  return goesOn ? runningFor : null;
}

/** Whether something holds that forbids it, put aside or not. */
const isForbidden = ({ blockedBy }: ResponseDefinition, alarms: readonly Asking[]): boolean =>
  alarms.some(
    ({ kind, level, active }) => active && blockedBy.includes(kind) && compareLevels(level, 'warning') >= 0,
  );

type Begun = { readonly alarmId: string; readonly withheld: boolean };

function begin(
  state: ResponsesState,
  definition: ResponseDefinition,
  { alarmId, withheld }: Begun,
  now: Moment,
  context: ResponseContext,
): Outcome<ResponsesState> {
  const { id, command, handsBack } = definition;
  const used = usedBy(state, context, definition);
  if (used.length === 0) return { state };
  const isOn = 'on' in command && command.on;
  // What is on already is somebody's: it is neither told nor handed back.
  const entityIds = withheld ? [] : used.filter((each) => !isOn || context.isOn(each) !== true);
  const row = {
    ...rowOf(state, id),
    running: { alarmId, withheld },
    lastRan: { at: now.utc, alarmId, withheld },
  };
  let { deeds } = state;
  if (handsBack !== null)
    for (const each of entityIds) deeds = setRow(deeds, each, { responseId: id, alarmId, answered: false });
  return {
    state: { ...withResponse(state, id, row), deeds },
    facts: [
      { type: 'responseRan', responseId: id, alarmId, entityIds, withheld },
      ...entityIds.map((entityId) => asked(entityId, command, alarmId)),
    ],
  };
}

/** Something that forbids it has come meanwhile: what can be handed back is, and it begins anew when that is over. */
function withhold(
  state: ResponsesState,
  definition: ResponseDefinition,
  context: ResponseContext,
): Outcome<ResponsesState> {
  const row = rowOf(state, definition.id);
  const [next, facts] = handBack(state, definition, context);
  const running = row.running === null ? null : { ...row.running, withheld: true };
  return { state: withResponse(next, definition.id, { ...row, running }), facts };
}

function end(
  state: ResponsesState,
  definition: ResponseDefinition,
  context: ResponseContext,
): Outcome<ResponsesState> {
  const row = rowOf(state, definition.id);
  // While gas forbids it to be switched off it is still to be handed back.
  if (context.isInterlocked() && deedsOf(state, definition.id).length > 0) return { state };
  const [next, facts] = handBack(state, definition, context);
  const entityIds = deedsOf(state, definition.id).map(([entityId]) => entityId);
  return {
    state: withResponse(next, definition.id, { ...row, running: null }),
    facts: [{ type: 'responseEnded', responseId: definition.id, entityIds }, ...facts],
  };
}
