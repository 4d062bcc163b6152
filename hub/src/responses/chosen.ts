import type { AlarmKind, AlarmLevel } from '../alarms/schema.ts';
import type { Actuator, ResponseDefinition } from './definition.ts';
import type { ResponsePatch } from './schema.ts';

/** When a response is done: as the owner chose, as far as it may be, else as the definition has it. */
export type Chosen = {
  readonly enabled: boolean;
  readonly kinds: readonly AlarmKind[];
  readonly fromLevel: AlarmLevel;
};

export const chosenBy = (definition: ResponseDefinition, said: ResponsePatch): Chosen => ({
  enabled: said.enabled ?? true,
  kinds: (said.kinds ?? definition.kinds).filter((kind) => definition.mayKinds.includes(kind)),
  fromLevel: said.fromLevel ?? definition.fromLevel,
});

/** What is known of all responses. */
export type Choices = {
  readonly definitions: readonly ResponseDefinition[];
  readonly actuators: readonly Actuator[];
  /** What the owner chose of a response. */
  readonly saidOf: (id: string) => ResponsePatch;
};

/** What it uses, of what it may use and what is there. */
export function entityIdsOf(definition: ResponseDefinition, choices: Choices): readonly string[] {
  const may = choices.actuators.filter(definition.mayUse);
  const said = choices.saidOf(definition.id).entityIds;
  const { uses } = definition;
  if (said !== undefined) return may.filter(({ id }) => said.includes(id)).map(({ id }) => id);
  if (uses === 'nothing') return [];
  if (typeof uses === 'function') return may.filter(uses).map(({ id }) => id);
  const other = choices.definitions.find(({ id }) => id === uses.sameAs);
  const theirs = other === undefined ? [] : entityIdsOf(other, choices);
  return may.filter(({ id }) => theirs.includes(id)).map(({ id }) => id);
}
