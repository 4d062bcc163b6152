import { VueQueryPlugin } from '@tanstack/vue-query';
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import type { Component } from 'vue';
import { i18n } from '../../src/text/i18n.ts';

/** Mounts a component with all that the app gives it, in the document, so that focus can be asked for. */
export const mountInApp = (component: Component, props: Record<string, unknown> = {}): VueWrapper => {
  const pinia = createPinia();
  setActivePinia(pinia);
  return mount(component, {
    props,
    attachTo: document.body,
    global: { plugins: [pinia, VueQueryPlugin, i18n] },
  });
};
