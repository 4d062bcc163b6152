import { machineAddresses } from './tlsNames.ts';

/**
 * Under which address devices reach this machine.
 * @param bind the one address that the hub listens on; null: all, then the first IPv4 address in the home's network
 */
export function reachableHost(bind: string | null, hostName: string): string {
  if (bind !== null && bind !== '0.0.0.0' && bind !== '::') return bind;
  const lan = machineAddresses().find((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address));
  return lan ?? `${hostName}.local`;
}
