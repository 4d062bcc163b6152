import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { PinRequest } from './accountSchema.ts';
import type { PeopleFact } from './facts.ts';
import type { CheckOwnPassword } from './ownPassword.ts';
import { isGuessablePin, isOneSlipApart } from './pin.ts';
import type { Pins } from './pins.ts';
import { checkStillIn } from './stillIn.ts';
import type { PeopleStore } from './store.ts';

export type PinRoutesOptions = {
  readonly store: PeopleStore;
  readonly pins: Pins;
  readonly checkOwn: CheckOwnPassword;
  readonly dispatch: (fact: PeopleFact) => void;
};

/** One's own PIN and duress PIN, chosen together with the password typed once more. */
export function createPinRoutes({ store, pins, checkOwn, dispatch }: PinRoutesOptions): Endpoint[] {
  return [
    onRoute(ROUTES.choosePins, async ({ body, me, origin }) => {
      const wrong = wrongWith(body);
      if (wrong !== null) throw new Refusal('bad-request', { detail: wrong });
      await checkOwn({ me, origin }, body.password);
      const check = () => checkStillIn(store, me);
      await pins.choose(me.personId, body.pin, body.duressPin ?? null, check);
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
