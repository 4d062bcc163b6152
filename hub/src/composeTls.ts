import { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PATHS } from './composePaths.ts';
import type { Config } from './config.ts';
import type { HttpOptions } from './io/http.ts';
import type { Log } from './io/log.ts';
import { createOwnCertificate } from './io/ownCertificate.ts';
import { createTls, machineAddresses, type TlsMaterial } from './io/tls.ts';
import { createTrust } from './io/trust.ts';
import { MINUTE_MS } from './shared/time.ts';

/** The hub's certificates, held for the servers that need them at a moment's notice. */
export function composeTls(config: Config, log: Log) {
  let fault: string | null = null;
  const failed = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    if (why !== fault) log.error({ err: error }, 'The certificates could not be looked after.');
    fault = why;
  };
  const tls = createTls({
    folder: join(config.dataFolder, 'secrets'),
    hostName: hostname(),
    addresses: machineAddresses,
    now: () => Date.now(),
    onReport: (_event, detail) => failed(detail?.error),
  });
  const own =
    config.tlsFiles &&
    createOwnCertificate({
      ...config.tlsFiles,
      now: () => Date.now(),
      onFault: (why) => log.error(`${why} Until it is mended the hub shows its own certificate.`),
    });
  let held: TlsMaterial | null = null;
  /** Whether the owner brought a certificate for that name. */
  const isNamed = (host: string): boolean => own?.isFor(host) ?? false;

  return {
    /**
     * Makes or reads them. A house is not left without its alarm because a certificate is damaged: then what still
     * serves is shown, or nobody is let in by TLS.
     */
    async load(): Promise<void> {
      own?.look();
      try {
        held = await tls.ensure();
      } catch (error) {
        failed(error);
        held = tls.standing();
      }
    },
    /** Null: they are damaged, or not loaded yet. */
    now: (): TlsMaterial | null => held,
    /** The authority's SHA-256 fingerprint; null: there is none that can be read. */
    fingerprint: (): string | null => (held === null ? null : new X509Certificate(held.ca).fingerprint256),
    /** What is wrong with them and how to mend it, in plain words; null: nothing. */
    fault: (): string | null => fault,
    isNamed,
    /** When the owner's own certificate ends, epoch ms; null: there is none in use. */
    ownEndsAt: (): number | null => own?.endsAt() ?? null,
    /** What the web server needs of them. */
    doors: (hubId: string): Pick<HttpOptions, 'tls' | 'trust' | 'isNamed' | 'contextFor'> => ({
      tls: () => held,
      trust: createTrust({ hubId, ca: () => held?.ca ?? null, folder: PATHS.pages, isNamed }),
      isNamed,
      contextFor: (name) => own?.contextFor(name),
    }),
    /** Tells when there is a new certificate: other addresses, or the old one runs out. Answers how to stop. */
    watch(onChange: () => void): () => void {
      const stop = tls.watch((material) => {
        held = material;
        fault = null;
        onChange();
      });
      const looking = setInterval(() => void own?.look(), MINUTE_MS).unref();
      return () => {
        clearInterval(looking);
        stop();
      };
    },
  };
}
