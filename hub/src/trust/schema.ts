import { z } from 'zod';

/** SHA-256, as people compare it: pairs of letters and digits with colons between them. */
const Fingerprint = z.string();

const Span = {
  fromUtc: z.number().describe('epoch ms UTC'),
  untilUtc: z.number().describe('epoch ms UTC'),
};

/** What phones, browsers and boards are to trust, once for all. */
export const AuthorityView = z
  .object({ name: z.string(), fingerprint: Fingerprint, ...Span })
  .meta({ id: 'TrustAuthority' });
export type AuthorityView = z.infer<typeof AuthorityView>;

/** What the hub shows of itself; made anew when its addresses change, and before it ends. */
export const CertificateView = z
  .object({
    fingerprint: Fingerprint,
    names: z.array(z.string()).describe('host names for which it is good'),
    addresses: z.array(z.string()).describe('network addresses for which it is good'),
    ...Span,
  })
  .meta({ id: 'TrustCertificate' });
export type CertificateView = z.infer<typeof CertificateView>;

/** GET /api/trust */
export const TrustView = z
  .object({
    now: z.number().describe('epoch ms UTC, by the wall clock of the machine'),
    authority: AuthorityView.nullable().describe('null: its files cannot be read'),
    certificate: CertificateView.nullable().describe('null: there is none that can be shown'),
    entrances: z
      .array(z.string())
      .describe('addresses of the app for other devices in the home; none: it listens to this machine only'),
    welcome: z
      .string()
      .nullable()
      .describe('page for a device that does not trust the hub yet: without encryption, and without a login'),
    secure: z.boolean().describe('whether this question came encrypted'),
  })
  .meta({ id: 'Trust' });
export type TrustView = z.infer<typeof TrustView>;
