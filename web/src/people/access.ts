import type { PersonPatch, PersonView, Role } from '@homeward/hub/api';

/** As they are offered: from who may most to who may least. */
export const ROLES: readonly Role[] = ['owner', 'adult', 'child', 'guest', 'installer', 'panel'];

/** A panel hangs on a wall and belongs to nobody: no person becomes one, and it becomes no person. */
export const rolesFor = (person: Pick<PersonView, 'role'>): readonly Role[] =>
  person.role === 'panel' ? [] : ROLES.filter((role) => role !== 'panel');

/** For how long somebody has access, hours; `ever`: it does not end; `same`: as it is. */
export type Lasts = number | 'ever' | 'same';

const DAY_H = 24;
const LASTS: Readonly<Partial<Record<Role, readonly Lasts[]>>> = {
  guest: ['ever', DAY_H, 3 * DAY_H, 7 * DAY_H, 30 * DAY_H, 365 * DAY_H],
  installer: [4, DAY_H, 3 * DAY_H, 7 * DAY_H, 30 * DAY_H],
};

/** What can be chosen for a role; nothing where the access does not end by itself. */
export const lastsFor = (role: Role): readonly Lasts[] => LASTS[role] ?? [];

const HOUR_MS = 3_600_000;
/** The clock of a screen may go a little before the hub's: the longest span must not become too long by that. */
const SLACK_MS = 60_000;

export const hoursMs = (hours: number): number => hours * HOUR_MS;

/** The end of something that lasts so long from now, whole epoch ms UTC: our reckoning of the hub's clock has fractions. */
export const endOf = (hours: number, now: number): number => Math.round(now) + hoursMs(hours) - SLACK_MS;

/** The end of an access as the hub takes it; undefined: as it is. */
export const untilOf = (role: Role, lasts: Lasts, now: number): number | null | undefined => {
  if (lastsFor(role).length === 0 || lasts === 'ever') return null;
  return lasts === 'same' ? undefined : endOf(lasts, now);
};

/** A change of role and end, or null when nothing changes. */
export const patchFor = (
  person: Pick<PersonView, 'role' | 'until'>,
  role: Role,
  lasts: Lasts,
  now: number,
): PersonPatch | null => {
  const until = untilOf(role, lasts, now);
  const isSame = role === person.role && (until === undefined || until === person.until);
  if (isSame) return null;
  return until === undefined ? { role } : { role, until };
};
