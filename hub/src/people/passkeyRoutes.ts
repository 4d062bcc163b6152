import { ROUTES } from '../api.ts';
import { hostOf } from '../io/origin.ts';
import { type Call, type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { LetIn } from './entrance.ts';
import type { PeopleFact } from './facts.ts';
import type { KnownDevices } from './knownDevices.ts';
import type { Page, Passkeys } from './passkeys.ts';
import { createEndElsewhere, type FactorChange } from './revocations.ts';
import type { PeopleStore } from './store.ts';
import { callerFrom, type Throttle } from './throttle.ts';

export type PasskeyRoutesOptions = {
  /** Steady ms. */
  readonly now: () => Millis;
  readonly store: PeopleStore;
  readonly passkeys: Passkeys;
  readonly throttle: Throttle;
  readonly devices: Pick<KnownDevices, 'read'>;
  readonly letIn: LetIn;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** One's passkeys, and the login with one of them. */
export function createPasskeyRoutes(options: PasskeyRoutesOptions): Endpoint[] {
  const { store, passkeys, dispatch } = options;
  const logIn = createLogIn(options);

  const endElsewhere = createEndElsewhere(store.endSessions, options);

  function removed(passkeys: number, change: FactorChange): void {
    if (passkeys === 0) throw new Refusal('not-found');
    const { personId, me } = change;
    dispatch({ type: 'passkeysRemoved', personId, passkeys, by: me.personId });
    endElsewhere(change);
  }

  return [
    onRoute(ROUTES.beginPasskeyLogin, async (call) => ({ options: await passkeys.beginLogin(pageOf(call)) })),
    onRoute(ROUTES.logInWithPasskey, logIn),
    onRoute(ROUTES.passkeys, ({ me }) => ({ passkeys: passkeys.list(me.personId) })),
    onRoute(ROUTES.beginPasskey, async (call) => {
      const person = store.person(call.me.personId);
      if (person === null) throw new Refusal('no-session');
      return { options: await passkeys.beginAdding(person, pageOf(call), call.me.tokenHash) };
    }),
    onRoute(ROUTES.addPasskey, async (call) => {
      const { personId, tokenHash } = call.me;
      const added = await passkeys.add(personId, pageOf(call), tokenHash, call.body);
      if (added === 'refused') {
        dispatch({ type: 'requestRefused', personId, why: 'passkey-refused' });
        throw new Refusal('passkey-refused');
      }
      if (added === 'full') throw new Refusal('house-full');
      dispatch({ type: 'passkeyAdded', personId, name: added.name });
      if (call.body.endOthers !== false) endElsewhere({ personId, me: call.me });
      return added;
    }),
    onRoute(ROUTES.renamePasskey, ({ params, body, me }) => {
      if (!passkeys.rename(me.personId, params.id, body.name)) throw new Refusal('not-found');
    }),
    onRoute(ROUTES.removePasskey, ({ params, me }) =>
      removed(passkeys.remove(me.personId, params.id) ? 1 : 0, { personId: me.personId, me }),
    ),
    onRoute(ROUTES.removePasskeysOf, ({ params, me }) => {
      if (store.person(params.id) === null) throw new Refusal('not-found');
      removed(passkeys.removeAll(params.id), { personId: params.id, me });
    }),
  ];
}

function createLogIn({ now, store, passkeys, throttle, devices, letIn, dispatch }: PasskeyRoutesOptions) {
  return async (call: Call<typeof ROUTES.logInWithPasskey>) => {
    const page = pageOf(call);
    // A device that somebody logged in on before counts for itself, whoever tries what elsewhere. Whose it is need not be known: no
    // number of tries finds a signature.
    const device = devices.read(call, call.body.deviceToken);
    const caller = { ...callerFrom(call.origin), device };
    const account = `passkey ${call.origin}`;
    throttle.admit(caller, account);
    const personId = await passkeys.logIn(page, call.body.credential);
    const person = personId === null ? null : store.person(personId);
    const isOver = person?.untilUtc != null && now() >= person.untilUtc;
    if (person === null || isOver) {
      dispatch({ type: 'loginRefused', origin: call.origin });
      throw new Refusal('passkey-refused');
    }
    throttle.forgive(caller, account);
    return letIn(person.id, call);
  };
}

/**
 * Where the page is that calls.
 * @throws Refusal `no-passkeys-here`: a browser makes none for an address of numbers, nor outside of a secure context
 */
function pageOf({ host: shown, secure }: Pick<Call, 'host' | 'secure'>): Page {
  const host = hostOf(shown);
  const isNumbers = host === null || host.startsWith('[') || /^[\d.]+$/.test(host);
  if (isNumbers || !(secure || host === 'localhost')) throw new Refusal('no-passkeys-here');
  return { host, origin: `${secure ? 'https' : 'http'}://${shown.toLowerCase()}` };
}
