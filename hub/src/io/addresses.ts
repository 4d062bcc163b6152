import { machineAddresses } from './tlsNames.ts';

/** Whether that address stands for all interfaces. */
export const isWildcardAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';

/**
 * The host, as a URL writes it, under which this machine reaches what it listens on itself.
 * @param bind as for `reachableHost`
 */
export function ownHost(bind: string | null): string {
  if (bind === null || isWildcardAddress(bind)) return '127.0.0.1';
  return bind.includes(':') ? `[${bind}]` : bind;
}

/**
 * Under which address devices reach this machine.
 * @param bind the one address that the hub listens on; null: all, then the first IPv4 address in the home's network
 */
export function reachableHost(bind: string | null, hostName: string): string {
  if (bind !== null && !isWildcardAddress(bind)) return bind;
  const lan = machineAddresses().find((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address));
  return lan ?? `${hostName}.local`;
}
