import { describe, expect, it } from 'vitest';
import { at, UTC_AT_START } from '../../test/builders.ts';
import { DAY_MS, MINUTE_MS } from '../shared/time.ts';
import type { Circumstances, Part, Proof } from './circumstances.ts';
import { judge } from './judge.ts';
import { CERTIFICATE_SOON_MS, EARLIEST_UTC, LITTLE_ROOM_BYTES } from './limits.ts';
import { readinessFrom } from './readiness.ts';
import { createRegistry } from './registry.ts';
import { CapabilityId, type WeaknessId } from './schema.ts';
import { EMPTY_READINESS } from './state.ts';

const NOW = at(100 * DAY_MS);

/** A house in which nothing is proven yet, and nothing is weak. */
const STRONG: Circumstances = {
  proofs: {},
  answers: { ups: { answer: true, at: at(0), by: 'Ana' } },
  devices: { sirens: 2, smokeDetectors: 3, coDetectors: 1 },
  broker: { isAnonymous: false, isUnencrypted: false, isManaged: true, plainSessions: 0 },
  people: { owners: 2, ownersWithoutSecondFactor: 0 },
  machine: {
    hasClaimCode: false,
    isDataOpen: false,
    isLocked: false,
    areCertificatesDamaged: false,
    isClockSynchronised: true,
    certificateEndsUtc: NOW.utc + 300 * DAY_MS,
    isHistoryPaused: false,
    freeBytes: 20_000_000_000,
    nodeMajor: 24,
  },
};

type Changes = { readonly [K in keyof Circumstances]?: Partial<Circumstances[K]> };

const houseWith = (changes: Changes): Circumstances => ({
  ...STRONG,
  ...Object.fromEntries(
    Object.entries(changes).map(([key, more]) => [key, { ...STRONG[key as keyof Circumstances], ...more }]),
  ),
});

const judged = (house: Circumstances, now = NOW) => judge(house, readinessFrom(EMPTY_READINESS), now);
const weakOf = (changes: Changes, now = NOW) =>
  judged(houseWith(changes), now).weaknesses.map(({ id, severity, count }) => `${severity} ${id} ${count}`);
const rowOf = (id: CapabilityId, proof: Proof | null, now = NOW) =>
  judged({ ...STRONG, proofs: { [id]: proof } }, now).rows.find((row) => row.id === id);

describe('what is weak', () => {
  it('is nothing in a strong house', () => {
    expect(judged(STRONG).weaknesses).toEqual([]);
  });

  it.each<[WeaknessId, string, Changes]>([
    ['no-siren', 'high no-siren null', { devices: { sirens: 0 } }],
    ['no-smoke-detector', 'high no-smoke-detector null', { devices: { smokeDetectors: 0 } }],
    ['no-co-detector', 'high no-co-detector null', { devices: { coDetectors: 0 } }],
    ['broker-anonymous', 'high broker-anonymous null', { broker: { isAnonymous: true } }],
    ['broker-unencrypted', 'high broker-unencrypted null', { broker: { isUnencrypted: true } }],
    ['broker-unmanaged', 'low broker-unmanaged null', { broker: { isManaged: false } }],
    ['sessions-unencrypted', 'low sessions-unencrypted 3', { broker: { plainSessions: 3 } }],
    ['claim-code-left', 'high claim-code-left null', { machine: { hasClaimCode: true } }],
    ['data-open', 'high data-open null', { machine: { isDataOpen: true } }],
    ['hub-locked', 'high hub-locked null', { machine: { isLocked: true } }],
    ['certificates-damaged', 'high certificates-damaged null', { machine: { areCertificatesDamaged: true } }],
    ['clock-unsynchronised', 'low clock-unsynchronised null', { machine: { isClockSynchronised: false } }],
    [
      'certificate-ending',
      'high certificate-ending 21',
      { machine: { certificateEndsUtc: NOW.utc + CERTIFICATE_SOON_MS - 1 } },
    ],
    ['one-owner', 'low one-owner null', { people: { owners: 1 } }],
    ['no-second-factor', 'low no-second-factor 2', { people: { ownersWithoutSecondFactor: 2 } }],
    ['no-ups', 'low no-ups null', { answers: { ups: { answer: false, at: at(0), by: 'Ana' } } }],
    ['history-paused', 'low history-paused null', { machine: { isHistoryPaused: true } }],
    ['disk-nearly-full', 'low disk-nearly-full 500', { machine: { freeBytes: LITTLE_ROOM_BYTES - 1 } }],
    ['node-unsupported', 'low node-unsupported 20', { machine: { nodeMajor: 20 } }],
  ])('%s is named, and nothing else', (_, said, changes) => {
    expect(weakOf(changes)).toEqual([said]);
  });

  it('tells a clock of before this program from one that only follows no time server', () => {
    const past = { ...NOW, utc: EARLIEST_UTC - 1 };
    expect(weakOf({ machine: { isClockSynchronised: false } }, past)).toEqual(['high clock-wrong null']);
    // In such a year nothing can be said of what ends when.
    expect(weakOf({ machine: { certificateEndsUtc: 0, nodeMajor: 22 } }, past)).toEqual([
      'high clock-wrong null',
    ]);
    expect(weakOf({}, { ...NOW, utc: EARLIEST_UTC })).toEqual([]);
  });

  it.each([
    ['ends in exactly 21 days', CERTIFICATE_SOON_MS, []],
    ['ends within the hour', 1, ['high certificate-ending 1']],
    ['has ended', -5 * DAY_MS, ['high certificate-ending 1']],
  ])('a certificate that %s', (_, left, said) => {
    expect(weakOf({ machine: { certificateEndsUtc: NOW.utc + left } })).toEqual(said);
  });

  it.each([
    [18, true],
    [20, true],
    [22, false],
    [23, false],
    [24, false],
    [99, false],
  ])('Node.js %i in February 2027: unsupported %s', (nodeMajor, isOver) => {
    expect(weakOf({ machine: { nodeMajor } }).length > 0).toBe(isOver);
  });

  it('holds against nobody what cannot be known', () => {
    const unknown = { isClockSynchronised: null, certificateEndsUtc: null, freeBytes: null };
    const house = houseWith({
      machine: unknown,
      broker: { isAnonymous: null, plainSessions: null },
      people: { ownersWithoutSecondFactor: null },
    });
    expect(judged({ ...house, answers: {} }).weaknesses).toEqual([]);
  });

  it('tells the worst first', () => {
    const severities = judged(
      houseWith({
        devices: { sirens: 0 },
        people: { owners: 1 },
        machine: { isDataOpen: true, nodeMajor: 20, isHistoryPaused: true },
      }),
    ).weaknesses.map(({ severity }) => severity);
    expect(severities).toEqual(['high', 'high', 'low', 'low', 'low']);
  });
});

const part = (entityId: string, ageMs: number | null, more: Partial<Part> = {}): Part => ({
  entityId,
  proven: ageMs === null ? null : at(NOW.mono - ageMs),
  how: ageMs === null ? null : 'answered',
  failed: false,
  validMs: 31 * DAY_MS,
  ...more,
});

describe('what is proven', () => {
  it('has a row for every capability, and what did not register is not set up', () => {
    const { rows } = judged(STRONG);
    expect(rows.map(({ id }) => id)).toEqual([...CapabilityId.options]);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['not-set-up']));
  });

  it.each([
    ['just now', part('a', 0), 'proven'],
    ['exactly as long ago as it counts', part('a', 31 * DAY_MS), 'proven'],
    ['a millisecond longer ago', part('a', 31 * DAY_MS + 1), 'stale'],
    ['never', part('a', null), 'stale'],
    ['and failed since', part('a', MINUTE_MS, { failed: true }), 'failed'],
  ])('a siren that was proven %s', (_, one, state) => {
    expect(rowOf('sirens', { parts: [one] })).toMatchObject({ state, parts: [{ entityId: 'a', state }] });
  });

  it('is as good as its worst part, and as old as its oldest', () => {
    const parts = [part('new', MINUTE_MS), part('old', DAY_MS), part('dead', DAY_MS / 2, { failed: true })];
    const row = rowOf('sirens', { parts });
    expect(row).toMatchObject({ state: 'failed', provenAt: NOW.utc - DAY_MS, how: 'answered' });
    expect(row?.parts.map(({ entityId }) => entityId)).toEqual(['dead', 'old', 'new']);
    expect(rowOf('sirens', { parts: [part('new', 0), part('never', null)] })).toMatchObject({
      state: 'stale',
      provenAt: null,
      how: null,
    });
  });

  it('is not set up without a part', () => {
    expect(rowOf('detectors', { parts: [] })?.state).toBe('not-set-up');
  });

  it.each([
    [null, false, 'stale', null, null],
    [at(NOW.mono - DAY_MS), false, 'proven', NOW.utc - DAY_MS, 'verified'],
    [at(NOW.mono - 3 * DAY_MS), false, 'stale', NOW.utc - 3 * DAY_MS, 'verified'],
    [at(NOW.mono), true, 'failed', NOW.utc, 'verified'],
  ])('the journal as a whole: %o, failed %s', (proven, failed, state, provenAt, how) => {
    const proof = { proven, failed, how: 'verified', validMs: 2 * DAY_MS } as const;
    expect(rowOf('journal', proof)).toMatchObject({ state, provenAt, how, parts: [] });
  });

  it('does not become fresh by a clock that is set', () => {
    const setBack = { mono: NOW.mono + 40 * DAY_MS, utc: UTC_AT_START };
    expect(rowOf('sirens', { parts: [part('a', 0)] }, setBack)?.state).toBe('stale');
  });
});

describe('the registry', () => {
  it('tells what each capability says now', () => {
    const registry = createRegistry();
    let proof: Proof | null = null;
    registry.register('push', () => proof);
    expect(registry.proofs()).toEqual({ push: null });
    proof = { parts: [part('a', 0)] };
    expect(registry.proofs()).toEqual({ push: proof });
  });

  it('takes no two for one capability', () => {
    const registry = createRegistry();
    registry.register('push', () => null);
    expect(() => registry.register('push', () => null)).toThrow('registered twice');
  });
});

describe('what only a person can know', () => {
  it('is asked until somebody answers', () => {
    const asked = judged({ ...STRONG, answers: {} }).questions;
    expect(asked).toEqual([{ id: 'ups', answer: null, at: null, by: null }]);
    expect(judged(STRONG).questions).toEqual([{ id: 'ups', answer: true, at: UTC_AT_START, by: 'Ana' }]);
  });
});
