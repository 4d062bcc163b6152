import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import type { Millis, Moment } from '../../shared/time.ts';
import { GRACE_MS, isSteady } from '../grace.ts';
import type { DevicesState } from '../state.ts';
import { BROKER_AWAY_MS, BROKER_COMES_MS } from './limits.ts';
import type { Seen } from './ofSensor.ts';
import type { HealthState, Missing } from './state.ts';

/** In whose name its trouble stands. A tilde is in no entity's id. */
export const BROKER = '~broker';

/** What may tell of the broker. */
export const OF_BROKER: ReadonlySet<Fact['type']> = new Set<Fact['type']>([
  'houseResumed',
  'brokerLost',
  'brokerFound',
  'brokerNeeded',
  'clockReached',
]);

/**
 * While the broker is away nobody is heard, and nobody is lost: after a while that is a trouble of its own, in a danger at once. It is back once it has stayed
 * for a whole grace; one that goes again before that was never back, however short it is away each time.
 */
export function watchBroker(
  state: HealthState,
  seen: Seen,
  fact: Fact,
  { mono }: Moment,
): Outcome<HealthState> {
  const broker =
    fact.type === 'brokerNeeded'
      ? neededNow(state, seen.devices, mono)
      : missingAfter(state.broker, seen, fact, mono);
  if (broker === null || broker.dueAt === null || mono < broker.dueAt) {
    return { state: broker === state.broker ? state : { ...state, broker } };
  }
  const { devices } = seen;
  if (devices.brokerUp) return { state: { ...state, broker: null }, facts: [{ type: 'brokerStayed' }] };
  const told: Missing = { ...broker, isTold: true, dueAt: null };
  return {
    state: { ...state, broker: told },
    facts: [{ type: 'brokerMissed', since: devices.brokerSince }],
  };
}

function neededNow({ broker, startedAt }: HealthState, devices: DevicesState, now: Millis): Missing | null {
  if (broker === null || broker.dueAt === null) return broker;
  const comesBy = Math.max(now, startedAt + BROKER_COMES_MS * devices.speed);
  return { ...broker, dueAt: Math.min(broker.dueAt, comesBy) };
}

function missingAfter(old: Missing | null, seen: Seen, fact: Fact, now: Millis): Missing | null {
  const { before, devices } = seen;
  // Also the first return after a start: a trouble that stood before it ends by the same rule.
  if (fact.type === 'brokerFound')
    return { since: old?.since ?? now, isTold: old?.isTold ?? false, dueAt: now + GRACE_MS };
  const isGoneNow =
    (fact.type === 'houseResumed' && !devices.brokerUp) || (fact.type === 'brokerLost' && before.brokerUp);
  if (!isGoneNow) return old;
  const isTold = old?.isTold ?? false;
  const since = old === null || isSteady(before, now) ? now : old.since;
  return { since, isTold, dueAt: isTold ? null : since + awayMs(devices) };
}

/** It comes back in real time, however fast the house's clock runs. */
const awayMs = ({ speed }: DevicesState): Millis => BROKER_AWAY_MS * speed;
