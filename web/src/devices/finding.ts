import type { DeviceView } from '@homeward/hub/api';

/** Arabic letters that people write one for the other; those with a hamza lose it with the marks. */
const ALIKE: Readonly<Record<string, string>> = { ى: 'ي', ة: 'ه', ٱ: 'ا' };
/** Stretches a word, tells nothing. */
const TATWEEL = /\u0640/g;
const OF_ALIKE = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g');
/** Arabic-Indic and Persian digits. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** A text as it is compared: no case, no accents, no vowel marks, one form of each letter and digit. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(OF_ALIKE, (letter) => ALIKE[letter] ?? letter)
    .replace(TATWEEL, '')
    .replace(DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .toLowerCase();

/** What is looked for, in any order. */
export const soughtWords = (query: string): readonly string[] =>
  plainText(query)
    .split(/\s+/)
    .filter((word) => word !== '');

/** The words of one device that are looked through: its name, room, maker, model, and what it measures. */
export const wordsOf = (device: DeviceView, roomName: string, say: (key: string) => string): string => {
  const quantities = new Set(Object.values(device.entities).map(({ quantity }) => quantity));
  const names = Object.values(device.entities).map(({ name }) => name ?? '');
  return plainText(
    [
      device.name,
      roomName,
      device.manufacturer ?? '',
      device.model ?? '',
      ...names,
      ...[...quantities].flatMap((quantity) => [say(`quantity.${quantity}`), quantity.replaceAll('_', ' ')]),
    ].join('\n'),
  );
};

export const isFound = (words: string, sought: readonly string[]): boolean =>
  sought.every((word) => words.includes(word));
