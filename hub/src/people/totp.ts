import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY_MS, type Millis, SECOND_MS } from '../shared/time.ts';

/**
 * What authenticator apps expect whatever the address of the secret says: SHA-1, six digits, a new code every 30 s. Source: RFC 6238
 * §4 and §5.2; SHA-1 is safe in an HMAC.
 */
const DIGITS = 6;
export const STEP_MS: Millis = 30 * SECOND_MS;

/** Length of the secret, bytes: 160 bits. Source: RFC 4226 §4 R6. */
export const SECRET_BYTES = 20;

/** Steps by which the clocks of phone and hub may differ, either way. Source: RFC 6238 §5.2 and §6. */
const DRIFT = 1;

/**
 * How far ahead of now a used step still counts: a clock that was set back by an hour or so must not let a code in twice. One that lies
 * further ahead came from a clock that was wrong by days, and binds nobody. Ours.
 */
const USED_AHEAD = DAY_MS / STEP_MS;

/** The number of the step of that moment. @param utc epoch ms */
export const stepOf = (utc: Millis): number => Math.floor(utc / STEP_MS);

/** The code of a step. Source: RFC 4226 §5.3. @param digits default 6 */
export function codeOf(secret: Uint8Array, step: number, digits = DIGITS): string {
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(moment).digest();
  const from = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(from) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step whose code that is; null: none that counts now. Takes as long whichever it is.
 * @param usedStep the last one that was used; it and earlier ones count no more, unless it lies more than a day ahead
 */
export function stepOfCode(secret: Uint8Array, code: string, utc: Millis, usedStep: number): number | null {
  const now = stepOf(utc);
  const used = usedStep > now + USED_AHEAD ? -1 : usedStep;
  const typed = Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS));
  let found: number | null = null;
  for (let step = Math.max(0, now - DRIFT); step <= now + DRIFT; step++) {
    const isSame = typed.length === DIGITS && timingSafeEqual(typed, Buffer.from(codeOf(secret, step)));
    if (isSame && code.length === DIGITS && step > used) found ??= step;
  }
  return found;
}

const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 of RFC 4648 without padding, as authenticator apps take a secret that is typed. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE_32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** The address that an authenticator app reads from a QR code. @param name of the person */
export function totpAddress(secret: Uint8Array, name: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  const more = `secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
  return `otpauth://totp/${label}?${more}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / SECOND_MS}`;
}
