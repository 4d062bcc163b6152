import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Networks whose addresses the hub's authority may vouch for: private, loopback, link-local. */
export const PERMITTED_NETWORKS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
] as const;

/** Names, and all below them, that it may vouch for besides the machine's own. */
const PERMITTED_DOMAINS = ['local', 'home.arpa', 'localhost'];

/** Labels of letters, digits and hyphens; what is no such name has no place in a certificate. */
const HOST_NAME = /^(?=.{1,200}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** What a certificate is for. */
export type Names = { readonly dns: readonly string[]; readonly ip: readonly string[] };

/** The domains that a new authority on a machine of that name is limited to. */
export function permittedDomains(hostName: string): string[] {
  const host = hostName.toLowerCase();
  const isCovered = PERMITTED_DOMAINS.some((domain) => isWithin(host, domain));
  return HOST_NAME.test(host) && !isCovered ? [...PERMITTED_DOMAINS, host] : PERMITTED_DOMAINS;
}

/**
 * What the hub's certificate must name now. Whatever lies outside the limits of its authority is left out: one such
 * name or address, a public one say, would make the whole certificate invalid.
 * @param domains the limits of the authority that signs
 */
export function wantedNames(
  hostName: string,
  addresses: readonly string[],
  domains: readonly string[],
): Names {
  const host = hostName.toLowerCase();
  const label = host.split('.')[0] ?? '';
  const dns = [host, `${label}.local`, 'homeward.local', 'localhost'].filter(
    (name) => HOST_NAME.test(name) && domains.some((domain) => isWithin(name, domain)),
  );
  const ip = [...addresses, '127.0.0.1', '::1'].filter(isPermittedAddress);
  return { dns: [...new Set(dns)], ip: [...new Set(ip)] };
}

/** The addresses of this machine, IPv4 and IPv6, without loopback and IPv6 link-local. */
export function machineAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((some) => some ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
}

const permitted = new BlockList();
for (const network of PERMITTED_NETWORKS) {
  const [address = '', bits] = network.split('/');
  permitted.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
}

function isPermittedAddress(address: string): boolean {
  if (isIPv4(address)) return permitted.check(address, 'ipv4');
  return isIPv6(address) && !address.includes('%') && permitted.check(address, 'ipv6');
}

const isWithin = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`);
