import type { Fact } from '../house/facts.ts';
import { deleteRow, getRow, rowsOf, setRow } from '../house/table.ts';
import type { ResponseDefinition } from './definition.ts';
import type { Deed, ResponseContext, ResponsesState } from './state.ts';

export const asked = (
  entityId: string,
  command: Extract<Fact, { type: 'commandAsked' }>['command'],
  by: string,
): Fact => ({ type: 'commandAsked', entityId, command, by });

export const withoutDeed = (state: ResponsesState, entityId: string): ResponsesState => {
  const deeds = deleteRow(state.deeds, entityId);
  return deeds === state.deeds ? state : { ...state, deeds };
};

/** Somebody else switched it: it is theirs now. */
export function touched(state: ResponsesState, entityId: string, by: string): ResponsesState {
  const deed = getRow(state.deeds, entityId);
  return deed === undefined || deed.alarmId === by ? state : withoutDeed(state, entityId);
}

/** Once it has said "on", an "off" is somebody's hand at the switch. Before that it may be a word that crossed the command. */
export function heard(state: ResponsesState, entityId: string, value: unknown): ResponsesState {
  const deed = getRow(state.deeds, entityId);
  if (deed === undefined || deed.answered === (value === true)) return state;
  if (value === true) return { ...state, deeds: setRow(state.deeds, entityId, { ...deed, answered: true }) };
  return value === false ? withoutDeed(state, entityId) : state;
}

export const deedsOf = (
  state: ResponsesState,
  responseId: string,
): readonly (readonly [entityId: string, deed: Deed])[] =>
  [...rowsOf(state.deeds)].filter(([, deed]) => deed.responseId === responseId);

export function handBack(
  state: ResponsesState,
  { id, handsBack }: ResponseDefinition,
  { isInterlocked }: ResponseContext,
): [ResponsesState, readonly Fact[]] {
  if (handsBack === null || isInterlocked()) return [state, []];
  let { deeds } = state;
  const facts: Fact[] = [];
  for (const [entityId, { alarmId }] of deedsOf(state, id)) {
    deeds = deleteRow(deeds, entityId);
    facts.push(asked(entityId, handsBack, alarmId));
  }
  return [{ ...state, deeds }, facts];
}
