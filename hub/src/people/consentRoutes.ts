import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute, type Session } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { ConsentRequest } from './consentSchema.ts';
import type { StoredConsent } from './consentStore.ts';
import type { Consents } from './consents.ts';
import { consentTexts } from './consentTexts.ts';
import type { PeopleFact } from './facts.ts';
import { mayDo } from './rights.ts';
import type { PeopleStore, Person } from './store.ts';

export type ConsentRoutesOptions = {
  readonly store: PeopleStore;
  readonly consents: Consents;
  readonly dispatch: (fact: PeopleFact) => void;
};

/** What people agree to, for themselves or for a child, and what they agree to no more. */
export function createConsentRoutes({ store, consents, dispatch }: ConsentRoutesOptions): Endpoint[] {
  /** @throws Refusal `not-found` */
  function known(id: string): Person {
    const person = store.person(id);
    if (person === null) throw new Refusal('not-found');
    return person;
  }

  function give(personId: string, asked: ConsentRequest, guardian: Person | null) {
    const given = consents.give(personId, asked, guardian?.name ?? null);
    if (given === null) throw new Refusal('text-changed');
    const { id: consentId, purpose, version } = given;
    dispatch({ type: 'consentGiven', consentId, personId, purpose, version, by: guardian?.id ?? personId });
    return given;
  }

  /** @throws Refusal that code, and the journal is told */
  function refuse(why: 'guardian-needed' | 'own-consent-needed', { personId }: Session): never {
    dispatch({ type: 'requestRefused', personId, why });
    throw new Refusal(why);
  }

  /** One's own, and an owner a child's. */
  function mayWithdraw({ personId }: StoredConsent, me: Session): boolean {
    return personId === me.personId || (mayDo(me.role, 'people.manage') && isChild(known(personId)));
  }

  return [
    onRoute(ROUTES.consents, ({ me }) => ({ texts: consentTexts(), consents: consents.list(me.personId) })),
    onRoute(ROUTES.giveConsent, ({ body, me }) => {
      if (isChild(known(me.personId))) refuse('guardian-needed', me);
      return give(me.personId, body, null);
    }),
    onRoute(ROUTES.withdrawConsent, ({ params, me }) => {
      const consent = consents.find(params.id);
      // That of somebody else says no more than one that is none.
      if (consent === null || !mayWithdraw(consent, me)) throw new Refusal('not-found');
      const { id: consentId, personId, purpose } = consent;
      if (!consents.withdraw(consent)) return;
      dispatch({ type: 'consentWithdrawn', consentId, personId, purpose, by: me.personId });
    }),
    onRoute(ROUTES.consentsOf, ({ params }) => ({
      texts: consentTexts(),
      consents: consents.list(known(params.id).id),
    })),
    onRoute(ROUTES.giveConsentFor, ({ params, body, me }) => {
      const person = known(params.id);
      if (!isChild(person)) refuse('own-consent-needed', me);
      return give(person.id, body, known(me.personId));
    }),
  ];
}

const isChild = ({ role }: Person): boolean => role === 'child';
