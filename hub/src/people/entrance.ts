import type { Call, Session } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { readAgent } from './agent.ts';
import type { Confirmations } from './confirmations.ts';
import type { PeopleFact } from './facts.ts';
import type { KnownDevices } from './knownDevices.ts';
import type { SessionGrant } from './schema.ts';
import { cookieFor, type Device, type Drawn, type Sessions } from './sessions.ts';
import type { PeopleStore } from './store.ts';

/** What every way in has in its body. */
export type Entry = {
  readonly cookie?: boolean | undefined;
  readonly deviceName?: string | undefined;
  readonly deviceToken?: string | undefined;
};

type EnterCall = EntryCall & { readonly me: Session | null; readonly origin: string };

/** Starts a session for somebody who proved who they are, and hands it over. @throws Refusal `not-saved` */
export type LetIn = (personId: string, call: EnterCall) => SessionGrant;

export type LetInOptions = {
  readonly store: Pick<PeopleStore, 'letIn'>;
  readonly sessions: Sessions;
  readonly devices: KnownDevices;
  readonly confirmations: Confirmations;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
  /** The pepper is lost: nobody is let in, whatever they show. Default false. */
  readonly isLocked?: boolean;
};

/** @throws Refusal `locked` when it is called while the hub is locked */
export function createLetIn(options: LetInOptions): LetIn {
  const { store, sessions, devices, confirmations, dispatch, onSessionEnded } = options;
  return (personId, call) => {
    if (options.isLocked === true) {
      dispatch({ type: 'loginRefused', origin: call.origin });
      throw new Refusal('locked');
    }
    const device = deviceOf(call, devices);
    const drawn = store.letIn(() => {
      devices.keep(device.deviceId, personId);
      if (call.me !== null) sessions.end(call.me.tokenHash);
      return sessions.start(personId, viaOf(call.body), device);
    });
    if (call.me !== null) onSessionEnded(call.me.tokenHash);
    confirmations.confirm(drawn.session.tokenHash);
    dispatch({ type: 'personLoggedIn', personId });
    return handOver(drawn, call, devices);
  };
}

/**
 * Whoever comes in anew on a device leaves no old session behind on it. Source: OWASP ASVS 5.0 V7.2.4.
 * @param me the session that the call showed
 */
export function leaveOld(
  me: Session | null,
  { sessions, onSessionEnded }: Pick<LetInOptions, 'sessions' | 'onSessionEnded'>,
): void {
  if (me === null) return;
  sessions.end(me.tokenHash);
  onSessionEnded(me.tokenHash);
}

type EntryCall = Pick<Call, 'agent' | 'cookie' | 'secure' | 'setHeader'> & { readonly body: Entry };

export const viaOf = ({ cookie }: Entry): 'cookie' | 'bearer' => (cookie === true ? 'cookie' : 'bearer');

/** The device that calls: the one that it shows, or a new one. */
export function deviceOf({ body, agent, ...call }: EntryCall, devices: KnownDevices) {
  const deviceId = devices.read(call, body.deviceToken) ?? devices.draw();
  return { deviceName: body.deviceName ?? null, deviceId, ...readAgent(agent) } satisfies Device;
}

/** Gives a new session, and what makes its device known, to whoever called: as cookies and nothing else, or as tokens. */
export function handOver(
  { token, session }: Drawn,
  { secure, setHeader }: Pick<Call, 'secure' | 'setHeader'>,
  devices: KnownDevices,
): SessionGrant {
  const { deviceId } = session;
  if (session.via === 'bearer') {
    return deviceId === null ? { token } : { token, deviceToken: devices.tokenOf(deviceId) };
  }
  setHeader('Set-Cookie', cookieFor(token, secure));
  if (deviceId !== null) setHeader('Set-Cookie', devices.cookieFor(deviceId, secure));
  return {};
}
