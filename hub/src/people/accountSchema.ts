import { z } from 'zod';
import { GivenPassword, Password, Pin } from './schema.ts';

/** POST /api/people/current/pins */
export const PinRequest = z
  .strictObject({
    password: GivenPassword.describe('the own one, once more'),
    pin: Pin,
    duressPin: Pin.optional().describe('works like the other and tells for help in silence; absent: none'),
  })
  .meta({ id: 'PinRequest' });
export type PinRequest = z.infer<typeof PinRequest>;

/** POST /api/sessions/current/confirm */
export const ConfirmRequest = z
  .strictObject({ password: GivenPassword.describe('the own one, once more') })
  .meta({ id: 'ConfirmRequest' });

/** POST /api/people/current/password */
export const PasswordRequest = z
  .strictObject({
    password: GivenPassword.describe('the one until now'),
    newPassword: Password,
    endOthers: z
      .boolean()
      .optional()
      .describe('false: whoever is logged in elsewhere stays so. Default true: only this session stays'),
  })
  .meta({ id: 'PasswordRequest' });
