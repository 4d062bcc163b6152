import { z } from 'zod';
import { ConsentList, ConsentRequest, ConsentView } from './consentSchema.ts';

/** What is called of consents; part of the contract in api.ts. */
export const CONSENT_ROUTES = {
  consents: {
    method: 'GET',
    path: '/api/consents',
    needs: 'own.consent',
    summary: 'What I agreed to, and what there is to agree to',
    answer: ConsentList,
    status: 200,
  },
  giveConsent: {
    method: 'POST',
    path: '/api/consents',
    needs: 'own.consent',
    summary: 'Agree to a text, for myself; for a child a grown-up does',
    body: ConsentRequest,
    answer: ConsentView,
    status: 201,
  },
  withdrawConsent: {
    method: 'DELETE',
    path: '/api/consents/:id',
    needs: 'own.consent',
    summary: 'Agree no more, to anything of that purpose; an owner also for a child',
    answer: z.void(),
    status: 204,
  },
  consentsOf: {
    method: 'GET',
    path: '/api/people/:id/consents',
    needs: 'people.oversee',
    summary: 'What somebody agreed to',
    answer: ConsentList,
    status: 200,
  },
  giveConsentFor: {
    method: 'POST',
    path: '/api/people/:id/consents',
    needs: 'people.manage',
    summary: 'Agree to a text for a child of this house',
    body: ConsentRequest,
    answer: ConsentView,
    status: 201,
  },
} as const;
