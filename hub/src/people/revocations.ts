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

/** Whose factor changed, and in which session: `by` that person. */
export type FactorChange = {
  readonly personId: string;
  readonly me: { readonly personId: string; readonly tokenHash: string };
};

/**
 * Ends the sessions that somebody has elsewhere, for what they log in with has changed: whoever got in before it is out. Source: OWASP
 * ASVS 5.0 V7.4.3.
 */
export type EndElsewhere = (change: FactorChange) => void;

/** @param endSessions ends all sessions of a person but that one, and answers which */
export function createEndElsewhere(
  endSessions: (personId: string, keep: string | null) => readonly string[],
  ports: RevocationPorts,
): EndElsewhere {
  return ({ personId, me }) => {
    const sessions = endSessions(personId, personId === me.personId ? me.tokenHash : null);
    if (sessions.length === 0) return;
    const who = { personId, by: me.personId };
    tellRevoked({ sessions, passkeys: 0 }, who, ports);
    ports.dispatch({ type: 'sessionRevoked', ...who, sessions: sessions.length });
  };
}
