import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEALED_BYTES } from './limits.ts';
import { plainOf, type Secret, secretOf } from './sealedForm.ts';
import { makeSealKey, seal, unseal, unwrap, wrap } from './sealing.ts';

const secret = (more: Partial<Secret> = {}): Secret => ({
  underDuress: true,
  personId: '0b9e7a44-2f5d-4f0e-9d55-1f0c8a1f6a11',
  purpose: 'check',
  devices: ['d:one', 'a:two'],
  mono: 5,
  utc: 1_800_000_000_000,
  ...more,
});
const anySecret = fc.record({
  underDuress: fc.boolean(),
  personId: fc.string({ unit: 'binary', maxLength: 200 }),
  purpose: fc.string({ maxLength: 200 }),
  devices: fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 }),
  mono: fc.nat(Number.MAX_SAFE_INTEGER),
  utc: fc.nat(Number.MAX_SAFE_INTEGER),
});

describe('what is sealed', () => {
  it('is as long whatever it says', () => {
    fc.assert(
      fc.property(anySecret, (any) => {
        expect(plainOf(any)).toHaveLength(SEALED_BYTES);
      }),
    );
    const devices = Array.from({ length: 9 }, () => '"'.repeat(99));
    expect(plainOf(secret({ personId: '\\'.repeat(99), purpose: 'ض'.repeat(99), devices }))).toHaveLength(
      SEALED_BYTES,
    );
  });

  it('is read as it was written', () => {
    for (const underDuress of [true, false])
      expect(secretOf(plainOf(secret({ underDuress })))).toEqual(secret({ underDuress }));
    for (const junk of ['', 'x', '7', '{}', 'null'])
      expect(secretOf(Buffer.from(junk))?.underDuress ?? false).toBe(false);
  });
});

describe('a seal', () => {
  const mine = makeSealKey();
  const plain = Buffer.from('somebody was forced');

  it('opens with the private half of that key, and with no other', () => {
    expect(unseal(mine, seal(mine.publicKey, plain))).toEqual(plain);
    expect(unseal(makeSealKey(), seal(mine.publicKey, plain))).toBeNull();
    expect(unseal({ ...mine, publicKey: makeSealKey().publicKey }, seal(mine.publicKey, plain))).toBeNull();
  });

  it('of the same bytes is never the same', () => {
    const all = Array.from({ length: 50 }, () => seal(mine.publicKey, plain).toString('hex'));
    expect(new Set(all).size).toBe(50);
    expect(new Set(all.map(({ length }) => length)).size).toBe(1);
  });

  it('of which any bit was changed opens no more', () => {
    const sealed = seal(mine.publicKey, plain);
    let opened = 0;
    for (let at = 0; at < sealed.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        // RFC 7748 §5: the highest bit of a public key is not looked at; it is hashed into the key all the same.
        if (unseal(mine, changed) !== null) opened += 1;
      }
    expect(opened).toBe(0);
    for (let length = 0; length < sealed.length; length++)
      expect(unseal(mine, sealed.subarray(0, length))).toBeNull();
  });

  it('with a key of the other that gives everybody the same secret opens nothing and throws nothing', () => {
    const sealed = seal(mine.publicKey, plain);
    sealed.fill(0, 1, 33);
    expect(unseal(mine, sealed)).toBeNull();
  });
});

describe('a wrapped key', () => {
  const key = Buffer.alloc(32, 7);
  const { privateKey } = makeSealKey();

  it('opens with the key that a password made, for the person whose it is', () => {
    const wrapped = wrap(key, privateKey, 'ana');
    expect(unwrap(key, wrapped, 'ana')).toEqual(privateKey);
    expect(unwrap(Buffer.alloc(32, 8), wrapped, 'ana')).toBeNull();
    expect(unwrap(key, wrapped, 'ben')).toBeNull();
    expect(unwrap(key, wrapped.subarray(1), 'ana')).toBeNull();
    expect(unwrap(key, Buffer.alloc(0), 'ana')).toBeNull();
    expect(wrapped.includes(privateKey)).toBe(false);
  });
});
