/** What belongs to every house. The hub's own name comes from whoever calls. */
const OF_THE_HOUSE = ['homeward', 'password', 'passwort'];

/** Letters beside names that make a password of its own: below it only the name is guessed, and some digits. Ours. */
const LEFT_AT_LEAST = 5;

/** Shortest word that counts: shorter ones stand in everything. */
const WORD_AT_LEAST = 3;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
const letters = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Whether a password is little more than names of this person, hub or house: names, and less than five letters or digits beside them.
 * Source: OWASP ASVS 5.0 V6.2.11.
 * @param names of the person and the hub
 */
export function isOfNames(password: string, names: readonly string[]): boolean {
  const words = [...OF_THE_HOUSE, ...names.flatMap((name) => plain(name).split(/[^\p{L}\p{N}]+/u))]
    .map(letters)
    .filter((word) => Array.from(word).length >= WORD_AT_LEAST)
    .sort((a, b) => b.length - a.length);
  const given = letters(password);
  const left = words.reduce((rest, word) => rest.replaceAll(word, ''), given);
  return left !== given && Array.from(left).length < LEFT_AT_LEAST;
}

/** Whether it is one or a few characters over and over, or a run of digits or letters up or down. */
export function isPattern(password: string): boolean {
  const text = plain(password);
  if (/^(.{1,4}?)\1+.{0,3}$/su.test(text)) return true;
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, at) => code - (codes[at] ?? 0)));
  return steps.size === 1 && Math.abs([...steps][0] ?? 0) <= 1;
}

/** What to look for in a list of common passwords: as it is, and without the digits and signs that people put behind a word. */
export function commonForms(password: string): string[] {
  const text = plain(password);
  const word = text.replace(/[\d\p{P}\p{S}]{1,4}$/u, '');
  return word === text ? [text] : [text, word];
}
