import type { Millis, Moment } from '../shared/time.ts';
import type { CapabilityId, ProofHow, QuestionId } from './schema.ts';
import type { AnswerRow } from './state.ts';

/** A siren or detector that somebody relies on, and when it was last seen to work. */
export type Part = {
  readonly entityId: string;
  /** Null: never. */
  readonly proven: Moment | null;
  readonly how: ProofHow | null;
  /** It did not work when it was tried last. */
  readonly failed: boolean;
  /** How long the proof counts, ms. */
  readonly validMs: Millis;
};

/** What a capability says of itself: it is there as a whole, or by its parts. */
export type Proof =
  | { readonly parts: readonly Part[] }
  | {
      readonly proven: Moment | null;
      readonly how: ProofHow;
      readonly failed: boolean;
      readonly validMs: Millis;
    };

/** All that is known of the house when its readiness is judged. What cannot be known is null, and is not held against it. */
export type Circumstances = {
  /** Null, or absent: it is not set up. */
  readonly proofs: Readonly<Partial<Record<CapabilityId, Proof | null>>>;
  readonly answers: Readonly<Partial<Record<QuestionId, AnswerRow>>>;
  /** How many there are, on which somebody relies. */
  readonly devices: {
    readonly sirens: number;
    readonly smokeDetectors: number;
    readonly coDetectors: number;
  };
  readonly broker: {
    /** Lets in who shows no name and no secret. */
    readonly isAnonymous: boolean | null;
    /** The hub reaches it over the network, without TLS. */
    readonly isUnencrypted: boolean;
    /** The hub gives each device an identity of its own. */
    readonly isManaged: boolean;
    /** Devices elsewhere in the network that are logged in without TLS. */
    readonly plainSessions: number | null;
  };
  readonly people: {
    /** Owners whose access does not end. */
    readonly owners: number;
    /** Of these, those who log in by a password alone. */
    readonly ownersWithoutSecondFactor: number | null;
  };
  readonly machine: {
    /** The code of the first claim still lies there, though there is an owner. */
    readonly hasClaimCode: boolean;
    /** Other users of the machine can read the data folder. */
    readonly isDataOpen: boolean;
    /** A secret of the hub is lost: nobody can log in any more. */
    readonly isLocked: boolean;
    /** Its certificates cannot be read, or not be looked after. */
    readonly areCertificatesDamaged: boolean;
    readonly isClockSynchronised: boolean | null;
    /** When the certificate of the hub ends, epoch ms. */
    readonly certificateEndsUtc: Millis | null;
    readonly isHistoryPaused: boolean;
    /** Bytes free on the disk of the data folder. */
    readonly freeBytes: number | null;
    /** First number of the version of Node.js. */
    readonly nodeMajor: number;
  };
};
