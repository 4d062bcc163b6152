import { ResponseList, ResponsePatch, ResponseView } from './schema.ts';

/** Routes of what the house does by itself. */
export const RESPONSE_ROUTES = {
  responses: {
    method: 'GET',
    path: '/api/responses',
    needs: 'responses.see',
    summary: 'What the house does by itself',
    answer: ResponseList,
    status: 200,
  },
  changeResponse: {
    method: 'PATCH',
    path: '/api/responses/:id',
    needs: 'responses.change',
    summary: 'Choose when, and with what, the house does it',
    body: ResponsePatch,
    answer: ResponseView,
    status: 200,
  },
} as const;
