import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Confirmations } from './confirmations.ts';
import type { PeopleFact } from './facts.ts';
import { checkName } from './newNames.ts';
import type { CheckNewPassword } from './newPasswords.ts';
import type { CheckOwnPassword, PasswordChanging } from './ownPassword.ts';
import type { Passwords } from './passwords.ts';
import { tellRevoked } from './revocations.ts';
import { checkStillIn } from './stillIn.ts';
import type { PeopleStore } from './store.ts';

export type AccountRoutesOptions = {
  readonly store: PeopleStore;
  readonly passwords: Passwords;
  readonly checkOwn: CheckOwnPassword;
  readonly checkNew: CheckNewPassword;
  readonly confirmations: Confirmations;
  readonly passwordChanging: PasswordChanging;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** One's own account: prove once more that it is you, choose another password. */
export function createAccountRoutes(options: AccountRoutesOptions): Endpoint[] {
  const { store, passwords, checkOwn, checkNew, confirmations, dispatch } = options;
  return [
    onRoute(ROUTES.confirmSession, async ({ body, me, origin }) => {
      await checkOwn({ me, origin }, body.password);
      confirmations.confirm(me.tokenHash);
      dispatch({ type: 'sessionConfirmed', personId: me.personId });
    }),
    onRoute(ROUTES.changeMe, ({ body, me }) => {
      const before = store.person(me.personId);
      if (before === null) throw new Refusal('no-session');
      const { name = before.name, language = before.language } = body;
      if (name !== before.name) checkName(name);
      const why = store.renamePerson(before.id, name, language);
      if (why !== null) throw new Refusal(why === 'unknown' ? 'no-session' : why);
      if (name !== before.name)
        dispatch({ type: 'personRenamed', personId: before.id, from: before.name, name });
    }),
    onRoute(ROUTES.changePassword, async ({ body, me, origin }) => {
      await checkOwn({ me, origin }, body.password);
      await checkNew(body.newPassword, store.person(me.personId)?.name ?? '');
      const passwordHash = await passwords.hash(body.newPassword);
      const rewrap = await options.passwordChanging(
        me.personId,
        body.password,
        body.newPassword,
        passwordHash,
      );
      const here = checkStillIn(store, me);
      const keep = body.endOthers === false ? 'all' : here;
      const revoked = store.changePassword(me.personId, passwordHash, keep, rewrap);
      if (revoked === 'unknown') throw new Refusal('no-session');
      tellRevoked(revoked, { personId: me.personId, by: me.personId }, options);
      confirmations.confirm(me.tokenHash);
      dispatch({ type: 'passwordChanged', personId: me.personId, sessions: revoked.sessions.length });
    }),
  ];
}
