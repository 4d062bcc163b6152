import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

/** Flags of authenticator data: user present, user verified, attested credential data. Source: WebAuthn level 3 §6.1. */
const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/** What a browser and a passkey do, without either. A test bends single parts of it. */
export type Bent = {
  readonly origin?: string;
  readonly host?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly counter?: number;
  readonly isVerified?: boolean;
  readonly key?: KeyObject;
};

type Options = { readonly challenge: string };

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** CBOR (RFC 8949): the head of an item. */
function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
const whole = (value: number): Buffer => (value >= 0 ? head(0, value) : head(1, -1 - value));
const bytes = (value: Uint8Array): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer =>
  Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (...pairs: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

/** An authenticator with one key (ES256) for one hub. */
export function createSoftAuthenticator(origin: string, host: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;

  function cosePublicKey(): Buffer {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const part = (value: string) => bytes(Buffer.from(value, 'base64url'));
    // Key type EC2, algorithm ES256, curve P-256. Source: RFC 9053 §2.1 and §7.1.1.
    return map(
      [whole(1), whole(2)],
      [whole(3), whole(-7)],
      [whole(-1), whole(1)],
      [whole(-2), part(x)],
      [whole(-3), part(y)],
    );
  }
  function authData(flags: number, bent: Bent, more = Buffer.alloc(0)): Buffer {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(bent.counter ?? counter);
    const verified = bent.isVerified === false ? 0 : FLAG.verified;
    const flag = Buffer.from([flags | FLAG.present | verified]);
    return Buffer.concat([sha256(bent.host ?? host), flag, count, more]);
  }
  const clientData = (type: string, { challenge }: Options, bent: Bent): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const credential = (response: object) => ({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });

  return {
    id: base64url(id),
    /** Another key, as a thief has it who knows all but the right one. */
    otherKey: () =>
      createPrivateKey(
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
          format: 'pem',
          type: 'pkcs8',
        }),
      ),
    create(options: Options, bent: Bent = {}) {
      const length = Buffer.from([id.length >> 8, id.length & 0xff]);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, cosePublicKey()]);
      const attestation = map(
        [text('fmt'), text('none')],
        [text('attStmt'), map()],
        [text('authData'), bytes(authData(FLAG.attested, bent, attested))],
      );
      const clientDataJSON = base64url(clientData('webauthn.create', options, bent));
      return credential({
        clientDataJSON,
        attestationObject: base64url(attestation),
        transports: ['internal'],
      });
    },
    get(options: Options, bent: Bent = {}) {
      const data = authData(0, bent);
      const client = clientData('webauthn.get', options, bent);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), bent.key ?? privateKey);
      return credential({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      });
    },
  };
}
