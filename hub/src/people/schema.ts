import { z } from 'zod';

export const Language = z.enum(['en', 'ar']).meta({ id: 'Language' });
export type Language = z.infer<typeof Language>;

/**
 * What a person is in this house. `installer`: for a while, to set devices up; `panel`: a wall tablet or keypad, no
 * person at all. What each may do stands in rights.ts.
 */
export const Role = z.enum(['owner', 'adult', 'child', 'guest', 'installer', 'panel']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** An area of the house and what is done there. Every call of the contract needs one; who has it stands in rights.ts. */
export const Right = z
  .enum([
    'own.session',
    'house.see',
    'presence.see',
    'alarms.see',
    'alarms.past',
    'alarms.acknowledge',
    'alarms.hush',
    'alarms.restore',
    'alarms.shelve',
    'air.see',
    'air.calibrate',
    'air.limits',
    'devices.see',
    'devices.command',
    'devices.upkeep',
    'devices.change',
    'devices.pair',
    'devices.remove',
    'cameras.see',
    'history.see',
    'history.export',
    'history.change',
    'responses.see',
    'responses.change',
    'journal.see',
    'people.see',
    'people.manage',
  ])
  .meta({ id: 'Right' });
export type Right = z.infer<typeof Right>;

/** 8 to 256 characters, any of them: no rules of composition (OWASP ASVS 5.0 V6.2). */
const Password = z.string().min(8).max(256);

/** 6 to 12 digits. Source: safety.md ACC-5. */
const Pin = z.string().regex(/^\d{6,12}$/);

/** POST /api/claim */
export const ClaimRequest = z
  .strictObject({
    claimCode: z.string().max(64).describe('printed at start and in <data>/claim-code until an owner exists'),
    name: z.string().trim().min(1).max(64),
    password: Password,
    pin: Pin,
    language: Language,
  })
  .meta({ id: 'ClaimRequest' });
export type ClaimRequest = z.infer<typeof ClaimRequest>;

/** POST /api/sessions */
export const LoginRequest = z
  .strictObject({
    name: z.string().trim().min(1).max(64),
    password: z.string().min(1).max(256),
    cookie: z
      .boolean()
      .optional()
      .describe('true: the session is an HttpOnly cookie and the answer holds no token'),
  })
  .meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Answer to claim and login. */
export const SessionGrant = z.object({ token: z.string().optional() }).meta({ id: 'SessionGrant' });
export type SessionGrant = z.infer<typeof SessionGrant>;

/** GET /api/sessions/current */
export const Me = z
  .object({
    personId: z.string(),
    name: z.string(),
    role: Role,
    rights: z.array(Right).describe('what may be done; anything else is answered with 403'),
    language: Language,
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

/** GET /api/hello, without a session. */
export const Hello = z
  .object({
    hubId: z.string(),
    version: z.string(),
    claimed: z.boolean(),
    now: z.number().describe('epoch ms UTC'),
  })
  .meta({ id: 'Hello' });
export type Hello = z.infer<typeof Hello>;
