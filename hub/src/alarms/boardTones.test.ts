import { expect, it } from 'vitest';
import { readContract } from '../../test/contractFile.ts';
import { goesBefore, type Pattern, patternOf } from './sounderPatterns.ts';

/** One alarm for each tone, worst first. */
const PATTERNS = [
  patternOf({ kind: 'smoke', level: 'alarm', sound: 'siren' }),
  patternOf({ kind: 'co', level: 'alarm', sound: 'siren' }),
  patternOf({ kind: 'gas', level: 'alarm', sound: 'siren' }),
  patternOf({ kind: 'intrusion', level: 'alarm', sound: 'siren' }),
  patternOf({ kind: 'trouble', level: 'warning', sound: 'chime' }),
] as Pattern[];

it('SIR-1 boards know the same tones in the same order, each with its lease', () => {
  const rows = readContract('siren-patterns.csv');
  expect(rows.map(({ tone, lease_s }) => [tone, Number(lease_s)])).toEqual(
    PATTERNS.map(({ tone, leaseS }) => [tone, leaseS]),
  );
  for (let n = 1; n < PATTERNS.length; n++) {
    expect(goesBefore(PATTERNS[n - 1] as Pattern, PATTERNS[n] as Pattern)).toBe(true);
  }
});
