import { z } from 'zod';
import {
  PasskeyList,
  PasskeyLogin,
  PasskeyOptions,
  PasskeyPatch,
  PasskeyRequest,
  PasskeyView,
} from './passkeySchema.ts';
import { SessionGrant } from './schema.ts';

/** What is called of passkeys; part of the contract in api.ts. */
export const PASSKEY_ROUTES = {
  beginPasskeyLogin: {
    method: 'POST',
    path: '/api/sessions/passkey/begin',
    open: true,
    summary: 'What a browser asks a passkey to sign',
    answer: PasskeyOptions,
    status: 200,
  },
  logInWithPasskey: {
    method: 'POST',
    path: '/api/sessions/passkey',
    open: true,
    summary: 'Log in with a passkey, in the place of password and code',
    body: PasskeyLogin,
    answer: SessionGrant,
    status: 201,
  },
  passkeys: {
    method: 'GET',
    path: '/api/people/current/passkeys',
    needs: 'own.entry',
    summary: 'My passkeys',
    answer: PasskeyList,
    status: 200,
  },
  beginPasskey: {
    method: 'POST',
    path: '/api/people/current/passkeys/begin',
    needs: 'own.passkeys',
    summary:
      'What a browser makes a passkey of; only where the hub is reached by a name and in a secure context',
    answer: PasskeyOptions,
    status: 200,
  },
  addPasskey: {
    method: 'POST',
    path: '/api/people/current/passkeys',
    needs: 'own.passkeys',
    summary: 'Add the passkey that was made; all other sessions of mine end unless told not to',
    body: PasskeyRequest,
    answer: PasskeyView,
    status: 201,
  },
  renamePasskey: {
    method: 'PATCH',
    path: '/api/people/current/passkeys/:id',
    needs: 'own.passkeys',
    summary: 'Give one of my passkeys another name',
    body: PasskeyPatch,
    answer: z.void(),
    status: 204,
  },
  removePasskey: {
    method: 'DELETE',
    path: '/api/people/current/passkeys/:id',
    needs: 'own.passkeys',
    summary: 'Remove one of my passkeys; my other sessions end',
    answer: z.void(),
    status: 204,
  },
  removePasskeysOf: {
    method: 'DELETE',
    path: '/api/people/:id/passkeys',
    needs: 'people.manage',
    summary: 'Remove all passkeys of somebody who lost a device; their sessions end',
    answer: z.void(),
    status: 204,
  },
} as const;
