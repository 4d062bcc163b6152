import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { readCertificate } from './certificate.ts';
import { makeAuthority, makeLeaf } from './tlsCertificates.ts';

const from = Date.UTC(2026, 10, 1);
const to = Date.UTC(2027, 10, 1);

it('tells what people compare: the name, the fingerprint, for what and how long it is good', async () => {
  const authority = await makeAuthority('Homeward pi', ['local'], { from, to });
  const names = { dns: ['pi.local'], ip: ['192.168.1.20', '::1', 'fd00::1:5'] };
  const leaf = await makeLeaf(authority, names, { from, to });
  expect(readCertificate(leaf.cert)).toEqual({
    name: 'Homeward hub',
    fingerprint: new X509Certificate(leaf.cert).fingerprint256,
    fromUtc: from,
    untilUtc: to,
    names: ['pi.local'],
    addresses: ['192.168.1.20', '::1', 'fd00::1:5'],
  });
  expect(readCertificate(authority.cert)).toMatchObject({ name: 'Homeward pi', names: [], addresses: [] });
});

it.each([null, '', 'no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
  'says that it cannot read %j',
  (pem) => {
    expect(readCertificate(pem)).toBeNull();
  },
);
