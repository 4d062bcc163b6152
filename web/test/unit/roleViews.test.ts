import type { Role } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { rightsOf } from '../../../hub/src/people/rights.ts';
import AlarmPage from '../../src/alarms/AlarmPage.vue';
import AlarmTakeover from '../../src/alarms/AlarmTakeover.vue';
import DevicePage from '../../src/devices/DevicePage.vue';
import HomePage from '../../src/home/HomePage.vue';
import { useHouse } from '../../src/hub/house.ts';
import { aDevice, aHouse, anAlarm, anEntity } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => ({ params: { id: 'al1' } }) }));

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const as = (role: Role) => aPerson({ role, rights: rightsOf(role) });
const open = async (page: Parameters<typeof mountInApp>[0], role: Role, house: ReturnType<typeof aHouse>) => {
  const calls = hubAnswers({ 'GET /api/alarms/history': { episodes: [], next: null } });
  const mounted = mountInApp(page, {}, as(role));
  const store = useHouse();
  store.take(house);
  store.linkUp = true;
  await flushPromises();
  return { page: mounted, calls: calls.map(({ call }) => call) };
};
const labels = (page: ReturnType<typeof mountInApp>) => page.findAll('button').map((one) => one.text());

describe('a guest, who sees no sensors', () => {
  /** As the hub shows it to a guest: how the house is, its rooms and its alarms. */
  const seen = (given: Parameters<typeof aHouse>[0] = {}) => aHouse({ devices: [], ...given });

  it('is not told that the house is empty, and not asked to buy a sensor', async () => {
    const { page } = await open(HomePage, 'guest', seen());
    expect(page.get('[data-part=verdict]').attributes('data-verdict')).toBe('safe');
    expect(page.text()).toContain('The hub knows of nothing that is wrong.');
    expect(page.text()).not.toMatch(/sensor|Nothing is watching/);
  });

  it('is told of a danger, and has no button that the hub would refuse', async () => {
    const { page } = await open(
      HomePage,
      'guest',
      seen({ verdict: 'alarm', rooms: { bed: 'alarm' }, alarms: [anAlarm()] }),
    );
    expect(page.get('[data-part=verdict]').attributes('data-verdict')).toBe('alarm');
    expect(page.text()).toContain('Bedroom');
    expect(labels(page)).not.toContain('I’m on it');
    expect(page.find('a[href="/alarms"]').exists()).toBe(false);
  });

  it.each(['blind', 'check'] as const)('a house that is %s is not called well', async (verdict) => {
    const { page } = await open(HomePage, 'guest', seen({ verdict, rooms: { kit: verdict } }));
    expect(page.get('[data-part=verdict]').attributes('data-verdict')).toBe(verdict);
    expect(page.text()).toContain('Kitchen');
    expect(page.text()).toContain('Tell somebody who lives here.');
  });

  it('without word from the hub nothing is safe', async () => {
    const { page } = await open(HomePage, 'guest', seen());
    useHouse().linkUp = false;
    await nextTick();
    expect(page.get('[data-part=verdict]').attributes('data-verdict')).toBe('blind');
  });

  it('looks at an alarm without asking for what was before', async () => {
    const { page, calls } = await open(AlarmPage, 'guest', seen({ alarms: [anAlarm()] }));
    expect(page.find('[data-part=alarm]').exists()).toBe(true);
    expect(page.find('[data-part=service]').exists()).toBe(false);
    expect(calls).toEqual([]);
  });
});

describe('an alarm over the whole screen', () => {
  it.each([
    ['owner', true],
    ['adult', true],
    ['child', false],
    ['installer', false],
  ] as const)('%s can take it on: %s; all can call for help', async (role, may) => {
    const { page } = await open(
      AlarmTakeover,
      role,
      aHouse({ verdict: 'alarm', alarms: [anAlarm({ mayHush: true })] }),
    );
    const all = labels(page).join(' ');
    expect([all.includes('I’m on it'), all.includes('Hold to silence')]).toEqual([may, may]);
    expect(page.text().includes('A grown-up of the house must take this on.')).toBe(!may);
    expect(page.find('a[href^="tel:"]').exists()).toBe(true);
  });
});

describe('the page of a device', () => {
  const lamp = anEntity({
    id: 'al1.lamp',
    component: 'light',
    quantity: 'light',
    value: false,
    safety: false,
    control: { is: 'switch' } as never,
  });

  it.each([
    ['owner', true, true, true],
    ['installer', true, true, false],
    ['adult', true, false, false],
    ['child', false, false, false],
  ] as const)('%s switches: %s, corrects: %s, removes: %s', async (role, switches, corrects, removes) => {
    const { page } = await open(DevicePage, role, aHouse({ devices: [aDevice({ id: 'al1' }, [lamp])] }));
    expect({
      switches: page.find('.control').exists(),
      corrects: page.find('form').exists(),
      removes: labels(page).some((word) => word.startsWith('Remove')),
    }).toEqual({ switches, corrects, removes });
    expect(page.text()).toContain('Air board');
  });
});
