import { z } from 'zod';
import { PassGrant, PassList, PassRequest } from './passSchema.ts';

/** What is called of guests' passes; part of the contract in api.ts. */
export const PASS_ROUTES = {
  passes: {
    method: 'GET',
    path: '/api/passes',
    needs: 'passes.see',
    summary: 'Guest passes that can still open something',
    answer: PassList,
    status: 200,
  },
  makePass: {
    method: 'POST',
    path: '/api/passes',
    needs: 'passes.manage',
    summary: 'Give a guest a pass for one door or area; its PIN is shown this once',
    body: PassRequest,
    answer: PassGrant,
    status: 201,
  },
  revokePass: {
    method: 'DELETE',
    path: '/api/passes/:id',
    needs: 'passes.manage',
    summary: 'Take a pass back',
    answer: z.void(),
    status: 204,
  },
} as const;
