import type { CapabilityId, ProofPart, Readiness, ReadinessRow, Severity, Weakness } from '@homeward/hub/api';
import { agePhrase } from '../text/ages.ts';
import type { Phrase } from '../text/say.ts';
import type { StateName } from '../ui/states.ts';

/** The sign of a row; null: there is nothing to have a state. */
export const SIGN_OF_PROOF: Readonly<Record<ReadinessRow['state'], StateName | null>> = {
  proven: 'safe',
  stale: 'check',
  failed: 'trouble',
  'not-set-up': null,
};

export const SIGN_OF_SEVERITY: Readonly<Record<Severity, StateName>> = { high: 'warning', low: 'check' };

/** What the card on Home says: the worst thing, and how often. */
export type Standing = { readonly state: StateName; readonly phrase: Phrase };

/** Only what failed, is weak or grows old counts: what Homeward cannot do yet is no matter of this house. */
export const standingOf = ({ rows, weaknesses }: Readiness): Standing => {
  const among = (state: ReadinessRow['state']) => rows.filter((row) => row.state === state).length;
  const weak = (severity: Severity) => weaknesses.filter((one) => one.severity === severity).length;
  const found: readonly (readonly [number, string, StateName])[] = [
    [among('failed'), 'failed', 'trouble'],
    [weak('high'), 'high', 'check'],
    [among('stale'), 'stale', 'check'],
    [weak('low'), 'low', 'safe'],
  ];
  const worst = found.find(([n]) => n > 0);
  if (worst === undefined) return { state: 'safe', phrase: { key: 'readiness.card.well' } };
  const [n, word, state] = worst;
  return { state, phrase: { key: `readiness.card.${word}`, n } };
};

/** What Homeward has words of its own for. */
const OWN_STEPS: ReadonlySet<CapabilityId> = new Set(['sirens', 'detectors', 'journal']);

/** The one next step. */
export const stepOf = ({ id, state }: ReadinessRow): Phrase => {
  if (OWN_STEPS.has(id)) return { key: `readiness.step.${id}.${state}` };
  return { key: state === 'not-set-up' ? 'readiness.step.later' : 'readiness.step.none' };
};

/** When it was proven. */
export const lastOf = ({ provenAt, parts }: ReadinessRow, now: number): Phrase => {
  if (provenAt !== null) return { key: 'readiness.last', with: { age: agePhrase(provenAt, now) } };
  const some = parts.some((part) => part.provenAt !== null);
  return { key: some ? 'readiness.notAll' : 'readiness.never' };
};

export const partOf = ({ state, provenAt }: ProofPart, now: number): Phrase => {
  if (state === 'failed') return { key: 'readiness.part.failed' };
  if (provenAt === null) return { key: 'readiness.part.never' };
  return { key: `readiness.part.${state}`, with: { age: agePhrase(provenAt, now) } };
};

export const weaknessPhrase = ({ id, count }: Weakness, part: 'fact' | 'why' | 'step'): Phrase => {
  const key = `readiness.weakness.${id}.${part}`;
  return part === 'fact' && count !== null ? { key, n: count } : { key };
};

const DAY_MS = 86_400_000;
export const daysOf = (ms: number): number => Math.round(ms / DAY_MS);
