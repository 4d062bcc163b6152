import type { ProblemCode } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { Role } from './schema.ts';

/** What the journal keeps of people. No reducer reads these; never a password, PIN or token. */
export type PeopleFact =
  | { readonly type: 'hubClaimed'; readonly personId: string; readonly name: string }
  | { readonly type: 'personLoggedIn'; readonly personId: string }
  | { readonly type: 'personLoggedOut'; readonly personId: string }
  /** The password was given once more, for what needs it. */
  | { readonly type: 'sessionConfirmed'; readonly personId: string }
  /** In somebody's session another password was given than theirs. `origin`: network address of the caller, here and below. */
  | { readonly type: 'passwordRefused'; readonly personId: string; readonly origin: string }
  | {
      readonly type: 'personRenamed';
      readonly personId: string;
      readonly from: string;
      readonly name: string;
    }
  /** Somebody chose a new password; so many other sessions of theirs ended by it. */
  | { readonly type: 'passwordChanged'; readonly personId: string; readonly sessions: number }
  /** Somebody was asked into the house. `by`: the id of who did it, here and below. */
  | {
      readonly type: 'personInvited';
      readonly invitationId: string;
      readonly name: string;
      readonly role: Role;
      readonly untilUtc: Millis | null;
      readonly by: string;
    }
  | { readonly type: 'invitationRevoked'; readonly invitationId: string; readonly by: string }
  /** A token was shown that is none, or none any more. */
  | { readonly type: 'invitationRefused'; readonly origin: string }
  /** Somebody took an invitation up. */
  | {
      readonly type: 'personJoined';
      readonly personId: string;
      readonly name: string;
      readonly role: Role;
      readonly untilUtc: Millis | null;
      readonly invitationId: string;
    }
  | {
      readonly type: 'personChanged';
      readonly personId: string;
      readonly role: Role;
      readonly untilUtc: Millis | null;
      readonly by: string;
    }
  | {
      readonly type: 'personRemoved';
      readonly personId: string;
      readonly name: string;
      readonly by: string;
    }
  | { readonly type: 'pinChanged'; readonly personId: string }
  /** A guest was given a way in. `placeId`: of the door or the area, here and below. */
  | {
      readonly type: 'passMade';
      readonly passId: string;
      readonly name: string;
      readonly placeId: string;
      readonly untilUtc: Millis;
      readonly by: string;
    }
  /** `left`: uses that are left; null: as many as the guest likes. */
  | {
      readonly type: 'passUsed';
      readonly passId: string;
      readonly name: string;
      readonly placeId: string;
      readonly left: number | null;
    }
  /** A PIN that is no pass's (`passId` null), or one that does not open that place now. */
  | {
      readonly type: 'passRefused';
      readonly placeId: string;
      readonly passId: string | null;
      readonly why: string;
      readonly origin: string;
    }
  | { readonly type: 'passRevoked'; readonly passId: string; readonly name: string; readonly by: string }
  /** It was over, and nothing of it is kept. */
  | { readonly type: 'passErased'; readonly passId: string; readonly name: string }
  /** A login of theirs asks for a code of an authenticator app from now on. */
  | { readonly type: 'secondFactorAdded'; readonly personId: string }
  | { readonly type: 'secondFactorRemoved'; readonly personId: string; readonly by: string }
  /** The password was right and the code was not: somebody may know the password. */
  | { readonly type: 'secondFactorRefused'; readonly personId: string; readonly origin: string }
  | { readonly type: 'passkeyAdded'; readonly personId: string; readonly name: string }
  | {
      readonly type: 'passkeysRemoved';
      readonly personId: string;
      readonly passkeys: number;
      readonly by: string;
    }
  | { readonly type: 'recoveryCodesDrawn'; readonly personId: string }
  | { readonly type: 'recoveryCodeUsed'; readonly personId: string; readonly left: number }
  /** Somebody agreed to the text of that version, or an owner did for a child. */
  | {
      readonly type: 'consentGiven';
      readonly consentId: string;
      readonly personId: string;
      readonly purpose: string;
      readonly version: number;
      readonly by: string;
    }
  | {
      readonly type: 'consentWithdrawn';
      readonly consentId: string;
      readonly personId: string;
      readonly purpose: string;
      readonly by: string;
    }
  /**
   * A PIN was typed, and is right. The row in the journal is the same under duress; that, and the device, stand in its sealed part.
   * `devices`: keyed names by which the device is known again.
   */
  | {
      readonly type: 'pinUsed';
      readonly personId: string;
      readonly purpose: PinPurpose;
      readonly origin: string;
      readonly devices: readonly string[];
      readonly underDuress: boolean;
    }
  | { readonly type: 'pinRefused'; readonly personId: string; readonly origin: string }
  /** So many sessions of a person were ended from another one. */
  | {
      readonly type: 'sessionRevoked';
      readonly personId: string;
      readonly sessions: number;
      readonly by: string;
    }
  /** `origin` is the caller's network address; the name that was tried is not kept: it may be a mistyped password. */
  | { readonly type: 'loginRefused'; readonly origin: string }
  /** Somebody wanted to become the owner of a hub that has one, or with a wrong code. */
  | { readonly type: 'claimRefused'; readonly origin: string }
  /**
   * Tries from there were turned away before anything was looked at: there had been too many. Told at once the first time, then at
   * most once a minute for each origin; `times` says how often it was since it was last told.
   */
  | { readonly type: 'triesRefused'; readonly origin: string; readonly times: number }
  /**
   * Somebody asked for what their role may not do. Told at once the first time, then at most once a minute for each
   * person and right; `times` says how often it was since it was last told.
   */
  | {
      readonly type: 'rightRefused';
      readonly personId: string;
      readonly role: string;
      readonly right: string;
      readonly times: number;
    }
  /** Somebody asked for what their role may do, and this house does not: it stays as it was. */
  | { readonly type: 'requestRefused'; readonly personId: string; readonly why: RefusedWhy }
  /** Somebody may do that, but gave the password too long ago. Told as often as `rightRefused`. */
  | {
      readonly type: 'confirmationAsked';
      readonly personId: string;
      readonly right: string;
      readonly times: number;
    };

/** Why a request was refused that no right was missing for. */
export type RefusedWhy = Extract<
  ProblemCode,
  'last-owner' | 'guardian-needed' | 'own-consent-needed' | 'passkey-refused' | 'second-factor-refused'
>;

/** What a PIN was typed for. `check`: to see whether one still knows it. */
export type PinPurpose = 'check';
