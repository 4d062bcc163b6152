import type { AlarmKind, AlarmLevel } from '../alarms/schema.ts';
import { emptyTable, getRow, type Table } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import type { Actuator, ResponseDefinition } from './definition.ts';
import type { ResponsePatch } from './schema.ts';

/** One response of which anything is to be remembered. Durable. */
export type ResponseRow = {
  /** What the owner chose; what is absent is as the definition has it. */
  readonly chosen: ResponsePatch;
  /** It is being done, or withheld, for that alarm; null: nothing asks for it. */
  readonly running: { readonly alarmId: string; readonly withheld: boolean } | null;
  /** `at`: epoch ms UTC. */
  readonly lastRan: { readonly at: number; readonly alarmId: string; readonly withheld: boolean } | null;
};

/** What the house switched, to be handed back if nobody touches it meanwhile. Durable, by entity. */
export type Deed = {
  readonly responseId: string;
  readonly alarmId: string;
  /** It has said since that it is as it was told: another word of it is somebody's hand. */
  readonly answered: boolean;
};

export type StoredResponses = {
  readonly responses: Table<ResponseRow>;
  readonly deeds: Table<Deed>;
};

export type ResponsesState = StoredResponses & {
  /** `version` of the context at the last look. Volatile. */
  readonly seen: unknown;
  /** House time at which what was shut and opened again was shut once more. Volatile. */
  readonly reopened: Table<Millis>;
  /** House time at which one of them is to be looked at again; null: none is. Volatile. */
  readonly wakeAt: Millis | null;
};

export const EMPTY_RESPONSES: StoredResponses = { responses: emptyTable(), deeds: emptyTable() };

export const responsesFrom = ({ responses, deeds }: StoredResponses): ResponsesState => ({
  responses,
  deeds,
  seen: null,
  reopened: emptyTable(),
  wakeAt: null,
});

export const NEW_RESPONSE: ResponseRow = { chosen: {}, running: null, lastRan: null };

export const rowOf = (state: StoredResponses, id: string): ResponseRow =>
  getRow(state.responses, id) ?? NEW_RESPONSE;

/** An alarm of the list. */
export type Asking = {
  readonly alarmId: string;
  readonly kind: AlarmKind;
  readonly level: AlarmLevel;
  /** Its condition holds. */
  readonly active: boolean;
  /** Put aside by a person or a rule: it asks for nothing. */
  readonly aside: boolean;
};

/** What a response depends on. */
export type ResponseContext = {
  readonly definitions: readonly ResponseDefinition[];
  /** Another value whenever any alarm has changed. */
  readonly version: unknown;
  /** Every alarm that is not back to normal. */
  readonly alarms: () => readonly Asking[];
  readonly actuators: () => readonly Actuator[];
  /** Null: it has not said. A valve: true is open. */
  readonly isOn: (entityId: string) => boolean | null;
  /** It was told something, and its answer is not overdue yet. */
  readonly isAwaited: (entityId: string) => boolean;
  /** Gas: nothing may be switched but valves that shut. */
  readonly isInterlocked: () => boolean;
};
