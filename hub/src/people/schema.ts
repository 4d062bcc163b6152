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
    'own.entry',
    'own.pin',
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
    'journal.export',
    'people.see',
    'people.oversee',
    'people.manage',
  ])
  .meta({ id: 'Right' });
export type Right = z.infer<typeof Right>;

/** 8 to 256 characters, any of them: no rules of composition (OWASP ASVS 5.0 V6.2). */
export const Password = z.string().min(8).max(256);

/** One that is to be compared: it may be older than today's rules. */
export const GivenPassword = z.string().min(1).max(256);

/** 6 to 12 digits. Source: safety.md ACC-5. */
export const Pin = z.string().regex(/^\d{6,12}$/);

/** As it is shown; names that people would call the same are the same. */
const Name = z.string().trim().min(1).max(64);

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
const ENTRY = {
  deviceName: DeviceName.optional(),
  deviceToken: DeviceToken.optional(),
  cookie: z
    .boolean()
    .optional()
    .describe('true: the session is an HttpOnly cookie and the answer holds no token'),
};

const Utc = z.number().int().min(0).max(8.64e15);

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
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof PersonView>;

/** GET /api/people */
export const PersonList = z.object({ people: z.array(PersonView) }).meta({ id: 'PersonList' });
export type PersonList = z.infer<typeof PersonList>;

const Until = Utc.nullable().describe(
  'end of the access, epoch ms UTC; an installer must have one, a guest may',
);

/** PATCH /api/people/:id */
export const PersonPatch = z
  .strictObject({ role: Role, until: Until.optional() })
  .meta({ id: 'PersonPatch' });
export type PersonPatch = z.infer<typeof PersonPatch>;

/** POST /api/people/invitations */
export const InvitationRequest = z
  .strictObject({
    name: Name.describe('of whom is invited; they may choose another'),
    role: Role,
    until: Until.optional(),
    expiresAt: Utc.optional().describe(
      'until when it can be taken up, epoch ms UTC; default in 24 h, at most 7 days',
    ),
  })
  .meta({ id: 'InvitationRequest' });
export type InvitationRequest = z.infer<typeof InvitationRequest>;

/** An invitation that nobody took up yet. */
export const InvitationView = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    until: z.number().nullable().default(null).describe('end of the access, epoch ms UTC; null: for good'),
    createdAt: z.number().describe('epoch ms UTC'),
    expiresAt: z.number().describe('epoch ms UTC'),
    by: z.string().describe('name of who invited'),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof InvitationView>;

/** GET /api/people/invitations */
export const InvitationList = z
  .object({ invitations: z.array(InvitationView) })
  .meta({ id: 'InvitationList' });
export type InvitationList = z.infer<typeof InvitationList>;

/** Answer to an invitation: the token is shown this once. */
export const InvitationGrant = z
  .object({ invitation: InvitationView, token: z.string().describe('of the link or QR code') })
  .meta({ id: 'InvitationGrant' });
export type InvitationGrant = z.infer<typeof InvitationGrant>;

/** POST /api/people/invitations/accept */
export const JoinRequest = z
  .strictObject({
    token: z.string().max(64),
    name: Name,
    password: Password,
    language: Language,
    ...ENTRY,
  })
  .meta({ id: 'JoinRequest' });
export type JoinRequest = z.infer<typeof JoinRequest>;

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
