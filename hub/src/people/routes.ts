import { randomUUID } from 'node:crypto';
import { ROUTES } from '../api.ts';
import { type Call, type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { type Millis, SECOND_MS } from '../shared/time.ts';
import { type ClaimCode, isInTime } from './claim.ts';
import type { Confirmations } from './confirmations.ts';
import { deviceOf, handOver, type LetIn, viaOf } from './entrance.ts';
import type { PeopleFact } from './facts.ts';
import type { KnownDevices } from './knownDevices.ts';
import { createLogIn } from './logIn.ts';
import { checkName } from './newNames.ts';
import type { CheckNewPassword } from './newPasswords.ts';
import type { PasswordShown } from './ownPassword.ts';
import type { Passwords } from './passwords.ts';
import { isGuessablePin } from './pin.ts';
import { rightsOf } from './rights.ts';
import type { ClaimRequest } from './schema.ts';
import type { SecondFactors } from './secondFactors.ts';
import { type Drawn, noCookie, type Sessions } from './sessions.ts';
import type { PeopleStore } from './store.ts';
import { callerFrom, type Throttle } from './throttle.ts';

export type PeopleRoutesOptions = {
  readonly hubId: string;
  readonly version: string;
  /** Epoch ms UTC. */
  readonly now: () => Millis;
  /** As the house tells the time, epoch ms UTC: in a demo it may go faster. */
  readonly houseNow: () => Millis;
  /** Time since the hub started. Default that of this process. */
  readonly upMs?: () => Millis;
  readonly store: PeopleStore;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly claimCode: ClaimCode;
  readonly devices: KnownDevices;
  readonly throttle: Throttle;
  readonly confirmations: Confirmations;
  readonly factors: SecondFactors;
  readonly letIn: LetIn;
  readonly checkNew: CheckNewPassword;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every password that was right. Never rejects. */
  readonly passwordShown: PasswordShown;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** Who is this hub, become its owner, log in, who am I, log out. */
export function createPeopleRoutes(options: PeopleRoutesOptions): Endpoint[] {
  const { store, sessions, dispatch, devices, confirmations } = options;
  const claim = createClaim(options);
  const logIn = createLogIn(options);
  const end = (tokenHash: string) => {
    sessions.end(tokenHash);
    options.onSessionEnded(tokenHash);
  };
  return [
    onRoute(ROUTES.hello, () => ({
      hubId: options.hubId,
      version: options.version,
      claimed: store.hasOwner(),
      now: options.houseNow(),
    })),
    onRoute(ROUTES.claim, async (call) => handOver(await claim(call), call, devices)),
    onRoute(ROUTES.logIn, async (call) => {
      const personId = await logIn(call.body, call.origin, devices.read(call, call.body.deviceToken));
      const granted = options.letIn(personId, call);
      await options.passwordShown(personId, call.body.password);
      return granted;
    }),
    onRoute(ROUTES.me, ({ me }) => {
      const person = store.person(me.personId);
      if (person === null) throw new Refusal('no-session');
      const { id, name, role, language } = person;
      const confirmedForS = Math.ceil(confirmations.leftMs(me.tokenHash) / SECOND_MS);
      const secondFactor = options.factors.view(id);
      return { personId: id, name, role, rights: rightsOf(role), language, secondFactor, confirmedForS };
    }),
    onRoute(ROUTES.logOut, ({ me, secure, setHeader }) => {
      end(me.tokenHash);
      dispatch({ type: 'personLoggedOut', personId: me.personId });
      setHeader('Set-Cookie', noCookie(secure));
    }),
  ];
}

/**
 * Checks the code, makes the owner and their first session in one transaction. Of two who hold the code and come at
 * the same time one is the owner and the other is told that the hub has one.
 */
function createClaim(options: PeopleRoutesOptions) {
  const { store, sessions, passwords, claimCode, throttle, dispatch, devices } = options;
  const upMs = options.upMs ?? (() => performance.now());

  async function ownerFrom(body: ClaimRequest) {
    const [passwordHash, pinHash] = await Promise.all([
      passwords.hash(body.password),
      passwords.hash(body.pin),
    ]);
    const { name, language } = body;
    const id = randomUUID();
    const kept = { id, name, role: 'owner', language, passwordHash, createdUtc: options.now() } as const;
    return { owner: { ...kept, untilUtc: null }, pinHash };
  }

  return async (call: Call<typeof ROUTES.claim>): Promise<Drawn> => {
    const { body, origin } = call;
    if (store.hasOwner()) {
      dispatch({ type: 'claimRefused', origin });
      throw new Refusal('claimed');
    }
    if (!isInTime(origin, upMs())) {
      dispatch({ type: 'claimRefused', origin });
      throw new Refusal('claim-over');
    }
    const caller = callerFrom(origin);
    throttle.admit(caller, 'claim');
    if (!claimCode.matches(body.claimCode)) {
      dispatch({ type: 'claimRefused', origin });
      throw new Refusal('claim-refused');
    }
    throttle.forgive(caller, 'claim');
    if (isGuessablePin(body.pin)) {
      throw new Refusal('bad-request', { detail: 'pin: among the first that somebody would try' });
    }
    checkName(body.name);
    await options.checkNew(body.password, body.name);
    const { owner, pinHash } = await ownerFrom(body);
    const device = deviceOf(call, devices);
    const drawn = sessions.draw(owner.id, viaOf(body), device);
    if (!store.claim(owner, pinHash, drawn.session)) throw new Refusal('claimed');
    claimCode.withdraw();
    devices.remember(device.deviceId, owner.id);
    options.confirmations.confirm(drawn.session.tokenHash);
    dispatch({ type: 'hubClaimed', personId: owner.id, name: owner.name });
    await options.passwordShown(owner.id, body.password);
    return drawn;
  };
}
