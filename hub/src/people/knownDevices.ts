import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Call } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import { DAY_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import { bake, cookieIn } from './cookies.ts';
import type { DeviceStore } from './deviceStore.ts';
import type { Passwords } from './passwords.ts';

/** A device is known for so long after the last login on it, ms. Browsers keep no cookie for longer (RFC 6265bis: 400 days). */
const KNOWN_FOR_MS: Millis = 400 * DAY_MS;

/** Devices that are known of one person; the one that was unused longest gives way. */
const PER_PERSON = 20;

/** Length of a device's id, bytes. */
const ID_BYTES = 16;

const TOKEN = /^([\w-]{22})\.([\w-]{43})$/;

const cookieName = (secure: boolean): string => (secure ? '__Host-homeward-device' : 'homeward-device');

export type KnownDevices = {
  /** The device that a caller shows: by the cookie, or by a token. Null: none, or one that this hub never signed. */
  read(call: Pick<Call, 'cookie' | 'secure'>, deviceToken: string | undefined): string | null;
  draw(): string;
  /** Whether that person has logged in on that device before. */
  knows(deviceId: string, personId: string): boolean;
  /** The person is being let in there. @throws Refusal `not-saved` */
  keep(deviceId: string, personId: string): void;
  /** The person has been let in there: a disk that says no does not turn them away any more. */
  remember(deviceId: string, personId: string): void;
  /** What the device is to show the next time. */
  tokenOf(deviceId: string): string;
  /** The `Set-Cookie` header that has a browser show it. */
  cookieFor(deviceId: string, secure: boolean): string;
};

/**
 * Devices on which people have logged in before. Their tries count apart, so that nobody elsewhere can keep them out:
 * a device cookie, as OWASP's "Slow Down Online Guessing Attacks with Device Cookies" has it. It lets nobody in and names nobody.
 * @param keyed signs the ids; @param now epoch ms UTC
 */
export function createKnownDevices(
  store: DeviceStore,
  keyed: Passwords['keyed'],
  now: () => Millis,
): KnownDevices {
  const signature = (deviceId: string): string => keyed(`known device ${deviceId}`);
  const tokenOf = (deviceId: string): string => `${deviceId}.${signature(deviceId)}`;
  const keep = (deviceId: string, personId: string): void => {
    const limits = { seenAfter: now() - KNOWN_FOR_MS, keep: PER_PERSON };
    store.rememberDevice(deviceId, personId, now(), limits);
  };
  return {
    keep,
    read({ cookie, secure }, deviceToken) {
      const [, id = '', signed = ''] = TOKEN.exec(deviceToken ?? cookieIn(cookie, cookieName(secure))) ?? [];
      if (id === '') return null;
      return timingSafeEqual(Buffer.from(signed), Buffer.from(signature(id))) ? id : null;
    },
    draw: () => randomBytes(ID_BYTES).toString('base64url'),
    knows: (deviceId, personId) => store.knowsDevice(deviceId, personId, now() - KNOWN_FOR_MS),
    remember(deviceId, personId) {
      try {
        keep(deviceId, personId);
      } catch (error) {
        // A disk that says no: the person is in all the same, and the next login here makes the device known.
        if (!(error instanceof Refusal)) throw error;
      }
    },
    tokenOf,
    cookieFor: (deviceId, secure) =>
      bake(cookieName(secure), tokenOf(deviceId), KNOWN_FOR_MS / SECOND_MS, secure),
  };
}
