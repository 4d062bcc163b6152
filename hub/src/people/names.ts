/** Names are the same when people would say so: case, width and blanks make no other name. What a login goes by. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** Letters that take their look from another: by the other one, in small letters. A short list of our own, of the scripts in use here. */
const LOOKS: Readonly<Record<string, string>> = {
  // Cyrillic, by its small or its capital form.
  ...pairs('а ѐ ё е в к м н о р с т у х і ї ј ѕ һ ԁ ԛ ԝ ѵ', 'a e e e b k m h o p c t y x l l j s h d q w v'),
  // Greek.
  ...pairs('α β ε ζ η ι κ μ ν ο ρ τ υ χ ς σ', 'a b e z h l k m n o p t y x o o'),
  // Arabic: letters that differ by a dot or by the country of the keyboard.
  ...pairs('ى ی ې ئ ك ک ة ہ ۃ ھ ٱ ؤ', 'ي ي ي ي ک ک ه ه ه ه ا و'),
  // Latin.
  ...pairs('1 | i ı ł 0 ø đ ß æ œ', 'l l l l l o o d b ae oe'),
};

function pairs(from: string, to: string): Record<string, string> {
  const looks = to.split(' ');
  return Object.fromEntries(from.split(' ').map((letter, at) => [letter, looks[at] ?? letter]));
}

/** Digits of other scripts by their value: ٣ and 3 are the same figure. */
const digits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/**
 * What a name looks like: two with the same look would be taken for each other in a list. Accents, vowel signs, tatweel, blanks and signs
 * that are not seen make no other look.
 */
export function lookOf(name: string): string {
  const bare = digits(nameKey(name).normalize('NFKD')).replace(
    /[\p{M}\p{Default_Ignorable_Code_Point}\p{P}\p{Z}\u0640]/gu,
    '',
  );
  const letters = Array.from(bare, (letter) => (Object.hasOwn(LOOKS, letter) ? LOOKS[letter] : letter)).join(
    '',
  );
  return letters.replaceAll('rn', 'm').replaceAll('vv', 'w');
}

/** Scripts in which somebody may write a name; all others count as one. */
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Devanagari}/u,
  // Written together in Japanese and Korean.
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
];
const OTHER = SCRIPTS.length;

function scriptsIn(word: string): ReadonlySet<number> {
  const letters = Array.from(word).filter(
    (letter) => /\p{L}/u.test(letter) && !/\p{Script=Common}/u.test(letter),
  );
  return new Set(
    letters.map((letter) => {
      const at = SCRIPTS.findIndex((script) => script.test(letter));
      return at < 0 ? OTHER : at;
    }),
  );
}

/** Controls, halves of letters, and signs that turn the direction; joiners are part of Arabic and Persian spelling. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Why nobody may have that name; null: somebody may. */
export type WrongName =
  /** Nothing in it can be read, or something cannot be seen. */
  | 'unreadable'
  /** A word of letters of two scripts: in it one letter stands for another. */
  | 'mixed';

export function wrongName(name: string): WrongName | null {
  if (UNSEEN.test(name) || !/[\p{L}\p{N}]/u.test(name)) return 'unreadable';
  return name.split(/[\s\p{P}]+/u).some((word) => scriptsIn(word).size > 1) ? 'mixed' : null;
}
