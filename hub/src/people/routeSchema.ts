import { z } from 'zod';
import { ClaimRequest, Hello, LoginRequest, Me, SessionGrant } from './schema.ts';

/** What is called of people and of the hub itself; part of the contract in api.ts. */
export const PEOPLE_ROUTES = {
  hello: {
    method: 'GET',
    path: '/api/hello',
    open: true,
    summary: 'Who is this hub',
    answer: Hello,
    status: 200,
  },
  claim: {
    method: 'POST',
    path: '/api/claim',
    open: true,
    summary: 'Become the owner',
    body: ClaimRequest,
    answer: SessionGrant,
    status: 201,
  },
  logIn: {
    method: 'POST',
    path: '/api/sessions',
    open: true,
    summary: 'Log in',
    body: LoginRequest,
    answer: SessionGrant,
    status: 201,
  },
  me: {
    method: 'GET',
    path: '/api/sessions/current',
    needs: 'own.session',
    summary: 'Who am I, and what may I do',
    answer: Me,
    status: 200,
  },
  logOut: {
    method: 'DELETE',
    path: '/api/sessions/current',
    needs: 'own.session',
    summary: 'Log out',
    answer: z.void(),
    status: 204,
  },
} as const;
