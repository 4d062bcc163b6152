import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

type Asked = { readonly answer: Promise<boolean>; readonly settle: (isProven: boolean) => void };

/**
 * Some calls need to know that the person is still the one who logged in. Whoever makes such a call waits here while
 * one dialog asks, however many calls there are.
 */
export const useProof = defineStore('proof', () => {
  const asked = shallowRef<Asked | null>(null);
  const isAsked = computed(() => asked.value !== null);

  /** Answers true once the hub believes it, false when the person would rather not. */
  const ask = (): Promise<boolean> => {
    if (asked.value === null) {
      let settle: Asked['settle'] = () => undefined;
      const answer = new Promise<boolean>((resolve) => {
        settle = resolve;
      });
      asked.value = { answer, settle };
    }
    return asked.value.answer;
  };

  const settle = (isProven: boolean): void => {
    asked.value?.settle(isProven);
    asked.value = null;
  };

  return { isAsked, ask, settle };
});
