import type { Session } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { KnownSession, SessionStore } from './sessionStore.ts';

/**
 * Called just before something is kept that took time to make: whoever asked for it may have been removed, demoted or logged out meanwhile.
 * @returns the session that still runs
 * @throws Refusal `no-session`
 */
export function checkStillIn(store: Pick<SessionStore, 'session'>, me: Session): KnownSession {
  const session = store.session(me.tokenHash);
  if (session === null || session.role !== me.role) throw new Refusal('no-session');
  return session;
}
