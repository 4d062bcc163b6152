import { MAX_FINDINGS } from './limits.ts';
import type { JournalFault, JournalFinding } from './schema.ts';

/** Collects findings; the first `MAX_FINDINGS` by their words. */
export function createFindings() {
  const findings: JournalFinding[] = [];
  let more = 0;
  return {
    add(fault: JournalFault, from: number, to: number, words: string): void {
      if (findings.length < MAX_FINDINGS) findings.push({ fault, from, to, words });
      else more += 1;
    },
    list: (): readonly JournalFinding[] => findings,
    more: (): number => more,
  };
}

export type Findings = ReturnType<typeof createFindings>;

export type Finding = Parameters<Findings['add']>;

export const rowsWords = (from: number, to: number): string =>
  from === to ? `Row ${from}` : `Rows ${from} to ${to}`;
