import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { type Millis, SECOND_MS } from '../shared/time.ts';
import type { DevicesOf } from './deviceNames.ts';
import type { PeopleFact } from './facts.ts';
import { PIN_CHECKS, PIN_CHECKS_MS } from './limits.ts';
import type { Pins } from './pins.ts';
import { callerFrom, type Throttle } from './throttle.ts';

export type PinCheckRoutesOptions = {
  /** Milliseconds that never jump. */
  readonly steady: () => Millis;
  readonly pins: Pick<Pins, 'match'>;
  readonly throttle: Throttle;
  /** Names by which the device that calls is known again. */
  readonly devicesOf: DevicesOf;
  readonly dispatch: (fact: PeopleFact) => void;
};

/**
 * Whether I still know my PIN, before I stand at the door with it. A duress PIN is answered as the other is, in as much time, and leaves
 * the same row; only the sealed part of the row says which it was.
 */
export function createPinCheckRoutes(options: PinCheckRoutesOptions): Endpoint[] {
  const { pins, throttle, devicesOf, dispatch } = options;
  const admit = createBudget(options.steady);
  return [
    onRoute(ROUTES.checkPin, async ({ body, me, origin }) => {
      const { personId } = me;
      admit(personId);
      const caller = { ...callerFrom(origin), device: `session ${me.tokenHash}` };
      throttle.admit(caller, `pin ${personId}`);
      const match = await pins.match(personId, body.pin);
      if (match === null) {
        dispatch({ type: 'pinRefused', personId, origin });
        throw new Refusal('pin-refused');
      }
      throttle.forgive(caller, `pin ${personId}`);
      const { own, address } = devicesOf(me, origin);
      const underDuress = match === 'duress';
      dispatch({
        type: 'pinUsed',
        personId,
        purpose: 'check',
        origin,
        devices: [...own, address],
        underDuress,
      });
    }),
  ];
}

/**
 * Rows of PINs are never merely counted, for one of them may be under duress: so nobody makes them without end.
 * @throws Refusal `too-many-tries`
 */
function createBudget(steady: () => Millis): (personId: string) => void {
  const spent = new Map<string, { readonly since: Millis; readonly times: number }>();
  return (personId) => {
    const now = steady();
    const before = spent.get(personId);
    const { since, times } =
      before !== undefined && now < before.since + PIN_CHECKS_MS ? before : { since: now, times: 0 };
    if (times >= PIN_CHECKS) {
      const retryAfterS = Math.ceil((since + PIN_CHECKS_MS - now) / SECOND_MS);
      throw new Refusal('too-many-tries', { retryAfterS });
    }
    spent.set(personId, { since, times: times + 1 });
  };
}
