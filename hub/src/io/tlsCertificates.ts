import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type Names, PERMITTED_NETWORKS } from './tlsNames.ts';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** When a certificate begins and ends to be valid, epoch ms. */
export type Validity = { readonly from: number; readonly to: number };

/** The hub's own authority, PEM. */
export type Authority = {
  readonly key: string;
  /** For browsers and phones: limited to names and addresses of a home, so that a stolen key signs nothing else. */
  readonly cert: string;
  /**
   * For boards: the same name and key without these limits. mbedTLS, which ESP32 boards use, refuses an authority with a
   * critical extension that it does not know; and a board trusts this authority for its one broker only.
   */
  readonly boardCert: string;
};

/** Makes a new authority that may vouch for `domains` and the networks of a home. */
export async function makeAuthority(
  name: string,
  domains: readonly string[],
  validity: Validity,
): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const make = async (more: Extension[]) =>
    X509CertificateGenerator.createSelfSigned({
      name: [{ CN: [name] }, { O: ['Homeward'] }],
      ...dates(validity),
      keys,
      signingAlgorithm: SIGN,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
        ...more,
      ],
    });
  const cert = await make([limitsTo(domains)]);
  const boardCert = await make([]);
  return {
    key: await toPem(keys.privateKey),
    cert: cert.toString('pem'),
    boardCert: boardCert.toString('pem'),
  };
}

/** Makes a key and a certificate for a server of these names, signed by the authority. @throws when its key is damaged */
export async function makeLeaf(authority: Authority, names: Names, validity: Validity) {
  const issuer = new X509Certificate(authority.cert);
  const der = createPrivateKey(authority.key).export({ type: 'pkcs8', format: 'der' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, KEY, false, ['sign']);
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const alternatives: JsonGeneralNames = [
    ...names.dns.map((value) => ({ type: 'dns' as const, value })),
    ...names.ip.map((value) => ({ type: 'ip' as const, value })),
  ];
  const cert = await X509CertificateGenerator.create({
    // No host name: some verifiers would hold a common name that looks like one against the limits of the authority.
    subject: [{ CN: ['Homeward hub'] }],
    issuer: issuer.subjectName.toJSON(),
    ...dates(validity),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: SIGN,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(alternatives),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { key: await toPem(keys.privateKey), cert: cert.toString('pem') };
}

/** The domains that an authority is limited to, as its certificate says. */
export function domainsOf(authorityCert: string): string[] {
  const limits = new X509Certificate(authorityCert).getExtension(id_ce_nameConstraints);
  if (!limits) return [];
  const { permittedSubtrees } = AsnConvert.parse(limits.value, NameConstraints);
  return [...(permittedSubtrees ?? [])].flatMap(({ base }) => base.dNSName ?? []);
}

function limitsTo(domains: readonly string[]): Extension {
  const subtrees = [
    ...domains.map((dNSName) => new GeneralName({ dNSName })),
    ...PERMITTED_NETWORKS.map((iPAddress) => new GeneralName({ iPAddress })),
  ].map((base) => new GeneralSubtree({ base }));
  const limits = new NameConstraints({ permittedSubtrees: new GeneralSubtrees(subtrees) });
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(limits));
}

const dates = ({ from, to }: Validity) => ({ notBefore: new Date(from), notAfter: new Date(to) });

const toPem = async (key: webcrypto.CryptoKey) =>
  `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
