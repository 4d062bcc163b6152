import type { Config } from './config.ts';
import { readCertificate } from './io/certificate.ts';
import { isLoopback } from './io/origin.ts';
import { machineAddresses, type TlsMaterial } from './io/tls.ts';
import { trustRoutes } from './trust/routes.ts';

/** @param tls null: the certificates cannot be read */
export function composeTrust(
  { bind, httpPort, httpsPort }: Pick<Config, 'bind' | 'httpPort' | 'httpsPort'>,
  tls: () => Pick<TlsMaterial, 'ca' | 'cert'> | null,
) {
  const isAlone = bind !== null && isLoopback(bind);
  return trustRoutes({
    authority: () => readCertificate(tls()?.ca ?? null),
    certificate: () => {
      const read = readCertificate(tls()?.cert ?? null);
      return read === null ? null : { ...read, names: [...read.names], addresses: [...read.addresses] };
    },
    addresses: machineAddresses,
    httpsPort: isAlone || httpsPort === 0 ? null : httpsPort,
    httpPort: isAlone || httpPort === 0 ? null : httpPort,
    utc: () => Date.now(),
  });
}
