import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Choices } from './matching.ts';

/** What was chosen for an import, kept while a person looks at other pages of the app. */
export const useChoosing = defineStore('choosing', () => {
  const byImport = ref<Readonly<Record<string, Choices>>>({});
  const of = (importId: string): Choices => byImport.value[importId] ?? {};
  const choose = (importId: string, more: Choices): void => {
    byImport.value = { ...byImport.value, [importId]: { ...of(importId), ...more } };
  };
  const forget = (importId: string): void => {
    const { [importId]: _, ...rest } = byImport.value;
    byImport.value = rest;
  };
  return { of, choose, forget };
});
