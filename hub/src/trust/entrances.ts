import type { CertificateView } from './schema.ts';

const HTTPS_PORT = 443;
const HTTP_PORT = 80;

export type Doors = {
  readonly certificate: Pick<CertificateView, 'names' | 'addresses'> | null;
  /** Addresses of this machine in the home's network. */
  readonly addresses: readonly string[];
  /** Null: it does not listen for others. */
  readonly httpsPort: number | null;
  readonly httpPort: number | null;
};

/**
 * Under which addresses other devices open the app, the one that works on most of them first. A name in `.local` comes after the IPv4
 * addresses: Android knows such names only since version 12.
 */
export function entrancesOf(doors: Doors): string[] {
  const { httpsPort } = doors;
  if (httpsPort === null) return [];
  const port = httpsPort === HTTPS_PORT ? '' : `:${httpsPort}`;
  return hostsOf(doors).map((host) => `https://${host}${port}/`);
}

/** Where a device that does not trust the hub yet learns how; null: it cannot reach the hub. */
export function welcomeOf(doors: Doors): string | null {
  const [host] = hostsOf(doors);
  const { httpPort, httpsPort } = doors;
  if (host === undefined || httpPort === null || httpsPort === null) return null;
  return `http://${host}${httpPort === HTTP_PORT ? '' : `:${httpPort}`}/trust`;
}

/** An address that the certificate does not cover, a public one say, would be refused by every browser. */
function hostsOf({ certificate, addresses }: Doors): string[] {
  if (certificate === null) return [];
  const covered = addresses.filter((address) => certificate.addresses.includes(address));
  const named = certificate.names.filter((name) => name.includes('.'));
  return [...covered.filter((address) => !address.includes(':')), ...named];
}
