/** What the journal keeps of people. No reducer reads these; never a password, PIN or token. */
export type PeopleFact =
  | { readonly type: 'hubClaimed'; readonly personId: string; readonly name: string }
  | { readonly type: 'personLoggedIn'; readonly personId: string }
  | { readonly type: 'personLoggedOut'; readonly personId: string }
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
    };
