import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

export type Source = { readonly name: string; readonly text: string };

/** All files of the app whose names end so. */
export const sourcesEnding = (...endings: readonly string[]): readonly Source[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)) && !name.endsWith('.test.ts'))
    .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }));

/** Every text of a language by its key. */
export const flatten = (texts: object, above = ''): ReadonlyMap<string, string> => {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const path = above === '' ? key : `${above}.${key}`;
    if (typeof value === 'string') flat.set(path, value);
    else for (const [below, text] of flatten(value as object, path)) flat.set(below, text);
  }
  return flat;
};
