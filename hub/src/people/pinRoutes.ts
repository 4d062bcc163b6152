import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { PeopleFact } from './facts.ts';
import type { Passwords } from './passwords.ts';
import { isGuessablePin, isOneSlipApart } from './pin.ts';
import type { Pins } from './pins.ts';
import type { PinRequest } from './schema.ts';
import type { PeopleStore } from './store.ts';
import { callerFrom, type Throttle } from './throttle.ts';

export type PinRoutesOptions = {
  readonly store: PeopleStore;
  readonly pins: Pins;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly dispatch: (fact: PeopleFact) => void;
};

/** One's own PIN and duress PIN, chosen together with the password typed once more. */
export function createPinRoutes({
  store,
  pins,
  passwords,
  throttle,
  dispatch,
}: PinRoutesOptions): Endpoint[] {
  return [
    onRoute(ROUTES.choosePins, async ({ body, me, origin }) => {
      const wrong = wrongWith(body);
      if (wrong !== null) throw new Refusal('bad-request', { detail: wrong });
      // A session counts for itself: whoever found it open tries five passwords a minute, and shuts nobody out.
      const caller = { ...callerFrom(origin), device: `session ${me.tokenHash}` };
      throttle.admit(caller, me.personId);
      const person = store.person(me.personId);
      if (!(await passwords.matches(person?.passwordHash ?? null, body.password, 'first'))) {
        dispatch({ type: 'loginRefused', origin });
        throw new Refusal('password-refused');
      }
      throttle.forgive(caller, me.personId);
      await pins.choose(me.personId, body.pin, body.duressPin ?? null);
      // Not whether there is a duress PIN: who reads the journal over somebody's shoulder must not learn it.
      dispatch({ type: 'pinChanged', personId: me.personId });
    }),
  ];
}

function wrongWith({ pin, duressPin }: PinRequest): string | null {
  if (isGuessablePin(pin)) return 'pin: among the first that somebody would try';
  if (duressPin === undefined) return null;
  if (isGuessablePin(duressPin)) return 'duressPin: among the first that somebody would try';
  return isOneSlipApart(pin, duressPin) ? 'duressPin: one slip away from the other' : null;
}
