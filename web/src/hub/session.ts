import type { ClaimRequest, Me } from '@homeward/hub/api';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { asRefusal, callHub } from './client.ts';

/** `silent`: the hub has not answered, so nobody knows. */
export type SessionState = 'unknown' | 'silent' | 'unclaimed' | 'out' | 'in';

/** Who is using the app. The session is an HttpOnly cookie: nothing of it is stored here. */
export const useSession = defineStore('session', () => {
  const state = ref<SessionState>('unknown');
  const me = shallowRef<Me | null>(null);

  const check = async (): Promise<SessionState> => {
    try {
      const hello = await callHub('hello');
      if (!hello.claimed) {
        state.value = 'unclaimed';
        return state.value;
      }
      me.value = await callHub('me');
      state.value = 'in';
    } catch (failure) {
      if (asRefusal(failure).code === 'no-session') end();
      else if (state.value !== 'in') state.value = 'silent';
    }
    return state.value;
  };

  const logIn = async (name: string, password: string): Promise<void> => {
    await callHub('logIn', { body: { name, password, cookie: true } });
    me.value = await callHub('me');
    state.value = 'in';
  };

  /** Becomes the owner, then trades the token of the claim for a cookie. */
  const claim = async (body: ClaimRequest): Promise<void> => {
    const { token } = await callHub('claim', { body });
    state.value = 'out';
    await logIn(body.name, body.password);
    if (token !== undefined) await callHub('logOut', { token }).catch(() => undefined);
  };

  const logOut = async (): Promise<void> => {
    await callHub('logOut');
    end();
  };

  /** The hub no longer knows this session. */
  const end = (): void => {
    me.value = null;
    state.value = 'out';
  };

  return { state, me, check, logIn, claim, logOut, end };
});
