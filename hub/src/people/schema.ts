import { z } from 'zod';
import { ENTRY, GivenPassword, Name, Password, Pin, SecondCode, Until } from './entrySchema.ts';

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
    'own.entry',
    'own.name',
    'own.passkeys',
    'own.pin',
    'own.consent',
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
    'devices.flash',
    'devices.remove',
    'cameras.see',
    'history.see',
    'history.export',
    'history.change',
    'responses.see',
    'responses.change',
    'readiness.see',
    'readiness.prove',
    'journal.see',
    'journal.export',
    'passes.see',
    'passes.manage',
    'people.see',
    'people.oversee',
    'people.manage',
  ])
  .meta({ id: 'Right' });
export type Right = z.infer<typeof Right>;

/** POST /api/claim */
export const ClaimRequest = z
  .strictObject({
    claimCode: z.string().max(64).describe('printed at start and in <data>/claim-code until an owner exists'),
    name: Name,
    password: Password,
    pin: Pin,
    language: Language,
    ...ENTRY,
  })
  .meta({ id: 'ClaimRequest' });
export type ClaimRequest = z.infer<typeof ClaimRequest>;

/** POST /api/sessions */
export const LoginRequest = z
  .strictObject({
    name: Name,
    password: GivenPassword,
    code: SecondCode.optional().describe(
      'of the authenticator app, or a recovery code; asked for with `second-factor-needed`',
    ),
    ...ENTRY,
  })
  .meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Answer to claim and login. */
export const SessionGrant = z
  .object({
    token: z.string().optional(),
    deviceToken: z.string().optional().describe('to be shown at the next login; it lets nobody in'),
  })
  .meta({ id: 'SessionGrant' });
export type SessionGrant = z.infer<typeof SessionGrant>;

/** GET /api/sessions/current */
export const Me = z
  .object({
    personId: z.string(),
    name: z.string(),
    role: Role,
    rights: z.array(Right).describe('what may be done; anything else is answered with 403'),
    language: Language,
    secondFactor: z
      .object({
        since: z.number().describe('epoch ms UTC'),
        recoveryCodesLeft: z.number().int(),
      })
      .nullable()
      .default(null)
      .describe('null: a login asks for the password alone'),
    confirmedForS: z
      .number()
      .int()
      .default(0)
      .describe(
        'seconds for which nothing asks for the password again; 0: some calls answer `confirm-first`',
      ),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

/** A session in a list. Its token is nowhere in it. */
export const SessionView = z
  .object({
    id: z.string(),
    deviceName: z.string().nullable().default(null).describe('as its person called the device'),
    browser: z.string().nullable().default(null).describe('as it calls itself; null: an app or a program'),
    system: z.string().nullable().default(null),
    createdAt: z.number().describe('login, epoch ms UTC'),
    lastSeenAt: z.number().describe('epoch ms UTC, to five minutes'),
    endsAt: z.number().describe('epoch ms UTC, if it is not used meanwhile'),
    current: z.boolean().describe('the one that asks'),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

/** GET /api/sessions and /api/people/:id/sessions */
export const SessionList = z.object({ sessions: z.array(SessionView) }).meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof SessionList>;

/** A person in a list. */
export const PersonView = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    until: z.number().nullable().default(null).describe('end of the access, epoch ms UTC; null: for good'),
    createdAt: z.number().describe('epoch ms UTC'),
    lastSeenAt: z.number().nullable().default(null).describe('of any session, epoch ms UTC; null: has none'),
    secondFactor: z.boolean().default(false).describe('a login of theirs asks for a code'),
    passkeys: z
      .number()
      .int()
      .default(0)
      .describe('how many they have; each logs in without password and code'),
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof PersonView>;

/** GET /api/people */
export const PersonList = z.object({ people: z.array(PersonView) }).meta({ id: 'PersonList' });
export type PersonList = z.infer<typeof PersonList>;

/** PATCH /api/people/:id */
export const PersonPatch = z
  .strictObject({ role: Role, until: Until.optional() })
  .meta({ id: 'PersonPatch' });
export type PersonPatch = z.infer<typeof PersonPatch>;

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
