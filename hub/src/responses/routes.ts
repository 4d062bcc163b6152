import { ROUTES } from '../api.ts';
import type { Fact } from '../house/facts.ts';
import type { Settled } from '../house/outcome.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { ResponseList, ResponsePatch, ResponseView } from './schema.ts';

export type ResponseRoutePorts = {
  readonly dispatch: (fact: Fact) => Settled;
  /** As the app sees them, now. */
  readonly views: () => ResponseList;
  /** Name of the person who calls, for the journal. */
  readonly nameOf: (personId: string) => string;
};

export function responseRoutes({ dispatch, views, nameOf }: ResponseRoutePorts): Endpoint[] {
  function requireResponse(id: string): ResponseView {
    const response = views().responses.find((each) => each.id === id);
    if (response === undefined) throw new Refusal('not-found');
    return response;
  }

  /** What gas or fire forbids cannot be chosen, nor what is no fan, valve or light. */
  function requireAllowed({ mayKinds, mayEntityIds }: ResponseView, patch: ResponsePatch): void {
    const kind = patch.kinds?.find((each) => !mayKinds.includes(each));
    if (kind !== undefined) throw new Refusal('response-forbidden', { detail: `kinds: ${kind}` });
    const entityId = patch.entityIds?.find((each) => !mayEntityIds.includes(each));
    if (entityId !== undefined) throw new Refusal('response-forbidden', { detail: `entityIds: ${entityId}` });
  }

  return [
    onRoute(ROUTES.responses, views),
    onRoute(ROUTES.changeResponse, ({ params, body, me }) => {
      const { id } = requireResponse(params.id);
      requireAllowed(requireResponse(id), body);
      const by = nameOf(me.personId);
      if (!dispatch({ type: 'responseChangeAsked', responseId: id, patch: body, by }).saved)
        throw new Refusal('not-saved');
      return requireResponse(id);
    }),
  ];
}
