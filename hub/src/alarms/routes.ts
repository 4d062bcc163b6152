import { ROUTES } from '../api.ts';
import type { Fact } from '../house/facts.ts';
import type { Settled } from '../house/outcome.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { type AlarmRow, mayAcknowledge, mayReset } from './alarmRow.ts';
import { findAlarm } from './alarms.ts';
import type { Alarm, AlarmFlood } from './schema.ts';
import type { AlarmsState } from './state.ts';

export type AlarmRoutePorts = {
  readonly read: () => AlarmsState;
  readonly dispatch: (fact: Fact) => Settled;
  /** All alarms as the app sees them, now. */
  readonly views: () => Readonly<Record<string, Alarm>>;
  readonly flood: () => AlarmFlood | null;
  readonly nameOf: (personId: string) => string;
};

export function alarmRoutes({ read, dispatch, views, flood, nameOf }: AlarmRoutePorts): Endpoint[] {
  const list = () => ({
    alarms: Object.values(views()).sort((a, b) => b.since - a.since),
    flood: flood(),
  });

  function requireAlarm(alarmId: string): AlarmRow {
    const alarm = findAlarm(read(), alarmId);
    if (alarm === undefined) throw new Refusal('not-found');
    return alarm;
  }

  /** "Done" is answered only when it is on disk. */
  function ask(fact: Fact): void {
    if (!dispatch(fact).saved) throw new Refusal('not-saved');
  }

  return [
    onRoute(ROUTES.alarms, list),
    onRoute(ROUTES.acknowledge, ({ params, me }) => {
      const alarm = requireAlarm(params.id);
      // Somebody was faster: the list says who.
      if (mayAcknowledge(alarm)) {
        ask({ type: 'acknowledgeAsked', alarmId: params.id, by: nameOf(me.personId) });
      }
      return list();
    }),
    onRoute(ROUTES.reset, ({ params, me }) => {
      if (!mayReset(requireAlarm(params.id))) throw new Refusal('alarm-not-waiting');
      ask({ type: 'resetAsked', alarmId: params.id, by: nameOf(me.personId) });
      return list();
    }),
  ];
}
