import { computed, nextTick, type Ref, watch } from 'vue';
import { detailWords } from './details.ts';

/** Which answer of a form is wrong, as the hub says, and the way to it: whoever is refused finds themselves where it is mended. */
export const useWrongField = (form: Readonly<Ref<HTMLElement | null>>, failure: Readonly<Ref<unknown>>) => {
  const refused = computed(() => detailWords(failure.value));
  const toWrong = async (): Promise<void> => {
    await nextTick();
    form.value?.querySelector<HTMLElement>('.field.wrong input')?.focus();
  };
  watch(failure, (next) => {
    if (next !== null) void toWrong();
  });
  return { refused, toWrong };
};
