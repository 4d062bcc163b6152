import type { Millis } from '../shared/time.ts';
import { LONGEST_GUEST_MS, LONGEST_INSTALLER_MS } from './limits.ts';
import type { Role } from './schema.ts';

/** What somebody is in the house, and until when. */
export type Access = {
  readonly role: Role;
  /** Epoch ms UTC; null: for good. */
  readonly untilUtc: Millis | null;
};

/** The longest access of a role that ends, ms; null: that role does not end by itself. */
const LONGEST: Readonly<Record<Role, Millis | null>> = {
  owner: null,
  adult: null,
  child: null,
  guest: LONGEST_GUEST_MS,
  installer: LONGEST_INSTALLER_MS,
  panel: null,
};

/**
 * What is wrong with giving somebody that access; null: nothing. An installer's must end; a guest's may; no other does,
 * so that no house wakes up without its owner.
 */
export function wrongWith({ role, untilUtc }: Access, now: Millis): string | null {
  const longest = LONGEST[role];
  if (untilUtc === null)
    return role === 'installer' ? 'until: an installer has access for a while only' : null;
  if (longest === null) return 'until: the access of this role does not end by itself';
  if (untilUtc <= now) return 'until: that is over already';
  return untilUtc - now > longest ? 'until: that is too long' : null;
}

/** Whether the house would have no owner if this person were none. */
export function isLastOwner(people: readonly { readonly id: string; readonly role: Role }[], id: string) {
  const owners = people.filter(({ role }) => role === 'owner');
  return owners.length === 1 && owners[0]?.id === id;
}
