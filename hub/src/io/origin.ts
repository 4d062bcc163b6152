import { hostname } from 'node:os';

/** The peer is this very machine. `::ffff:127…` is how a dual-stack socket writes it. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
}

/**
 * Endings of names that nobody can register on the internet: .local (RFC 6762), .home.arpa (RFC 8375), .internal
 * (ICANN 2024), .localhost (RFC 6761), .lan and .localdomain (never delegated, common in routers).
 */
const PRIVATE_NAME = /\.(?:local|home\.arpa|internal|localhost|lan|localdomain)$/;

/** Whether the hub has that name beside addresses and private names: one of a certificate that its owner brought. */
export type IsNamed = (host: string) => boolean;

/** The name or address in a `Host` header, in small letters and without the port; null when it is none. */
export function hostOf(header: string | undefined): string | null {
  if (header === undefined || header.length > 300) return null;
  const found = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?$/.exec(header.toLowerCase());
  return found?.[1]?.replace(/\.$/, '') ?? null;
}

/**
 * May be a name of this hub. A page of evil.example whose name is made to point at the hub (DNS rebinding) still says
 * evil.example in `Host`: addresses, names without a dot and private endings cannot be had for such a trick.
 * Source: safety.md §6, DNS rebinding.
 * @param host what `hostOf` answered
 * @param isNamed whether it is a name of a domain of one's own; default none is
 */
export function isOwnHost(host: string | null, isNamed: IsNamed = () => false): boolean {
  if (host === null) return false;
  if (host.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return true;
  if (!host.includes('.') || PRIVATE_NAME.test(host)) return true;
  return host === hostname().toLowerCase() || isNamed(host);
}

/**
 * A browser sends `Origin` with everything that another page could make it do. Absent: not a browser, or a plain
 * navigation, which changes nothing here. SameSite cookies alone would let in a page from another port of this host.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, secure: boolean): boolean {
  if (origin === undefined) return true;
  return origin.toLowerCase() === `${secure ? 'https' : 'http'}://${host?.toLowerCase() ?? ''}`;
}

/** A request as far as it tells where it comes from. */
export type Arrival = {
  readonly peer: string | undefined;
  readonly secure: boolean;
  readonly host: string | undefined;
  readonly origin: string | undefined;
};

/**
 * Origins of the pages of the phone app, which it carries itself: Android's and iOS's. Exactly these. Source: web.md §2.
 * On Android's any page that a phone serves to itself could speak too: it gets in by a token only, never by a cookie.
 */
export const SHELL_ORIGINS: readonly string[] = ['https://localhost', 'capacitor://localhost'];

/** The origin of the phone app from which this comes, over TLS; null: it comes from elsewhere, or from the hub's own page. */
export function shellOf({ origin, host, secure }: Omit<Arrival, 'peer'>): string | null {
  if (!secure || origin === undefined || isOwnOrigin(origin, host, secure)) return null;
  return SHELL_ORIGINS.includes(origin) ? origin : null;
}

/** Why a request is turned away at the gate; null: it may come in. */
export function turnedAway(from: Arrival, isNamed?: IsNamed): 'plain' | 'host' | 'origin' | null {
  if (!from.secure && !isLoopback(from.peer)) return 'plain';
  if (!isOwnHost(hostOf(from.host), isNamed)) return 'host';
  if (shellOf(from) !== null) return null;
  return isOwnOrigin(from.origin, from.host, from.secure) ? null : 'origin';
}
