import type { Call } from '../io/route.ts';
import { readAgent } from './agent.ts';
import type { KnownDevices } from './knownDevices.ts';
import type { SessionGrant } from './schema.ts';
import { cookieFor, type Device, type Drawn } from './sessions.ts';

/** What every way in has in its body. */
export type Entry = {
  readonly cookie?: boolean | undefined;
  readonly deviceName?: string | undefined;
  readonly deviceToken?: string | undefined;
};

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
