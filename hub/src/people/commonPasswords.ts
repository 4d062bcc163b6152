import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Whether one of these is among the most common passwords. The list is read when somebody chooses a password and not kept: 0.4 MB of
 * text, some 10 ms. Source: OWASP ASVS 5.0 V6.2.4, at least the 3,000 most common that fit the rule of length.
 */
export async function isCommonPassword(forms: readonly string[]): Promise<boolean> {
  // 49,233 that were found most often, 17,950 of them as long as ours must be.
  const file = require.resolve('@zxcvbn-ts/language-common/src/passwords.json');
  const list = JSON.parse(await readFile(file, 'utf8')) as string[];
  const wanted = new Set(forms);
  return list.some((password) => wanted.has(password));
}
