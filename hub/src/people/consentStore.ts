import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import type { ConsentPurpose } from './consentSchema.ts';
import { saved } from './saved.ts';
import type { Language } from './schema.ts';

/** A consent as it is kept. */
export type StoredConsent = {
  readonly id: string;
  readonly personId: string;
  readonly purpose: ConsentPurpose;
  readonly version: number;
  readonly language: Language;
  /** As the wall clock said then, epoch ms UTC. */
  readonly givenUtc: Millis;
  /** Steady time, as in peopleClock. */
  readonly expireUtc: Millis;
  /** Name of who agreed for a child; null: the person. */
  readonly guardian: string | null;
  /** As the wall clock said then; null: it was not withdrawn. */
  readonly withdrawnUtc: Millis | null;
};

export type ConsentStore = {
  /** Of one person, the newest first. */
  consentsOf(personId: string): readonly StoredConsent[];
  consent(id: string): StoredConsent | null;
  addConsent(consent: StoredConsent): void;
  /** All of that person and purpose. How many there were that had not been withdrawn. */
  withdrawConsents(personId: string, purpose: ConsentPurpose, utc: Millis): number;
};

const COLUMNS = `id, person_id as personId, purpose, text_version as version, language, given_utc as givenUtc,
  expire_utc as expireUtc, by_guardian as guardian, withdrawn_utc as withdrawnUtc`;

/** Consents in `safety.db`; what was withdrawn stays on record. Writes throw Refusal `not-saved` when the disk says no. */
export function createConsentStore(db: Sqlite): ConsentStore {
  const all = db.prepare(`select ${COLUMNS} from consent where person_id = ? order by rowid desc`);
  const one = db.prepare(`select ${COLUMNS} from consent where id = ?`);
  const put = db.prepare(
    `insert into consent
       (id, person_id, purpose, text_version, language, given_utc, expire_utc, by_guardian, withdrawn_utc)
     values (@id, @personId, @purpose, @version, @language, @givenUtc, @expireUtc, @guardian, @withdrawnUtc)`,
  );
  const withdraw = db.prepare(
    'update consent set withdrawn_utc = ? where person_id = ? and purpose = ? and withdrawn_utc is null',
  );
  return {
    consentsOf: (personId) => all.all(personId) as StoredConsent[],
    consent: (id) => (one.get(id) as StoredConsent | undefined) ?? null,
    addConsent: (consent) => saved(() => void put.run(consent)),
    withdrawConsents: (personId, purpose, utc) => saved(() => withdraw.run(utc, personId, purpose).changes),
  };
}
