import { z } from 'zod';
import { EndOthers, GivenPassword, Name, Password, Pin, SecondCode } from './entrySchema.ts';
import { Language } from './schema.ts';

/** POST /api/people/current/pins */
export const PinRequest = z
  .strictObject({
    password: GivenPassword.describe('the own one, once more'),
    pin: Pin,
    duressPin: Pin.optional().describe('works like the other and tells for help in silence; absent: none'),
  })
  .meta({ id: 'PinRequest' });
export type PinRequest = z.infer<typeof PinRequest>;

/** PATCH /api/people/current */
export const MePatch = z
  .strictObject({ name: Name.optional(), language: Language.optional() })
  .meta({ id: 'MePatch' });

/** POST /api/people/current/pins/check */
export const PinCheckRequest = z.strictObject({ pin: Pin }).meta({ id: 'PinCheckRequest' });

/** POST /api/people/current/password */
export const PasswordRequest = z
  .strictObject({
    password: GivenPassword.describe('the one until now'),
    newPassword: Password,
    endOthers: EndOthers,
  })
  .meta({ id: 'PasswordRequest' });

/** POST /api/sessions/current/confirm and whatever else asks for nothing but the password */
export const OwnPasswordRequest = z
  .strictObject({ password: GivenPassword.describe('the own one, once more') })
  .meta({ id: 'OwnPasswordRequest' });

/** Answer to it: shown this once. */
export const SecondFactorGrant = z
  .object({
    address: z.string().describe('otpauth://…, for a QR code'),
    secret: z.string().describe('the same in base 32, to be typed'),
  })
  .meta({ id: 'SecondFactorGrant' });

/** POST /api/people/current/second-factor/prove */
export const SecondFactorProof = z
  .strictObject({ code: SecondCode.describe('the six digits that the app shows now'), endOthers: EndOthers })
  .meta({ id: 'SecondFactorProof' });

/** Answer to it: shown this once. */
export const RecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()).describe('each lets in once, in the place of the app') })
  .meta({ id: 'RecoveryCodes' });
