import { TrustView } from './schema.ts';

/** Routes of the certificates. Part of the contract in api.ts. */
export const TRUST_ROUTES = {
  trust: {
    method: 'GET',
    path: '/api/trust',
    needs: 'own.session',
    summary: 'The certificates of the hub, to be compared and trusted',
    answer: TrustView,
    status: 200,
  },
} as const;
