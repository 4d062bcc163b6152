import { z } from 'zod';

/** 8 to 128 characters, 15 are better; any of them, no rules of composition. Source: OWASP ASVS 5.0 V6.2.1, 6.2.5, 6.2.9. */
export const Password = z.string().min(8).max(128);

/** One that is to be compared: it may be older than today's rules. */
export const GivenPassword = z.string().min(1).max(256);

/** Six digits of an authenticator app, or a recovery code however it is typed. */
export const SecondCode = z.string().trim().min(6).max(32);

/** 6 to 12 digits. Source: safety.md ACC-5. */
export const Pin = z.string().regex(/^\d{6,12}$/);

/** As it is shown; names that people would call the same are the same. */
export const Name = z.string().trim().min(1).max(64);

/** How a person calls the device, so as to know its session again. */
const DeviceName = z.string().trim().min(1).max(64);

/** What an earlier login on this device answered. */
const DeviceToken = z
  .string()
  .max(128)
  .describe(
    'of an earlier login on this device, for clients without cookies: its tries count apart from all others',
  );

/** What every way in takes beside what it asks. */
export const ENTRY = {
  deviceName: DeviceName.optional(),
  deviceToken: DeviceToken.optional(),
  cookie: z
    .boolean()
    .optional()
    .describe('true: the session is an HttpOnly cookie and the answer holds no token'),
};

export const Utc = z.number().int().min(0).max(8.64e15);

/** When an access ends. */
export const Until = Utc.nullable().describe(
  'end of the access, epoch ms UTC; an installer must have one, a guest may',
);

/** With whatever changes what one logs in with. */
export const EndOthers = z
  .boolean()
  .optional()
  .describe('false: whoever is logged in elsewhere stays so. Default true: only this session stays');
