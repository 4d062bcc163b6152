import { latinDigits } from '../people/answers.ts';

/** A number that a person wrote, with a point or a comma; null: it is none. */
export const figureOf = (text: string): number | null => {
  const plain = latinDigits(text)
    .trim()
    .replace(/[,\u066b]/, '.')
    .replace('\u2212', '-');
  return /^-?\d{1,7}(\.\d{1,4})?$/.test(plain) ? Number(plain) : null;
};
