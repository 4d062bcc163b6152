import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { TLS_LIMITS } from './listener.ts';

export type OwnCertificateOptions = {
  /** PEM; the hub's certificate first, then those that lead to its issuer. */
  readonly certFile: string;
  /** PEM, without a password. */
  readonly keyFile: string;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** What is wrong with it now, in plain words: once for each fault. */
  readonly onFault: (why: string) => void;
};

/**
 * A certificate for a name of a domain of one's own, beside the hub's. Whatever is wrong with it, the hub goes on under
 * its own: a house is not left without its alarm because somewhere a certificate ran out.
 */
export type OwnCertificate = {
  /** Reads the files anew. @returns whether they hold something else than before */
  look(): boolean;
  /** Whether it is good for that name, which may be of any letters. */
  isFor(name: string): boolean;
  /** What to show who asks for that name; undefined: not this one. */
  contextFor(name: string): SecureContext | undefined;
  /** When it runs out, epoch ms; null: there is none that can be used. */
  endsAt(): number | null;
};

type Held = { readonly cert: X509Certificate; readonly context: SecureContext };

export function createOwnCertificate(options: OwnCertificateOptions): OwnCertificate {
  let read: string | null = null;
  let held: Held | null = null;
  let told: string | null = null;

  function tell(fault: string | null): void {
    if (fault !== null && fault !== told) options.onFault(fault);
    told = fault;
  }

  /** Taken in when it can be used; otherwise what is held stays: a program may be just writing the two files. */
  function take(files: { cert: string; key: string }): void {
    const taken = check(files, options);
    if (typeof taken === 'string') return tell(taken);
    held = taken;
    tell(null);
  }

  function isGood(name: string): boolean {
    if (held === null || Date.parse(held.cert.validTo) <= options.now()) return false;
    const { cert } = held;
    // Who asks may ask for a name that is none, which throws.
    return (attempt(() => cert.checkHost(name, { subject: 'never' })) ?? undefined) !== undefined;
  }

  return {
    look() {
      const before = held;
      const files = readBoth(options);
      if (typeof files === 'string') {
        tell(files);
        return false;
      }
      const text = `${files.cert}\n${files.key}`;
      if (text !== read) {
        read = text;
        take(files);
      } else if (held !== null && Date.parse(held.cert.validTo) <= options.now()) {
        tell(`The certificate in ${options.certFile} ran out on ${held.cert.validTo}.`);
      }
      return held !== before;
    },
    isFor: isGood,
    contextFor: (name) => (isGood(name) ? held?.context : undefined),
    endsAt: () => (held === null ? null : Date.parse(held.cert.validTo)),
  };
}

function readBoth({ certFile, keyFile }: OwnCertificateOptions): { cert: string; key: string } | string {
  let file = certFile;
  try {
    const cert = readFileSync(certFile, 'utf8');
    file = keyFile;
    return { cert, key: readFileSync(keyFile, 'utf8') };
  } catch (error) {
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`;
  }
}

/** What can be used, or why it cannot. */
function check(
  files: { readonly cert: string; readonly key: string },
  { certFile, keyFile, now }: OwnCertificateOptions,
): Held | string {
  const cert = attempt(() => new X509Certificate(files.cert));
  if (cert === null) return `${certFile} holds no certificate that can be read. It has to be PEM.`;
  const key = attempt(() => createPrivateKey(files.key));
  if (key === null) return `${keyFile} holds no key that can be read. It has to be PEM, without a password.`;
  if (!cert.checkPrivateKey(key))
    return `The key in ${keyFile} is not that of the certificate in ${certFile}.`;
  if (Date.parse(cert.validTo) <= now()) return `The certificate in ${certFile} ran out on ${cert.validTo}.`;
  if (!/\bDNS:/.test(cert.subjectAltName ?? '')) return `The certificate in ${certFile} is for no name.`;
  const context = attempt(() => createSecureContext({ ...files, ...TLS_LIMITS }));
  if (context === null) return `The certificate in ${certFile} is too weak to be used.`;
  return { cert, context };
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
