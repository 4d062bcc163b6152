import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that nothing is mistaken when it is read out. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A code that people read from a page and type, 5 random bits a letter, in groups with a hyphen between them. 256 is a multiple of 32:
 * every letter is as likely as any other.
 */
export function drawCode(letters: number, group: number): string {
  const drawn = Array.from(randomBytes(letters), (byte) => LETTERS[byte % 32]);
  return drawn.map((letter, at) => (at > 0 && at % group === 0 ? `-${letter}` : letter)).join('');
}

/** What somebody may type for the same code: small letters, blanks, O for 0, I or L for 1. */
export function plainCode(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}
