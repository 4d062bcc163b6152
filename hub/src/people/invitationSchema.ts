import { z } from 'zod';
import { Role } from './schema.ts';

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
