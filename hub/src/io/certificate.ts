import { X509Certificate } from 'node:crypto';

/** What a certificate says of itself. Times: epoch ms. */
export type CertificateFacts = {
  /** The common name of its subject; empty: it has none. */
  readonly name: string;
  /** SHA-256, pairs with colons between them. */
  readonly fingerprint: string;
  readonly fromUtc: number;
  readonly untilUtc: number;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
};

/** @param pem null: there is none. Null when it cannot be read */
export function readCertificate(pem: string | null): CertificateFacts | null {
  if (pem === null) return null;
  try {
    const { subject, subjectAltName, fingerprint256, validFrom, validTo } = new X509Certificate(pem);
    const alternatives = (subjectAltName ?? '').split(', ');
    return {
      name: /(?:^|\n)CN=(.+)/.exec(subject ?? '')?.[1] ?? '',
      fingerprint: fingerprint256,
      fromUtc: Date.parse(validFrom),
      untilUtc: Date.parse(validTo),
      names: after('DNS:', alternatives),
      addresses: after('IP Address:', alternatives).map(shortAddress),
    };
  } catch {
    return null;
  }
}

const after = (prefix: string, texts: readonly string[]): string[] =>
  texts.flatMap((text) => (text.startsWith(prefix) ? [text.slice(prefix.length)] : []));

/** OpenSSL writes FE80:0:0:0:0:0:0:1; people and browsers write fe80::1. */
function shortAddress(address: string): string {
  if (!address.includes(':')) return address;
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
