import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Challenges } from './challenges.ts';
import { MOST_PASSKEYS } from './limits.ts';
import type { Assertion, Creation, PasskeyView } from './passkeySchema.ts';
import type { PasskeyStore, StoredPasskey } from './passkeyStore.ts';
import type { PeopleClock } from './peopleClock.ts';
import type { SessionStore } from './sessionStore.ts';

/** Where somebody looks at the hub's page. */
export type Page = {
  /** Scheme, name and port, as the browser signs it. */
  readonly origin: string;
  /** The name alone: a passkey works under it and no other. */
  readonly host: string;
};

type Options = { readonly [name: string]: unknown };

export type Passkeys = {
  /** @param session the passkey is made in it, and no other may bring it */
  beginAdding(
    person: { readonly id: string; readonly name: string },
    page: Page,
    session: string,
  ): Promise<Options>;
  /**
   * Keeps what was made on a device. `refused`: it is not what was asked for, or the session ended meanwhile. `full`: there are too many,
   * or it is there already.
   */
  add(
    personId: string,
    page: Page,
    session: string,
    made: { readonly name: string; readonly credential: Creation },
  ): Promise<PasskeyView | 'refused' | 'full'>;
  beginLogin(page: Page): Promise<Options>;
  /** Whose it is; null: nobody's that may come in. */
  logIn(page: Page, credential: Assertion): Promise<string | null>;
  list(personId: string): PasskeyView[];
  rename(personId: string, id: string, name: string): boolean;
  remove(personId: string, id: string): boolean;
  removeAll(personId: string): number;
};

/** Loaded when somebody uses a passkey: 6 MB of memory that a house without any does not need. */
const webAuthn = () => import('@simplewebauthn/server');

const LOG_IN = 'log in';

/**
 * Passkeys (WebAuthn level 3), each in the place of password and code: the device has the key and knows its person, so both are asked of
 * it (user verification required). A counter that does not go on tells of a copied key, which lets nobody in.
 */
export function createPasskeys(
  store: PasskeyStore,
  sessions: Pick<SessionStore, 'session'>,
  challenges: Challenges,
  clock: PeopleClock,
): Passkeys {
  const view = viewer(clock);
  /** The check of one answer; notes which challenge it was. */
  const openFor = (purpose: string, seen: { challenge: string }) => (challenge: string) => {
    seen.challenge = challenge;
    return challenges.isOpen(purpose, challenge);
  };
  const expected = ({ origin, host }: Page) => ({ expectedOrigin: origin, expectedRPID: host });

  return {
    async beginAdding({ id, name }, { host }, session) {
      const { generateRegistrationOptions } = await webAuthn();
      const options = await generateRegistrationOptions({
        rpName: 'Homeward',
        rpID: host,
        userName: name,
        userDisplayName: name,
        userID: new Uint8Array(Buffer.from(id)),
        challenge: challenges.draw(`add ${session}`),
        excludeCredentials: store.passkeysOf(id).map((passkey) => ({ id: passkey.id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      return { ...options };
    },
    async add(personId, page, session, { name, credential }) {
      const { verifyRegistrationResponse } = await webAuthn();
      const seen = { challenge: '' };
      const verified = await verifyRegistrationResponse({
        ...expected(page),
        response: credential as RegistrationResponseJSON,
        expectedChallenge: openFor(`add ${session}`, seen),
      }).catch(notVerified);
      const here = sessions.session(session);
      if (!verified.verified || here === null) return 'refused';
      challenges.use(seen.challenge);
      const { credential: key, credentialBackedUp } = verified.registrationInfo;
      const passkey: StoredPasskey = {
        ...{ id: key.id, personId, name, host: page.host, isSynced: credentialBackedUp },
        ...{ publicKey: key.publicKey, counter: key.counter, transports: key.transports ?? [] },
        ...{ madeUtc: clock.now(), usedUtc: null, deviceId: here.deviceId },
      };
      return store.addPasskey(passkey, MOST_PASSKEYS) ? view(passkey) : 'full';
    },
    async beginLogin({ host }) {
      const { generateAuthenticationOptions } = await webAuthn();
      const challenge = challenges.draw(LOG_IN);
      return {
        ...(await generateAuthenticationOptions({ rpID: host, challenge, userVerification: 'required' })),
      };
    },
    async logIn(page, credential) {
      const passkey = store.passkey(credential.id);
      if (passkey === null || passkey.host !== page.host) return null;
      const { verifyAuthenticationResponse } = await webAuthn();
      const seen = { challenge: '' };
      const { id, publicKey, counter } = passkey;
      const verified = await verifyAuthenticationResponse({
        ...expected(page),
        response: credential as AuthenticationResponseJSON,
        expectedChallenge: openFor(LOG_IN, seen),
        credential: { id, publicKey: new Uint8Array(publicKey), counter },
        requireUserVerification: true,
      }).catch(notVerified);
      if (!verified.verified) return null;
      // Looked at once more: two who show the same answer at once must not both get in.
      if (!challenges.isOpen(LOG_IN, seen.challenge)) return null;
      challenges.use(seen.challenge);
      const { newCounter } = verified.authenticationInfo;
      return store.usePasskey(id, counter, newCounter, clock.now()) ? passkey.personId : null;
    },
    list: (personId) => store.passkeysOf(personId).map(view),
    rename: store.renamePasskey,
    remove: store.removePasskey,
    removeAll: store.removePasskeysOf,
  };
}

const viewer =
  (clock: PeopleClock) =>
  ({ id, name, host, isSynced, madeUtc, usedUtc }: StoredPasskey): PasskeyView => ({
    ...{ id, name, host, synced: isSynced },
    createdAt: clock.shown(madeUtc),
    usedAt: usedUtc === null ? null : clock.shown(usedUtc),
  });

/** The package throws at whatever does not fit: that is an answer that is not right, and no bug. */
const notVerified = (): { readonly verified: false } => ({ verified: false });
