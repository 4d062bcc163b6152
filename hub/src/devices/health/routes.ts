import { ROUTES } from '../../api.ts';
import type { Fact } from '../../house/facts.ts';
import type { Settled } from '../../house/outcome.ts';
import { type Endpoint, onRoute } from '../../io/route.ts';
import { Refusal } from '../../shared/errors.ts';
import type { EntityView } from '../schema.ts';

export type UpkeepRoutePorts = {
  readonly dispatch: (fact: Fact) => Settled;
  /** An entity as the app shows it to that role, now; undefined: there is none. */
  readonly viewOf: (role: string, entityId: string) => EntityView | undefined;
  /** Whether it alarms now: then it stays what it is. */
  readonly isAlarming: (entityId: string) => boolean;
  /** Name of the person who calls, for the journal. */
  readonly nameOf: (personId: string) => string;
};

export function upkeepRoutes({ dispatch, viewOf, isAlarming, nameOf }: UpkeepRoutePorts): Endpoint[] {
  return [
    onRoute(ROUTES.upkeep, ({ params, body, me }) => {
      const health = viewOf(me.role, params.id)?.health ?? null;
      if (health === null) throw new Refusal('not-found');
      if (body.disabled === true && isAlarming(params.id)) throw new Refusal('sensor-alarming');
      const by = nameOf(me.personId);
      const settled = dispatch({ type: 'upkeepChanged', entityId: params.id, by, upkeep: body });
      if (!settled.saved) throw new Refusal('not-saved');
      return viewOf(me.role, params.id) as EntityView;
    }),
  ];
}
