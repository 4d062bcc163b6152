import { randomUUID } from 'node:crypto';
import type { ConsentPurpose, ConsentRequest, ConsentView } from './consentSchema.ts';
import type { ConsentStore, StoredConsent } from './consentStore.ts';
import { CONSENT_MS, versionOf } from './consentTexts.ts';
import type { PeopleClock } from './peopleClock.ts';

export type Consents = {
  /** Of one person, the newest first. */
  list(personId: string): ConsentView[];
  /** Null: the text has changed since; the new one has to be read. @param guardian name of who agrees for a child */
  give(personId: string, asked: ConsentRequest, guardian: string | null): ConsentView | null;
  find(id: string): StoredConsent | null;
  /** False: it had been withdrawn before. */
  withdraw(consent: StoredConsent): boolean;
  /**
   * Whether something of that person may be kept and used for that: the port that is asked before the first template is made and
   * each time one is used. Neither withdrawn nor over, and the text is still the one that they read.
   */
  hasConsent(personId: string, purpose: ConsentPurpose): boolean;
};

/** What people agreed to. Source: safety.md ACC-11. */
export function createConsents(store: ConsentStore, clock: PeopleClock): Consents {
  const counts = ({ purpose, version, withdrawnUtc, expireUtc }: StoredConsent): boolean =>
    withdrawnUtc === null && clock.now() < expireUtc && version === versionOf(purpose);
  const view = (consent: StoredConsent): ConsentView => {
    const {
      id,
      purpose,
      version,
      language,
      guardian,
      givenUtc: givenAt,
      withdrawnUtc: withdrawnAt,
    } = consent;
    const endsAt = clock.shown(consent.expireUtc);
    return {
      id,
      purpose,
      version,
      language,
      guardian,
      givenAt,
      endsAt,
      withdrawnAt,
      counts: counts(consent),
    };
  };
  return {
    list: (personId) => store.consentsOf(personId).map(view),
    give(personId, { purpose, version, language }, guardian) {
      if (version !== versionOf(purpose)) return null;
      const times = { givenUtc: clock.wall(), expireUtc: clock.now() + CONSENT_MS, withdrawnUtc: null };
      const consent = { id: randomUUID(), personId, purpose, version, language, guardian, ...times };
      store.addConsent(consent);
      return view(consent);
    },
    find: store.consent,
    withdraw: ({ personId, purpose }) => store.withdrawConsents(personId, purpose, clock.wall()) > 0,
    hasConsent: (personId, purpose) =>
      store.consentsOf(personId).some((consent) => consent.purpose === purpose && counts(consent)),
  };
}
