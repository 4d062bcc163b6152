import { z } from 'zod';
import { Right, Role } from './schema.ts';

/** A right, and every role that has it. */
export const RightOfRoles = z
  .object({
    right: Right,
    roles: z.array(Role),
    isControl: z.boolean().default(false).describe('the password must have been given lately for it'),
  })
  .meta({ id: 'RightOfRoles' });
export type RightOfRoles = z.infer<typeof RightOfRoles>;

/** GET /api/roles: who may do what, in the order of the table. */
export const RoleTable = z.object({ rights: z.array(RightOfRoles) }).meta({ id: 'RoleTable' });
export type RoleTable = z.infer<typeof RoleTable>;
