import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Authenticate, Credentials } from '../io/route.ts';
import { DAY_MS, MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import type { Agent } from './agent.ts';
import { bake, cookieIn } from './cookies.ts';
import type { PeopleClock } from './peopleClock.ts';
import type { SessionView } from './schema.ts';
import type { KnownSession, SessionStore, StoredSession } from './sessionStore.ts';

/** A session ends when it was not used for so long. Source: safety.md §6, stolen phone: 30 d for reading. */
export const IDLE_MS: Millis = 30 * DAY_MS;

/** A session ends this long after its login, whatever was done. Half a year: a wall tablet is let in twice a year. */
export const ABSOLUTE_MS: Millis = 180 * DAY_MS;

/** That a session was used is written down at most so often: a card has few writes to spend. */
const TOUCH_EVERY_MS: Millis = 5 * MINUTE_MS;

/** Sessions of one person; the one that was unused longest gives way. */
const PER_PERSON = 100;

/** Length of a token, bytes. Source: OWASP ASVS 5.0 V7.2.3 asks for 128 bits; 256 cost nothing. */
const TOKEN_BYTES = 32;

/** On HTTPS the browser itself sees to it that no other name or port of this machine sets the cookie. */
const cookieName = (secure: boolean): string => (secure ? '__Host-homeward' : 'homeward');

/** What is known of the device on which somebody logs in. */
export type Device = Agent & Pick<StoredSession, 'deviceName' | 'deviceId'>;

const UNKNOWN: Device = { deviceName: null, deviceId: null, browser: null, system: null };

export type Drawn = { readonly token: string; readonly session: StoredSession };

/** A secret that cannot be guessed, and what is kept of it. */
export function drawSecret(): { readonly token: string; readonly tokenHash: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, tokenHash: hashOf(token) };
}

export type Sessions = {
  /** A session that is not saved yet, with its token, which is shown once and never kept. */
  draw(personId: string, via: StoredSession['via'], device?: Device): Drawn;
  /** Draws and saves. @throws Refusal `not-saved` */
  start(personId: string, via: StoredSession['via'], device?: Device): Drawn;
  /** Of one person, the last seen first; `current`: the hash of the token of the one that asks. */
  list(personId: string, current: string): SessionView[];
  /** Who calls; null: nobody who may. A disk that says no does not shut anybody out. */
  readonly authenticate: Authenticate;
  /** @throws Refusal `not-saved` */
  end(tokenHash: string): void;
};

/** @param now steady ms, and how they are shown, as in peopleClock */
export function createSessions(
  store: SessionStore,
  { now, shown }: Pick<PeopleClock, 'now' | 'shown'>,
): Sessions {
  const draw: Sessions['draw'] = (personId, via, device = UNKNOWN) => {
    const { token, tokenHash } = drawSecret();
    const at = now();
    const id = randomUUID();
    return { token, session: { id, tokenHash, personId, createdUtc: at, lastSeenUtc: at, via, ...device } };
  };
  return {
    draw,
    start(personId, via, device) {
      const drawn = draw(personId, via, device);
      store.saveSession(drawn.session);
      const at = drawn.session.createdUtc;
      store.trimSessions(at - ABSOLUTE_MS, at - IDLE_MS, PER_PERSON);
      return drawn;
    },
    authenticate(from) {
      const shown = tokenOf(from);
      if (shown === null) return null;
      const session = store.session(hashOf(shown.token));
      const at = now();
      if (session === null || session.via !== shown.via || isOver(session, at)) return null;
      if (at - session.lastSeenUtc >= TOUCH_EVERY_MS) touch(store, session, at);
      return { personId: session.personId, tokenHash: session.tokenHash, role: session.role };
    },
    list(personId, current) {
      const at = now();
      const running = store.sessionsOf(personId).filter((session) => !isPast(session, at));
      return running.map((session) => viewSession(session, session.tokenHash === current, shown));
    },
    end: (tokenHash) => store.deleteSession(tokenHash),
  };
}

function isOver(session: KnownSession, at: Millis): boolean {
  if (session.untilUtc !== null && at >= session.untilUtc) return true;
  return isPast(session, at);
}

function viewSession(session: StoredSession, current: boolean, shown: PeopleClock['shown']): SessionView {
  const { id, deviceName, browser, system, createdUtc, lastSeenUtc } = session;
  const endsAt = Math.min(createdUtc + ABSOLUTE_MS, lastSeenUtc + IDLE_MS);
  const times = { createdAt: shown(createdUtc), lastSeenAt: shown(lastSeenUtc), endsAt: shown(endsAt) };
  return { id, deviceName, browser, system, ...times, current };
}

/** Idle for too long, or simply too old. */
function isPast(session: StoredSession, at: Millis): boolean {
  return at - session.createdUtc >= ABSOLUTE_MS || at - session.lastSeenUtc >= IDLE_MS;
}

function touch(store: SessionStore, session: StoredSession, at: Millis): void {
  try {
    store.touchSession(session.tokenHash, at);
  } catch {
    // The next request tries again. With a full disk people must still see the alarms of their house.
  }
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** 32 bytes in base64url. */
const TOKEN = /^[\w-]{43}$/;
const BEARER = /^bearer ([\w-]{43})$/i;

/** What was shown, if it has the form of a token. An `Authorization` header counts before the cookie. */
function tokenOf({ authorization, cookie, secure }: Credentials) {
  if (authorization !== undefined) {
    const token = BEARER.exec(authorization)?.[1];
    return token === undefined ? null : { token, via: 'bearer' };
  }
  const token = cookieIn(cookie, cookieName(secure));
  return TOKEN.test(token) ? { token, via: 'cookie' } : null;
}

/** The `Set-Cookie` header that hands over a token: out of reach of scripts and of other sites. */
export function cookieFor(token: string, secure: boolean): string {
  return bake(cookieName(secure), token, ABSOLUTE_MS / SECOND_MS, secure);
}

/** The `Set-Cookie` header that takes it back. */
export function noCookie(secure: boolean): string {
  return bake(cookieName(secure), '', 0, secure);
}
