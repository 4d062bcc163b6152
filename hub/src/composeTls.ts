import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Log } from './io/log.ts';
import { createTls, machineAddresses, type TlsMaterial } from './io/tls.ts';

/** The hub's certificates, held for the servers that need them at a moment's notice. */
export function composeTls(config: Config, log: Log) {
  const tls = createTls({
    folder: join(config.dataFolder, 'secrets'),
    hostName: hostname(),
    addresses: machineAddresses,
    now: () => Date.now(),
    onReport: (event, detail) => log.error({ event, ...detail }, event),
  });
  let held: TlsMaterial | null = null;
  return {
    /** Makes or reads them. @throws when the authority's files are damaged */
    async load(): Promise<void> {
      held = await tls.ensure();
    },
    /** @throws before `load` */
    now(): TlsMaterial {
      if (held === null) throw new Error('The certificates are not loaded yet.');
      return held;
    },
    /** Tells when there is a new certificate: other addresses, or the old one runs out. Answers how to stop. */
    watch: (onChange: () => void): (() => void) =>
      tls.watch((material) => {
        held = material;
        onChange();
      }),
  };
}
