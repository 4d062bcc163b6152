import { getRow } from '../house/table.ts';
import { chosenBy, entityIdsOf } from './chosen.ts';
import type { ResponseList, ResponseView } from './schema.ts';
import { NEW_RESPONSE, type ResponseContext, type ResponsesState } from './state.ts';

/** How the app sees what the house does by itself. */
export function viewResponses(state: ResponsesState, context: ResponseContext): ResponseList {
  const { definitions } = context;
  const actuators = context.actuators();
  const rowOf = (id: string) => getRow(state.responses, id) ?? NEW_RESPONSE;
  const saidOf = (id: string) => rowOf(id).chosen;
  const responses = definitions.map((definition): ResponseView => {
    const { id, mayKinds, mayUse, handsBack } = definition;
    const { enabled, kinds, fromLevel } = chosenBy(definition, saidOf(id));
    return {
      id,
      enabled,
      kinds: [...kinds],
      fromLevel,
      mayKinds: [...mayKinds],
      entityIds: [...entityIdsOf(definition, { definitions, actuators, saidOf })],
      mayEntityIds: actuators.filter(mayUse).map((actuator) => actuator.id),
      lastRan: rowOf(id).lastRan,
      handsBack: handsBack !== null,
    };
  });
  return { responses, interlock: context.isInterlocked() };
}
