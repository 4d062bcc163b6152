import { z } from 'zod';
import { ENTRY, Name, Password, Until, Utc } from './entrySchema.ts';
import { Language, Role } from './schema.ts';

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

/** POST /api/people/invitations/look */
export const InvitationLook = z.strictObject({ token: z.string().max(64) }).meta({ id: 'InvitationLook' });
export type InvitationLook = z.infer<typeof InvitationLook>;

/** What is told to who shows the token, before they choose a name and a password. */
export const InvitationMeant = z
  .object({
    name: z.string().describe('as who invited called them; they may choose another'),
    role: Role,
    until: z.number().nullable().default(null).describe('end of the access, epoch ms UTC; null: for good'),
    expiresAt: z.number().describe('of the invitation, epoch ms UTC'),
    by: z.string().describe('name of who invited'),
  })
  .meta({ id: 'InvitationMeant' });
export type InvitationMeant = z.infer<typeof InvitationMeant>;
