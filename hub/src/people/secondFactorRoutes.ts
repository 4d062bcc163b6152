import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { PeopleFact } from './facts.ts';
import type { Asking, CheckOwnPassword } from './ownPassword.ts';
import { createEndElsewhere, type FactorChange } from './revocations.ts';
import type { SecondFactors } from './secondFactors.ts';
import type { PeopleStore } from './store.ts';
import { callerFrom, type Throttle } from './throttle.ts';

export type SecondFactorRoutesOptions = {
  readonly store: PeopleStore;
  readonly factors: SecondFactors;
  readonly checkOwn: CheckOwnPassword;
  readonly throttle: Throttle;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** One's own authenticator app: add it, prove that it works, new recovery codes, remove it; an owner removes another's. */
export function createSecondFactorRoutes(options: SecondFactorRoutesOptions): Endpoint[] {
  const { store, factors, checkOwn, dispatch } = options;

  const endElsewhere = createEndElsewhere(store.endSessions, options);

  function remove(change: FactorChange): void {
    const { personId, me } = change;
    if (!factors.remove(personId)) throw new Refusal('not-found');
    dispatch({ type: 'secondFactorRemoved', personId, by: me.personId });
    endElsewhere(change);
  }

  return [
    onRoute(ROUTES.beginSecondFactor, async ({ body, me, origin }) => {
      await checkOwn({ me, origin }, body.password);
      const person = store.person(me.personId);
      if (person === null) throw new Refusal('no-session');
      const begun = factors.begin(person);
      if (begun === null) throw new Refusal('second-factor-there');
      return begun;
    }),
    onRoute(ROUTES.proveSecondFactor, ({ body, me, origin }) => {
      const recoveryCodes = provenWith(body.code, { me, origin }, options);
      dispatch({ type: 'secondFactorAdded', personId: me.personId });
      if (body.endOthers !== false) endElsewhere({ personId: me.personId, me });
      return { recoveryCodes: [...recoveryCodes] };
    }),
    onRoute(ROUTES.drawRecoveryCodes, async ({ body, me, origin }) => {
      await checkOwn({ me, origin }, body.password);
      if (!factors.has(me.personId)) throw new Refusal('not-found');
      const recoveryCodes = [...factors.drawCodes(me.personId)];
      dispatch({ type: 'recoveryCodesDrawn', personId: me.personId });
      return { recoveryCodes };
    }),
    onRoute(ROUTES.removeSecondFactor, async ({ body, me, origin }) => {
      await checkOwn({ me, origin }, body.password);
      remove({ personId: me.personId, me });
    }),
    onRoute(ROUTES.removeSecondFactorOf, ({ params, me }) => {
      if (store.person(params.id) === null) throw new Refusal('not-found');
      remove({ personId: params.id, me });
    }),
  ];
}

/** @throws Refusal `second-factor-refused`, `too-many-tries` */
function provenWith(code: string, { me, origin }: Asking, options: SecondFactorRoutesOptions) {
  const caller = { ...callerFrom(origin), device: `session ${me.tokenHash}` };
  const account = `second ${me.personId}`;
  options.throttle.admit(caller, account);
  const codes = options.factors.prove(me.personId, code);
  if (codes === null) {
    options.dispatch({ type: 'requestRefused', personId: me.personId, why: 'second-factor-refused' });
    throw new Refusal('second-factor-refused');
  }
  options.throttle.forgive(caller, account);
  return codes;
}
