import type { ClaimRequest, JoinRequest, Me, Right } from '@homeward/hub/api';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { asRefusal, type BodyOf, callHub } from './client.ts';

/** `silent`: the hub has not answered, so nobody knows. */
export type SessionState = 'unknown' | 'silent' | 'unclaimed' | 'out' | 'in';

/** What the browser makes of the hub's options: the proof of a passkey. */
type SignPasskey = (
  options: Readonly<Record<string, unknown>>,
) => Promise<BodyOf<'logInWithPasskey'>['credential']>;

/** Who is using the app. The session is an HttpOnly cookie: nothing of it is stored here. */
export const useSession = defineStore('session', () => {
  const state = ref<SessionState>('unknown');
  const me = shallowRef<Me | null>(null);
  /** The session was ended from elsewhere, or its time was over: the person did not log out. */
  const turnedOut = ref(false);
  /** The hub may close the live channel before it answers that they are out. */
  let isLeaving = false;

  const look = async (): Promise<SessionState> => {
    if (!(await callHub('hello')).claimed) return 'unclaimed';
    me.value = await callHub('me');
    return 'in';
  };

  const check = async (): Promise<SessionState> => {
    try {
      state.value = await look();
    } catch (failure) {
      if (asRefusal(failure).code === 'no-session') turnOut();
      else if (state.value !== 'in') state.value = 'silent';
    }
    return state.value;
  };

  const turnOut = (): void => {
    if (state.value === 'in' && !isLeaving) turnedOut.value = true;
    end();
  };

  const enter = async (): Promise<void> => {
    me.value = await callHub('me');
    turnedOut.value = false;
    state.value = 'in';
  };

  /** @param code of the authenticator app, or a recovery code, where the hub asked for one */
  const logIn = async (name: string, password: string, code?: string): Promise<void> => {
    await callHub('logIn', {
      body: { name, password, cookie: true, ...(code === undefined ? {} : { code }) },
    });
    await enter();
  };

  /** Logs in with a passkey, in the place of password and code. */
  const logInWithPasskey = async (sign: SignPasskey): Promise<void> => {
    const { options } = await callHub('beginPasskeyLogin');
    await callHub('logInWithPasskey', { body: { credential: await sign(options), cookie: true } });
    await enter();
  };

  /** Becomes the owner, then trades the token of the claim for a cookie. */
  const claim = async (body: ClaimRequest): Promise<void> => {
    const { token } = await callHub('claim', { body });
    state.value = 'out';
    await logIn(body.name, body.password);
    if (token !== undefined) await callHub('logOut', { token }).catch(() => undefined);
  };

  /** Takes an invitation up. */
  const join = async (body: Omit<JoinRequest, 'cookie'>): Promise<void> => {
    await callHub('join', { body: { ...body, cookie: true } });
    await enter();
  };

  /** Whether the hub would let this person: what they may not is not offered. The hub asks for itself. */
  const may = (right: Right): boolean => me.value?.rights.includes(right) ?? false;

  const logOut = async (): Promise<void> => {
    isLeaving = true;
    try {
      await callHub('logOut');
      end();
    } finally {
      isLeaving = false;
    }
  };

  /** The hub no longer knows this session. */
  const end = (): void => {
    me.value = null;
    state.value = 'out';
  };

  return { state, me, turnedOut, may, check, logIn, logInWithPasskey, claim, join, logOut, end };
});
