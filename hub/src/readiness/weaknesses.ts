import { DAY_MS, type Moment } from '../shared/time.ts';
import type { Circumstances } from './circumstances.ts';
import {
  CERTIFICATE_SOON_MS,
  EARLIEST_UTC,
  LITTLE_ROOM_BYTES,
  NODE_ENDS_UTC,
  OWNERS_WANTED,
} from './limits.ts';
import type { Severity, Weakness, WeaknessId } from './schema.ts';

/** True, or a number that is worth telling: it is so. */
type Look = (house: Circumstances, now: Moment) => boolean | number;

type Definition = { readonly severity: Severity; readonly holds: Look };

/** Oldest version of Node.js that is known; anything older has ended too. */
const FIRST_NODE = Math.min(...NODE_ENDS_UTC.keys());

function isNodeOver(major: number, utc: number): boolean {
  const ends = NODE_ENDS_UTC.get(major);
  return ends === undefined ? major < FIRST_NODE : utc >= ends;
}

const DEFINITIONS: Readonly<Record<WeaknessId, Definition>> = {
  'no-siren': { severity: 'high', holds: ({ devices }) => devices.sirens === 0 },
  'no-smoke-detector': { severity: 'high', holds: ({ devices }) => devices.smokeDetectors === 0 },
  'no-co-detector': { severity: 'high', holds: ({ devices }) => devices.coDetectors === 0 },
  // Source: safety.md §6, S: whoever is in the network could speak as any sensor.
  'broker-anonymous': { severity: 'high', holds: ({ broker }) => broker.isAnonymous === true },
  // Source: safety.md §6, I: names and secrets can be read on the way.
  'broker-unencrypted': { severity: 'high', holds: ({ broker }) => broker.isUnencrypted },
  // Source: safety.md §6, S: without an identity each, device A can publish as B.
  'broker-unmanaged': { severity: 'low', holds: ({ broker }) => !broker.isManaged },
  'sessions-unencrypted': { severity: 'low', holds: ({ broker }) => broker.plainSessions ?? 0 },
  // Source: safety.md §6, E, set-up takeover.
  'claim-code-left': { severity: 'high', holds: ({ machine }) => machine.hasClaimCode },
  // Source: safety.md §6, T, theft: the keys of the house lie there.
  'data-open': { severity: 'high', holds: ({ machine }) => machine.isDataOpen },
  // Source: safety.md §5.1: the house is watched all the same, and somebody has to hear that nobody else gets in.
  'hub-locked': { severity: 'high', holds: ({ machine }) => machine.isLocked },
  'certificates-damaged': { severity: 'high', holds: ({ machine }) => machine.areCertificatesDamaged },
  'clock-wrong': { severity: 'high', holds: (_, now) => now.utc < EARLIEST_UTC },
  'clock-unsynchronised': {
    severity: 'low',
    holds: ({ machine }, now) => machine.isClockSynchronised === false && now.utc >= EARLIEST_UTC,
  },
  'certificate-ending': { severity: 'high', holds: ({ machine }, now) => daysLeft(machine, now) },
  'one-owner': {
    severity: 'low',
    holds: ({ people }) => people.owners < OWNERS_WANTED,
  },
  'no-second-factor': {
    severity: 'low',
    holds: ({ people }) => people.ownersWithoutSecondFactor ?? 0,
  },
  // Source: safety.md §6, D, power cut: hub, router and siren for 4 h at least.
  'no-ups': { severity: 'low', holds: ({ answers }) => answers.ups?.answer === false },
  'history-paused': { severity: 'low', holds: ({ machine }) => machine.isHistoryPaused },
  'disk-nearly-full': {
    severity: 'low',
    holds: ({ machine: { freeBytes } }) =>
      freeBytes !== null && freeBytes < LITTLE_ROOM_BYTES && Math.max(1, Math.round(freeBytes / 1_000_000)),
  },
  'node-unsupported': {
    severity: 'low',
    holds: ({ machine }, now) => isNodeOver(machine.nodeMajor, now.utc) && machine.nodeMajor,
  },
};

/** Days for which the certificate is still good, 1 at least; false: it is not about to end. */
function daysLeft({ certificateEndsUtc }: Circumstances['machine'], now: Moment): number | false {
  if (certificateEndsUtc === null || now.utc < EARLIEST_UTC) return false;
  const left = certificateEndsUtc - now.utc;
  return left < CERTIFICATE_SOON_MS && Math.max(1, Math.ceil(left / DAY_MS));
}

/** What is weak, the worst first. */
export function judgeWeaknesses(house: Circumstances, now: Moment): Weakness[] {
  const found: Weakness[] = [];
  for (const [id, { severity, holds }] of Object.entries(DEFINITIONS) as [WeaknessId, Definition][]) {
    const held = holds(house, now);
    if (held === false || held === 0) continue;
    found.push({ id, severity, count: held === true ? null : held });
  }
  return found.sort((a, b) => Number(b.severity === 'high') - Number(a.severity === 'high'));
}
