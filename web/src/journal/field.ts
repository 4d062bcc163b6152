import type { JournalRow } from '@homeward/hub/api';

/**
 * What a row wrote down. Rows are old, or somebody changed them: nothing of them is as it should be until it was looked at.
 */
export type Fields = JournalRow['fact'];

const fieldOf = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** Null when it is no text, or an empty one. */
export const textIn = (fields: Fields, name: string): string | null => {
  const value = fieldOf(fields, name);
  return typeof value === 'string' && value !== '' ? value : null;
};

export const numberIn = (fields: Fields, name: string): number | null => {
  const value = fieldOf(fields, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** How many there are; null when it is no list. */
export const countIn = (fields: Fields, name: string): number | null => {
  const value = fieldOf(fields, name);
  return Array.isArray(value) ? value.length : null;
};

/** Empty when there is no such thing. */
export const fieldsIn = (fields: Fields, name: string): Fields => {
  const value = fieldOf(fields, name);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
};

/** The word, if it is one of those that the texts know. */
export const wordIn = <W extends string>(fields: Fields, name: string, words: readonly W[]): W | null =>
  words.find((word) => word === fieldOf(fields, name)) ?? null;
