import type { Moment } from '../shared/time.ts';
import type { Circumstances, Part, Proof } from './circumstances.ts';
import { CapabilityId, type ProofPart, type ReadinessRow } from './schema.ts';

type Judged = Pick<Part, 'proven' | 'failed' | 'validMs'>;

/** Compared in house time: a clock that was set makes nothing fresh. */
function stateOf({ proven, failed, validMs }: Judged, now: Moment): ProofPart['state'] {
  if (failed) return 'failed';
  return proven !== null && now.mono - proven.mono <= validMs ? 'proven' : 'stale';
}

const WORST: readonly ProofPart['state'][] = ['failed', 'stale', 'proven'];

const byHurry = (a: ProofPart, b: ProofPart): number =>
  WORST.indexOf(a.state) - WORST.indexOf(b.state) || (a.provenAt ?? 0) - (b.provenAt ?? 0);

/** Every capability, also those that are not there yet. */
export const judgeCapabilities = ({ proofs }: Circumstances, now: Moment): ReadinessRow[] =>
  CapabilityId.options.map((id) => rowOf(id, proofs[id] ?? null, now));

function rowOf(id: CapabilityId, proof: Proof | null, now: Moment): ReadinessRow {
  if (proof === null || ('parts' in proof && proof.parts.length === 0))
    return { id, state: 'not-set-up', provenAt: null, how: null, validMs: null, parts: [] };
  if ('parts' in proof) return rowOfParts(id, proof.parts, now);
  const { proven, how, validMs } = proof;
  const provenAt = proven?.utc ?? null;
  return { id, state: stateOf(proof, now), provenAt, how: proven && how, validMs, parts: [] };
}

/** It is as good as its worst part. */
function rowOfParts(id: CapabilityId, given: readonly Part[], now: Moment): ReadinessRow {
  const parts = given
    .map((part): ProofPart => {
      const { entityId, proven, how } = part;
      return { entityId, state: stateOf(part, now), provenAt: proven?.utc ?? null, how };
    })
    .sort(byHurry);
  const all = parts.map(({ provenAt }) => provenAt);
  return {
    id,
    state: parts[0]?.state ?? 'stale',
    provenAt: all.includes(null) ? null : Math.min(...all.map(Number)),
    how: parts.every(({ how }) => how === parts[0]?.how) ? (parts[0]?.how ?? null) : null,
    validMs: Math.min(...given.map(({ validMs }) => validMs)),
    parts,
  };
}
