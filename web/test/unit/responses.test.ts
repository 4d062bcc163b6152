import type { ResponseView } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useHouse } from '../../src/hub/house.ts';
import ResponsesPage from '../../src/responses/ResponsesPage.vue';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const open = async (house: ReturnType<typeof aHouse>) => {
  const wrapper = mountInApp(ResponsesPage);
  useHouse().take(house);
  useHouse().linkUp = true;
  await flushPromises();
  return wrapper;
};

describe('what the house does by itself', () => {
  const ventilate: ResponseView = {
    id: 'ventilate',
    enabled: true,
    kinds: ['co2'],
    fromLevel: 'warning',
    mayKinds: ['co2', 'air-quality'],
    entityIds: ['gone'],
    mayEntityIds: ['a1.fan'],
    lastRan: { at: NOW, alarmId: 'x', withheld: true },
    handsBack: true,
  };

  it('is changed by choosing alarms and parts; what gas forbids is said and is no choice', async () => {
    const calls = hubAnswers({
      'GET /api/responses': { responses: [ventilate], interlock: false },
      'PATCH /api/responses/ventilate': { responses: [ventilate], interlock: false },
    });
    const fan = anEntity({
      id: 'a1.fan',
      component: 'switch',
      quantity: 'switch',
      name: 'Fan',
      safety: false,
    });
    const page = await open(aHouse({ devices: [aDevice({}, [fan])] }));
    const form = page.get('[data-response=ventilate]');
    expect(form.text()).toContain('Never in gas, smoke or fire');
    expect(form.find('input[value=gas]').exists()).toBe(false);
    expect(form.text()).toContain('Held back');
    await form.get('input[value=air-quality]').setValue(true);
    await form.get('input[value="a1.fan"]').setValue(true);
    await form.get('input[value=gone]').setValue(false);
    await form.get('form').trigger('submit');
    await flushPromises();
    expect(calls.find(({ call }) => call.startsWith('PATCH'))?.body).toEqual({
      kinds: ['co2', 'air-quality'],
      entityIds: ['a1.fan'],
    });
  });

  it('says what the hub refuses, and keeps what was chosen', async () => {
    const problem = { type: '/problems/response-forbidden', title: 'No.', status: 409 };
    hubAnswers({
      'GET /api/responses': { responses: [ventilate], interlock: false },
      'PATCH /api/responses/ventilate': () => ({ status: 409, body: problem }),
    });
    const page = await open(aHouse());
    await page.get('input[type=checkbox]').setValue(false);
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('could make things worse');
    expect(page.get<HTMLInputElement>('input[type=checkbox]').element.checked).toBe(false);
  });
});
