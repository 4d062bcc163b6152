import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';

/**
 * A password that was given counts for so long as given just now, ms. Source: safety.md §6, stolen phone: 15 min for control. From
 * the password on, not from the last click: whoever finds the phone and keeps it busy gains nothing.
 */
export const CONFIRMED_MS: Millis = 15 * MINUTE_MS;

/** How long an invitation can be taken up when nobody says otherwise, ms. A day: it is sent to somebody who waits for it. */
export const INVITATION_MS: Millis = DAY_MS;

/** How long an invitation can be taken up at most, ms: a link that lies about in a chat must not open a house later. */
export const LONGEST_INVITATION_MS: Millis = 7 * DAY_MS;

/**
 * Wrong codes of a second factor in a row, after which only a recovery code gets in there: so many on devices that are known and at the
 * hub itself, and so many from elsewhere, so that who has stolen a password cannot use up the tries of whose it is. Three of a million
 * codes are right at a time: a hundred tries find one in 3,300 cases. Source: NIST SP 800-63B-4 §3.2.2, no more than 100 for an account.
 */
export const MOST_WRONG_CODES = 50;

/** Recovery codes that are drawn at a time, each for one login. Ours: a page of them. */
export const RECOVERY_CODES = 10;

/**
 * So often a person may try in `PIN_CHECKS_MS` whether they know their PIN. Each leaves a row in the journal, whatever else is only
 * counted: 720 a day fill it in 138 days. Ours; somebody who tries it each day needs one.
 */
export const PIN_CHECKS = 30;
export const PIN_CHECKS_MS: Millis = HOUR_MS;

/** Invitations that can be open at a time. A household has no use for more, and a stolen session finds an end. */
export const OPEN_INVITATIONS = 20;

/** People of one house at most, panels with them. */
export const MOST_PEOPLE = 100;

/** An installer has access for so long at most, ms: time-boxed; who needs longer is invited again. */
export const LONGEST_INSTALLER_MS: Millis = 30 * DAY_MS;

/** A guest has access for so long at most, when it ends at all, ms. */
export const LONGEST_GUEST_MS: Millis = 366 * DAY_MS;

/** Passkeys of one person. */
export const MOST_PASSKEYS = 20;

/** Guest passes that can be open at a time: a household has no use for more, and each takes one of a hundred numbers. */
export const OPEN_PASSES = 20;

/** A guest pass opens for so long at most, from its first moment to its last, ms: as the access of a guest. */
export const LONGEST_PASS_MS: Millis = 366 * DAY_MS;
