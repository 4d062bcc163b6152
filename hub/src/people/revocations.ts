import type { PeopleFact } from './facts.ts';

/** What was taken from somebody, to be told to sockets and journal. */
export type Revoked = {
  /** Hashes of the tokens of the sessions that ended. */
  readonly sessions: readonly string[];
  /** How many passkeys were removed. */
  readonly passkeys: number;
};

/** A session, and the device on which it is. `deviceId` null: from before devices were known. */
export type Place = { readonly tokenHash: string; readonly deviceId: string | null };

export type RevocationPorts = {
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** Closes the live sockets of what was taken from a person, and has the journal keep how many passkeys went with it. */
export function tellRevoked(
  { sessions, passkeys }: Revoked,
  who: { readonly personId: string; readonly by: string },
  { dispatch, onSessionEnded }: RevocationPorts,
): void {
  for (const tokenHash of sessions) onSessionEnded(tokenHash);
  if (passkeys > 0) dispatch({ type: 'passkeysRemoved', ...who, passkeys });
}
