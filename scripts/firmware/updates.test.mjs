import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from '../setup/folder.mjs';

/** The offers of the contract, by column. */
function offers() {
  const [head = '', ...lines] = readFileSync(inRoot('firmware/contract/updates.csv'), 'utf8')
    .trim()
    .split('\n');
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, n) => [columns[n], cell])));
}

/** Whether the signature is right, by Node's own cryptography; null: the key is none. */
function isSigned({ key, product, version, size, sha256, signature }) {
  const point = Buffer.from(key, 'hex');
  const [x, y] = [point.subarray(0, 32), point.subarray(32)].map((part) => part.toString('base64url'));
  try {
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    const text = Buffer.from([product, version, size, sha256].join('|'));
    return verify(
      'sha256',
      text,
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'hex'),
    );
  } catch {
    return null;
  }
}

it.each(offers())('another program finds the same of the signature: $what', (offer) => {
  expect(isSigned(offer) === true).toBe(offer.answer !== 'wrong_signature');
});
