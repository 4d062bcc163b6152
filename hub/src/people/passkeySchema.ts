import { z } from 'zod';
import { ENTRY, EndOthers, Name } from './entrySchema.ts';

/** Bytes in base64url; the longest, an attestation with certificates, are some kilobytes. */
const Bytes = z
  .string()
  .max(32_768)
  .regex(/^[\w-]*$/);

const CREDENTIAL = {
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};

/** What `navigator.credentials.create` gave, as `toJSON()` writes it (WebAuthn level 3). */
const Creation = z.object({
  ...CREDENTIAL,
  response: z.object({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
});
export type Creation = z.infer<typeof Creation>;

/** What `navigator.credentials.get` gave, as `toJSON()` writes it. */
const Assertion = z.object({
  ...CREDENTIAL,
  response: z.object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.optional(),
  }),
});
export type Assertion = z.infer<typeof Assertion>;

/** What a browser is to do, for `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
export const PasskeyOptions = z
  .object({ options: z.record(z.string(), z.unknown()) })
  .meta({ id: 'PasskeyOptions' });

/** POST /api/people/current/passkeys */
export const PasskeyRequest = z
  .strictObject({ name: Name.describe('of the phone or key'), credential: Creation, endOthers: EndOthers })
  .meta({ id: 'PasskeyRequest' });

/** PATCH /api/people/current/passkeys/:id */
export const PasskeyPatch = z.strictObject({ name: Name }).meta({ id: 'PasskeyPatch' });

/** POST /api/sessions/passkey */
export const PasskeyLogin = z.strictObject({ credential: Assertion, ...ENTRY }).meta({ id: 'PasskeyLogin' });

/** A passkey in a list. */
export const PasskeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    host: z.string().describe('the name of the hub under which it works'),
    createdAt: z.number().describe('epoch ms UTC'),
    usedAt: z.number().nullable().default(null).describe('epoch ms UTC'),
    synced: z.boolean().describe('its maker keeps it on more than one device'),
  })
  .meta({ id: 'Passkey' });
export type PasskeyView = z.infer<typeof PasskeyView>;

/** GET /api/people/current/passkeys */
export const PasskeyList = z.object({ passkeys: z.array(PasskeyView) }).meta({ id: 'PasskeyList' });
