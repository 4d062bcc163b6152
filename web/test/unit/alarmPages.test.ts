import type { AlarmEpisode, AlarmTransition } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AlarmPage from '../../src/alarms/AlarmPage.vue';
import AlarmsPage from '../../src/alarms/AlarmsPage.vue';
import SafetyBanners from '../../src/frame/SafetyBanners.vue';
import AlarmList from '../../src/home/AlarmList.vue';
import { useHouse } from '../../src/hub/house.ts';
import { speak } from '../../src/text/i18n.ts';
import { aHouse, anAlarm, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => ({ params: { id: 'al1' } }) }));

afterEach(async () => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

const step = (given: Partial<AlarmTransition> = {}): AlarmTransition => ({
  at: NOW - 60_000,
  event: 'raised',
  from: 'normal',
  to: 'unacknowledged',
  level: 'alarm',
  value: 84,
  by: null,
  ...given,
});
const episode = (given: Partial<AlarmEpisode> = {}): AlarmEpisode => ({
  id: 'al1',
  kind: 'co',
  peak: 'alarm',
  cause: 'dose',
  room: { id: 'bed', name: 'Bedroom' },
  entityId: 'a1.co',
  since: NOW - 60_000,
  endedAt: null,
  unit: 'ppm',
  transitions: [
    step(),
    step({ event: 'acknowledged', from: 'unacknowledged', to: 'acknowledged', by: 'Salma' }),
  ],
  ...given,
});
const pageOf = (...episodes: readonly AlarmEpisode[]) => ({ episodes, next: null });
const LIST = { alarms: [], flood: null };

const open = async (page: typeof AlarmPage, house: ReturnType<typeof aHouse>) => {
  const wrapper = mountInApp(page);
  useHouse().take(house);
  useHouse().linkUp = true;
  await flushPromises();
  return wrapper;
};

describe('the page of an alarm', () => {
  const bodiesOf = (calls: ReturnType<typeof hubAnswers>) =>
    calls.filter(({ call }) => call.startsWith('POST')).map(({ call, body }) => [call, body]);

  it('ALM-3 puts what endangers life aside for 8 hours at most, and only with a reason', async () => {
    const calls = hubAnswers({
      'GET /api/alarms/history': pageOf(episode()),
      'POST /api/alarms/al1/shelve': LIST,
    });
    const page = await open(AlarmPage, aHouse({ alarms: [anAlarm({ mayHush: true })] }));
    const form = page.get('[data-part=shelve] form');
    expect(form.findAll('input[type=radio]').map((one) => one.attributes('value'))).toEqual([
      '30',
      '120',
      '480',
    ]);
    await form.trigger('submit');
    expect(form.text()).toContain('Write a few words.');
    expect(bodiesOf(calls)).toEqual([]);
    await form.get('input[value="480"]').setValue(true);
    await form.findAll('input').at(-1)?.setValue('We paint the kitchen.');
    await form.trigger('submit');
    await flushPromises();
    expect(bodiesOf(calls)).toEqual([
      ['POST /api/alarms/al1/shelve', { minutes: 480, reason: 'We paint the kitchen.' }],
    ]);
  });

  it('ALM-3 puts comfort aside for a day', async () => {
    hubAnswers({ 'GET /api/alarms/history': pageOf() });
    const page = await open(AlarmPage, aHouse({ alarms: [anAlarm({ kind: 'cold', level: 'warning' })] }));
    expect(
      page.findAll('[data-part=shelve] input[type=radio]').map((one) => one.attributes('value')),
    ).toEqual(['30', '120', '480', '1440']);
  });

  it('says in words what the hub refuses', async () => {
    const problem = { type: '/problems/shelved-too-long', title: 'No.', status: 409 };
    hubAnswers({
      'GET /api/alarms/history': pageOf(),
      'POST /api/alarms/al1/shelve': () => ({ status: 409, body: problem }),
    });
    const page = await open(AlarmPage, aHouse({ alarms: [anAlarm({ mayHush: true })] }));
    const form = page.get('[data-part=shelve] form');
    await form.findAll('input').at(-1)?.setValue('Why not');
    await form.trigger('submit');
    await flushPromises();
    expect(form.get('[role=alert]').text()).toContain('8 hours at most');
  });

  it('takes out of service and puts back, and tells who did it and why', async () => {
    const calls = hubAnswers({
      'GET /api/alarms/history': pageOf(),
      'POST /api/alarms/al1/out-of-service': LIST,
      'POST /api/alarms/al1/in-service': LIST,
    });
    const page = await open(AlarmPage, aHouse({ alarms: [anAlarm({ mayHush: true })] }));
    const form = page.get('[data-part=service] form');
    await form.get('input').setValue('It is broken');
    await form.trigger('submit');
    await flushPromises();
    const service = { since: NOW, by: 'Omar', reason: 'It is broken' };
    useHouse().take(aHouse({ alarms: [anAlarm({ state: 'outOfService', service })] }));
    await nextTick();
    expect(page.get('[data-part=service] [role=status]').text()).toMatch(/by Omar: It is broken$/);
    expect(page.find('[data-part=shelve]').exists()).toBe(false);
    await page.get('[data-part=service] button').trigger('click');
    await flushPromises();
    expect(bodiesOf(calls)).toEqual([
      ['POST /api/alarms/al1/out-of-service', { reason: 'It is broken' }],
      ['POST /api/alarms/al1/in-service', undefined],
    ]);
  });

  it('tells what happened so far, who did it, and the way to "why"', async () => {
    hubAnswers({ 'GET /api/alarms/history': pageOf(episode({ id: 'old' }), episode()) });
    const page = await open(AlarmPage, aHouse({ alarms: [anAlarm({ count: 3 })] }));
    const steps = page.findAll('[data-part=steps] li');
    expect(steps.map((one) => one.attributes('data-event'))).toEqual(['raised', 'acknowledged']);
    expect(steps[0]?.text()).toContain('Raised: alarm');
    expect(steps[0]?.text()).toContain('84\u00a0ppm');
    expect(steps[1]?.text()).toContain('Salma is on it');
    expect(page.get('a.to').attributes('href')).toBe('/air/sensors/a1.co');
    expect(page.text()).toContain('Came 3 times');
  });

  it('says that it is back to normal when it is', async () => {
    hubAnswers({});
    const page = await open(AlarmPage, aHouse());
    expect(page.text()).toContain('This alarm is back to normal');
  });
});

describe('the alarms so far', () => {
  it('are narrowed by room and kind, and go on page by page', async () => {
    const calls = hubAnswers({
      'GET /api/alarms/history': () =>
        ({
          body: calls.length > 1 ? pageOf(episode({ id: 'older' })) : { episodes: [episode()], next: '7' },
        }) as const,
    });
    const page = await open(AlarmsPage, aHouse());
    expect(page.findAll('[data-episode]')).toHaveLength(1);
    await page.findAll('button').at(-1)?.trigger('click');
    await flushPromises();
    expect(calls.at(-1)?.url.search).toBe('?limit=20&before=7');
    expect(page.findAll('[data-episode]').map((one) => one.attributes('data-episode'))).toEqual([
      'al1',
      'older',
    ]);
    await page.findAll('select')[0]?.setValue('bed');
    await page.findAll('select')[1]?.setValue('co');
    await flushPromises();
    expect(calls.at(-1)?.url.search).toBe('?limit=20&room=bed&kind=co');
  });

  it('ALM-1 open to every step, in words for each', async () => {
    const long = episode({
      transitions: [
        step({ event: 'hushed', from: 'acknowledged', to: 'acknowledged', by: 'Salma', value: null }),
        step({ event: 'unshelved', from: 'shelved', to: 'unacknowledged', by: 'Omar' }),
      ],
      endedAt: NOW,
    });
    hubAnswers({ 'GET /api/alarms/history': pageOf(long) });
    const page = await open(AlarmsPage, aHouse());
    const row = page.get('[data-episode]');
    expect(row.get('button').attributes('aria-expanded')).toBe('false');
    await row.get('button').trigger('click');
    expect(row.get('button').attributes('aria-expanded')).toBe('true');
    expect(row.text()).toContain('What came before is not kept');
    expect(row.text()).toContain('Salma silenced it');
    expect(row.text()).toContain('It was brought back');
    expect(row.text()).toContain('Omar');
    expect(row.text()).toContain('for 1 min');
  });

  it.each([
    ['is still there', 'unacknowledged', 'and still there'],
    ['has ended, and nobody saw it', 'cleared', 'It is over, and waits for you'],
    ['has ended, and nobody put it back', 'latched', 'It is over, and waits for you'],
  ] as const)('tell of a danger that %s', async (_, to, words) => {
    const transitions = [step(), step({ event: 'cleared', from: 'unacknowledged', to })];
    hubAnswers({ 'GET /api/alarms/history': pageOf(episode({ transitions })) });
    expect((await open(AlarmsPage, aHouse())).get('[data-episode]').text()).toContain(words);
  });

  it('say that there was none', async () => {
    hubAnswers({ 'GET /api/alarms/history': pageOf() });
    expect((await open(AlarmsPage, aHouse())).text()).toContain('No alarm yet');
  });
});

describe('the list on the home page', () => {
  it('ALM-5 folds what is less urgent into one card, and opens it', async () => {
    hubAnswers({});
    const dust = (id: string) => anAlarm({ id, kind: 'air-quality', level: 'warning', priority: 3 });
    const alarms = [anAlarm(), dust('d1'), dust('d2')];
    const list = mountInApp(AlarmList, { alarms, toldId: null, flood: { since: NOW, merged: 2 } });
    expect(list.findAll('[data-alarm]').map((one) => one.attributes('data-alarm'))).toEqual(['al1']);
    expect(list.get('[data-part=flood]').text()).toContain('2 more of less urgency');
    await list.get('[data-part=flood] button').trigger('click');
    expect(list.findAll('[data-alarm]')).toHaveLength(3);
  });

  it('shows trouble as trouble, and lets what nobody saw be seen', async () => {
    const calls = hubAnswers({ 'POST /api/alarms/t/acknowledge': LIST });
    const trouble = anAlarm({
      id: 't',
      kind: 'trouble',
      level: 'warning',
      cause: 'battery',
      state: 'cleared',
      active: false,
    });
    const list = mountInApp(AlarmList, { alarms: [trouble], toldId: null, flood: null });
    const row = list.get('[data-alarm]');
    expect(row.attributes('data-sign')).toBe('trouble');
    expect(row.text()).toContain('Its battery is nearly empty.');
    await row.get('button').trigger('click');
    await flushPromises();
    expect(row.get('button').text()).toBe('I have seen it');
    expect(calls.map(({ call }) => call)).toEqual(['POST /api/alarms/t/acknowledge']);
  });
});

describe('the banners of every page', () => {
  const show = async (...alarms: readonly ReturnType<typeof anAlarm>[]) => {
    const banners = mountInApp(SafetyBanners);
    useHouse().take(aHouse({ alarms }));
    await nextTick();
    return banners;
  };

  it('ALM-3 a danger out of service is said, with who did it, for as long as it is so', async () => {
    const service = { since: NOW, by: 'Omar', reason: 'broken' };
    const banners = await show(
      anAlarm({ state: 'outOfService', banner: true, service }),
      anAlarm({ id: 'other' }),
    );
    expect(banners.findAll('[data-part=untold]')).toHaveLength(1);
    expect(banners.text()).toMatch(/Out of service: Carbon monoxide, Bedroom.*by Omar: broken/);
    useHouse().take(aHouse());
    await nextTick();
    expect(banners.text()).toBe('');
  });

  it('AIR-5 gas forbids switching', async () => {
    expect((await show(anAlarm({ kind: 'gas', level: 'warning' }))).text()).toContain('nothing is switched');
  });
});
