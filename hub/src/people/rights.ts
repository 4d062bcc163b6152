import type { RightOfRoles } from './roleSchema.ts';
import type { Right, Role } from './schema.ts';

const ALL: readonly Role[] = ['owner', 'adult', 'child', 'guest', 'installer', 'panel'];
/** Everybody who may be in the house while something happens there. A panel has keys and nothing else. */
const INSIDE: readonly Role[] = ['owner', 'adult', 'child', 'guest', 'installer'];
const FAMILY: readonly Role[] = ['owner', 'adult', 'child'];
const GROWN_UP: readonly Role[] = ['owner', 'adult'];
const OWNER: readonly Role[] = ['owner'];
/** Who sets devices up. */
const FITTER: readonly Role[] = ['owner', 'installer'];

type Row = {
  readonly roles: readonly Role[];
  /** What it is, so that "You may not …" can be said in plain words. */
  readonly does: string;
  /**
   * Who finds a phone that is logged in gains lasting power by it, or takes the house's memory away: the password must have been
   * given lately. Never what stops or answers an alarm: nobody types a password in a fire.
   */
  readonly isControl?: true;
};

/**
 * Who may do what: the only place where it is said. Whatever takes protection away (limits, shelving, removal, what the
 * house does by itself) is the owner's. An installer sees no faces, no journal, no past and nobody's comings and goings.
 * Source: safety.md §6: shelving by the owner only (T, lying sensor); least right for everybody else (ASVS 5.0 V8.2).
 */
export const RIGHTS: Readonly<Record<Right, Row>> = {
  'own.session': { roles: ALL, does: 'use an account of your own' },
  'own.entry': { roles: INSIDE, does: 'change how you log in' },
  // The name is what one logs in with, and by which the others know who did what.
  'own.name': { roles: INSIDE, does: 'change your name and language', isControl: true },
  'own.passkeys': { roles: INSIDE, does: 'add or remove a passkey', isControl: true },
  'own.pin': { roles: ['owner', 'adult', 'child', 'guest'], does: 'have a PIN' },
  'own.consent': { roles: ['owner', 'adult', 'child', 'guest'], does: 'say what you agree to' },
  'house.see': { roles: INSIDE, does: 'see how the house is' },
  'presence.see': { roles: FAMILY, does: 'see who is at home and what is guarded' },
  'alarms.see': { roles: INSIDE, does: 'see alarms' },
  'alarms.past': { roles: GROWN_UP, does: 'look at past alarms' },
  // A child that takes an alarm on would keep the grown-ups from being told.
  'alarms.acknowledge': { roles: GROWN_UP, does: 'take an alarm on' },
  'alarms.hush': { roles: GROWN_UP, does: 'silence an alarm' },
  'alarms.restore': { roles: GROWN_UP, does: 'bring an alarm back that was put aside' },
  'alarms.shelve': { roles: OWNER, does: 'put an alarm aside or out of service' },
  'air.see': { roles: [...FAMILY, 'installer'], does: 'see how the air is judged' },
  'air.calibrate': { roles: FITTER, does: 'calibrate a sensor' },
  'air.limits': { roles: OWNER, does: 'change or try out the limits of the air' },
  'devices.see': { roles: [...FAMILY, 'installer'], does: 'see devices' },
  'devices.command': { roles: [...GROWN_UP, 'installer'], does: 'switch devices' },
  'devices.upkeep': { roles: FITTER, does: 'note the upkeep of a sensor' },
  'devices.change': { roles: FITTER, does: 'rename, move or correct devices' },
  'devices.pair': { roles: FITTER, does: 'pair devices' },
  // The hub runs a compiler and writes to what is plugged into it.
  'devices.flash': { roles: OWNER, does: 'flash boards from this hub' },
  'devices.remove': { roles: OWNER, does: 'remove devices' },
  'cameras.see': { roles: GROWN_UP, does: 'see pictures of cameras' },
  'history.see': { roles: FAMILY, does: 'see past readings' },
  'history.export': { roles: GROWN_UP, does: 'take past readings out as a file', isControl: true },
  'history.change': { roles: OWNER, does: 'change or bring in past readings' },
  'responses.see': { roles: [...FAMILY, 'installer'], does: 'see what the house does by itself' },
  'responses.change': { roles: OWNER, does: 'change what the house does by itself' },
  // What is weak is nobody's business who cannot mend it.
  'readiness.see': { roles: FITTER, does: 'see what is proven and what is weak' },
  'readiness.prove': { roles: FITTER, does: 'test the sirens' },
  'journal.see': { roles: OWNER, does: 'read the journal' },
  'journal.export': { roles: OWNER, does: 'take the journal out as a file', isControl: true },
  'passes.see': { roles: GROWN_UP, does: 'see the passes of guests' },
  // Who opens the door to a guest by hand may also give them a PIN for it; that it lasts asks for the password.
  'passes.manage': { roles: GROWN_UP, does: 'give guests a pass or take it back', isControl: true },
  'people.see': { roles: GROWN_UP, does: 'see the people of the house' },
  'people.oversee': { roles: OWNER, does: 'see where people are logged in and who is invited' },
  'people.manage': { roles: OWNER, does: 'invite, change or remove people', isControl: true },
};

const isRight = (right: string): right is Right => Object.hasOwn(RIGHTS, right);

/** Whether a role has a right. What nobody knows is nobody's. */
export function mayDo(role: string, right: string): boolean {
  return isRight(right) && (RIGHTS[right].roles as readonly string[]).includes(role);
}

/** Whether the password must have been given lately for it. */
export const isControl = (right: string): boolean => isRight(right) && RIGHTS[right].isControl === true;

/** All that a role may do. */
export function rightsOf(role: Role): Right[] {
  return (Object.keys(RIGHTS) as Right[]).filter((right) => mayDo(role, right));
}

/** The whole table, for people to read. */
export function rightTable(): RightOfRoles[] {
  return (Object.keys(RIGHTS) as Right[]).map((right) => ({
    right,
    roles: [...RIGHTS[right].roles],
    isControl: isControl(right),
  }));
}

const SAID: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  adult: 'an adult',
  child: 'a child',
  guest: 'a guest',
  installer: 'an installer',
  panel: 'a panel',
};

/** Why somebody may not do that, and who may: "Only an owner may pair devices. You are here as a guest." */
export function explain(role: string, right: string): string {
  const row = isRight(right) ? RIGHTS[right] : { roles: OWNER, does: 'do that' };
  const who = row.roles.map((one) => SAID[one]).join(' or ');
  const you = Object.hasOwn(SAID, role) ? SAID[role as Role] : 'nobody that this house knows';
  return `Only ${who} may ${row.does}. You are here as ${you}.`;
}
