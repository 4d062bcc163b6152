import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import type { Millis, Moment } from '../../shared/time.ts';
import { BROKER_AWAY_MS } from './limits.ts';
import type { Seen } from './ofSensor.ts';
import type { HealthState } from './state.ts';

/** In whose name its trouble stands. A tilde is in no entity's id. */
export const BROKER = '~broker';

/** What may tell of the broker. */
export const OF_BROKER: ReadonlySet<Fact['type']> = new Set<Fact['type']>([
  'houseResumed',
  'brokerLost',
  'brokerFound',
  'clockReached',
]);

/** While the broker is away nobody is heard, and nobody is lost: after a while that is a trouble of its own. */
export function watchBroker(
  state: HealthState,
  { before, devices }: Seen,
  fact: Fact,
  now: Moment,
): Outcome<HealthState> {
  const isGoneNow =
    (fact.type === 'houseResumed' && !devices.brokerUp) || (fact.type === 'brokerLost' && before.brokerUp);
  if (isGoneNow) return { state: { ...state, broker: awayFrom(now.mono, devices.speed) } };
  if (fact.type === 'brokerFound')
    return { state: state.broker === null ? state : { ...state, broker: null } };
  const { broker } = state;
  if (broker === null || broker.dueAt === null || now.mono < broker.dueAt) return { state };
  const { since } = broker;
  return { state: { ...state, broker: { since, dueAt: null } }, facts: [{ type: 'brokerMissed', since }] };
}

/** It comes back in real time, however fast the house's clock runs. */
const awayFrom = (since: Millis, speed: number): HealthState['broker'] => ({
  since,
  dueAt: since + BROKER_AWAY_MS * speed,
});
