/**
 * Passkeys as the browser makes and shows them. The hub speaks of bytes in base64url; the browser wants them as they are, and
 * not every browser that has passkeys turns one into the other. Source: W3C Web Authentication Level 3, 5.1.8 to 5.1.10.
 */

/** Why this page cannot use passkeys. `address`: the hub is reached by numbers; `insecure`: the connection is not trusted. */
export type PasskeyHindrance = 'address' | 'insecure' | 'browser';

type PageLike = { readonly isSecureContext: boolean; readonly hostname: string };

/** A passkey belongs to a name: no browser makes one for an address of numbers. Null: nothing is in the way. */
export const passkeyHindrance = (page: PageLike, hasPasskeys: boolean): PasskeyHindrance | null => {
  if (/^(?:[\d.]+|\[.*\])$/.test(page.hostname)) return 'address';
  if (!page.isSecureContext) return 'insecure';
  return hasPasskeys ? null : 'browser';
};

/** The same of the page that is open. */
export const hindranceHere = (): PasskeyHindrance | null =>
  passkeyHindrance(
    { isSecureContext: globalThis.isSecureContext === true, hostname: location.hostname },
    'PublicKeyCredential' in globalThis,
  );

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

export const textOf = (bytes: ArrayBuffer): string =>
  btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

/** The person closed the browser's question, the device has one already, or something else stood in the way. */
export type PasskeyStop = 'left' | 'there' | 'failed';

export class PasskeyStopped extends Error {
  readonly stop: PasskeyStop;
  constructor(stop: PasskeyStop) {
    super(stop);
    this.stop = stop;
  }
}

const stopOf = (failure: unknown): PasskeyStop => {
  const name = failure instanceof Error || failure instanceof DOMException ? failure.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'left';
  return name === 'InvalidStateError' ? 'there' : 'failed';
};

type Described = { readonly id: string; readonly type: string; readonly transports?: readonly string[] };

const described = (list: readonly Described[] | undefined) =>
  list?.map(({ id, transports }) => ({
    id: bytesOf(id),
    type: 'public-key' as const,
    ...(transports === undefined ? {} : { transports: transports as AuthenticatorTransport[] }),
  })) ?? [];

/** @throws PasskeyStopped */
const asked = async (ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> => {
  const made = await ask().catch((failure: unknown) => {
    throw new PasskeyStopped(stopOf(failure));
  });
  if (made === null) throw new PasskeyStopped('failed');
  return made as PublicKeyCredential;
};

const plain = ({ id, rawId, authenticatorAttachment: where }: PublicKeyCredential) => ({
  id,
  rawId: textOf(rawId),
  type: 'public-key' as const,
  clientExtensionResults: {},
  ...(where === 'platform' || where === 'cross-platform'
    ? { authenticatorAttachment: where as 'platform' | 'cross-platform' }
    : {}),
});

/**
 * Has the browser make a passkey.
 * @param options as the hub wrote them
 * @throws PasskeyStopped
 */
export const makePasskey = async (options: Readonly<Record<string, unknown>>) => {
  const given = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        ...(given as unknown as PublicKeyCredentialCreationOptions),
        challenge: bytesOf(given.challenge),
        user: { ...given.user, id: bytesOf(given.user.id) },
        excludeCredentials: described(given.excludeCredentials),
      },
    }),
  );
  const answer = made.response as AuthenticatorAttestationResponse;
  return {
    ...plain(made),
    response: {
      clientDataJSON: textOf(answer.clientDataJSON),
      attestationObject: textOf(answer.attestationObject),
      transports: answer.getTransports?.() ?? [],
    },
  };
};

/**
 * Has the browser sign with a passkey.
 * @param options as the hub wrote them
 * @throws PasskeyStopped
 */
export const showPasskey = async (options: Readonly<Record<string, unknown>>) => {
  const given = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const shown = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        ...(given as unknown as PublicKeyCredentialRequestOptions),
        challenge: bytesOf(given.challenge),
        allowCredentials: described(given.allowCredentials),
      },
    }),
  );
  const { clientDataJSON, authenticatorData, signature, userHandle } =
    shown.response as AuthenticatorAssertionResponse;
  return {
    ...plain(shown),
    response: {
      clientDataJSON: textOf(clientDataJSON),
      authenticatorData: textOf(authenticatorData),
      signature: textOf(signature),
      ...(userHandle === null ? {} : { userHandle: textOf(userHandle) }),
    },
  };
};
