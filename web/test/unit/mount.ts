import { type Me, Right } from '@homeward/hub/api';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import type { Component } from 'vue';
import { type SessionState, useSession } from '../../src/hub/session.ts';
import { i18n } from '../../src/text/i18n.ts';

/** Somebody who is logged in: by default an owner, who may do everything. */
export const aPerson = (given: Partial<Me> = {}): Me => ({
  personId: 'p1',
  name: 'Mona',
  role: 'owner',
  rights: [...Right.options],
  language: 'en',
  secondFactor: null,
  confirmedForS: 900,
  ...given,
});

/** Mounts a component with all that the app gives it, in the document, so that focus can be asked for. `me`: who is logged in. */
export const mountInApp = (
  component: Component,
  props: Record<string, unknown> = {},
  me: Me = aPerson(),
  state: SessionState = 'in',
): VueWrapper => {
  const pinia = createPinia();
  setActivePinia(pinia);
  const session = useSession();
  session.me = state === 'in' ? me : null;
  session.state = state;
  return mount(component, {
    props,
    attachTo: document.body,
    global: { plugins: [pinia, VueQueryPlugin, i18n] },
  });
};
