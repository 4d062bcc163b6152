import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './repository.ts';

/** One row of a contract file, by column. */
export type ContractRow = Readonly<Record<string, string>>;

export const readContractText = (name: string): string =>
  readFileSync(join(ROOT, 'firmware/contract', name), 'utf8');

/** The rows of a table in `firmware/contract`, which the tests of the boards' C++ read too. */
export function readContract(name: string): ContractRow[] {
  const [head = '', ...lines] = readContractText(name).trimEnd().split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, n) => [column, cells[n] ?? '']));
  });
}
