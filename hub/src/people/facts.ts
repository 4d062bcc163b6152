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
  /** So many sessions of a person were ended from another one. */
  | {
      readonly type: 'sessionRevoked';
      readonly personId: string;
      readonly sessions: number;
      readonly by: string;
    }
  /** `origin` is the caller's network address; the name that was tried is not kept: it may be a mistyped password. */
  | { readonly type: 'loginRefused'; readonly origin: string }
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
  /** Somebody may do that, but gave the password too long ago. Told as often as `rightRefused`. */
  | {
      readonly type: 'confirmationAsked';
      readonly personId: string;
      readonly right: string;
      readonly times: number;
    };
