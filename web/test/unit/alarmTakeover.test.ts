import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AlarmTakeover from '../../src/alarms/AlarmTakeover.vue';
import { hushOf } from '../../src/alarms/hush.ts';
import { causePhrase, orderPhrase, outlookPhrase } from '../../src/alarms/why.ts';
import { useHouse } from '../../src/hub/house.ts';
import { speak } from '../../src/text/i18n.ts';
import { aDevice, aHouse, anAlarm, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({ useIonRouter: () => ({ navigate: vi.fn() }) }));

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

const show = async (...alarms: readonly ReturnType<typeof anAlarm>[]) => {
  const wrapper = mountInApp(AlarmTakeover);
  useHouse().take(aHouse({ verdict: 'alarm', alarms }));
  await nextTick();
  return wrapper;
};

describe('the sound of an alarm', () => {
  const hold = (wrapper: Awaited<ReturnType<typeof show>>) => wrapper.find<HTMLButtonElement>('button.hold');

  it.each([
    [{ mayHush: true }, 'may'],
    [{ mayHush: false }, 'not'],
    [{ mayHush: false, hushedUntil: NOW + 600_000 }, 'silent'],
    [{ mayHush: false, sound: 'none' }, 'none'],
    [{ mayHush: false, active: false, state: 'latched' }, 'none'],
    [{ mayHush: false, state: 'shelved' }, 'none'],
  ] as const)('ALM-2 %j: %s', (given, state) => {
    expect(hushOf(anAlarm(given), aHouse()).state).toBe(state);
  });

  it('ALM-2 is silenced by a hold of a second, not by a short one', async () => {
    const calls = hubAnswers({ 'POST /api/alarms/al1/hush': { alarms: [], flood: null } });
    const wrapper = await show(anAlarm({ mayHush: true }));
    await hold(wrapper).trigger('pointerdown');
    vi.advanceTimersByTime(900);
    await hold(wrapper).trigger('pointerup');
    vi.advanceTimersByTime(5_000);
    expect(calls).toEqual([]);
    await hold(wrapper).trigger('pointerdown');
    vi.advanceTimersByTime(1_000);
    await hold(wrapper).trigger('pointerup');
    await hold(wrapper).trigger('click');
    await flushPromises();
    expect(calls.map(({ call }) => call)).toEqual(['POST /api/alarms/al1/hush']);
  });

  it('can be silenced by keys: held for a second, or pressed twice', async () => {
    const calls = hubAnswers({ 'POST /api/alarms/al1/hush': { alarms: [], flood: null } });
    const wrapper = await show(anAlarm({ mayHush: true }));
    await hold(wrapper).trigger('keydown', { key: ' ' });
    await hold(wrapper).trigger('keyup', { key: ' ' });
    expect(hold(wrapper).text()).toBe('Silence it? Press again.');
    expect(calls).toEqual([]);
    await hold(wrapper).trigger('keydown', { key: 'Enter' });
    await hold(wrapper).trigger('keyup', { key: 'Enter' });
    await flushPromises();
    expect(calls).toHaveLength(1);
    await hold(wrapper).trigger('keydown', { key: 'Enter' });
    vi.advanceTimersByTime(1_000);
    await hold(wrapper).trigger('keyup', { key: 'Enter' });
    await flushPromises();
    expect(calls).toHaveLength(2);
  });

  it('forgets what it asked when the finger goes elsewhere', async () => {
    const calls = hubAnswers({ 'POST /api/alarms': { alarms: [], flood: null } });
    const wrapper = await show(anAlarm({ mayHush: true }));
    await hold(wrapper).trigger('click');
    await hold(wrapper).trigger('blur');
    await hold(wrapper).trigger('click');
    expect(hold(wrapper).text()).toBe('Silence it? Press again.');
    expect(calls).toEqual([]);
  });

  it('gives way to the reason while it rises, and says until when it is silent and when it sounds again', async () => {
    const wrapper = await show(anAlarm());
    expect(hold(wrapper).exists()).toBe(false);
    expect(wrapper.get('[data-hush]').text()).toBe('Cannot be silenced while CO rises.');
    useHouse().take(aHouse({ alarms: [anAlarm({ hushedUntil: NOW + 600_000 })] }));
    await nextTick();
    expect(wrapper.get('[data-hush]').text()).toMatch(/^Silent until \d\d:\d\d\. The alarm stays\.$/);
    useHouse().take(aHouse({ alarms: [anAlarm()] }));
    await nextTick();
    expect(wrapper.get('[data-hush]').text()).toBe('It sounds again. Cannot be silenced while CO rises.');
  });

  it('says in words why the hub refused', async () => {
    const problem = { type: '/problems/may-not-hush', title: 'No.', status: 409 };
    hubAnswers({ 'POST /api/alarms/al1/hush': () => ({ status: 409, body: problem }) });
    const wrapper = await show(anAlarm({ mayHush: true }));
    await hold(wrapper).trigger('click');
    await hold(wrapper).trigger('click');
    await flushPromises();
    expect(wrapper.get('[role=alert]').text()).toContain('It cannot be silenced now');
  });
});

describe('why it was raised', () => {
  const oxygen = { kind: 'oxygen-low', entityId: 'o.o2', unit: '%' } as const;
  const outlook = (state: 'falling' | 'steady') =>
    anEntity({
      id: 'o.o2',
      quantity: 'oxygen',
      unit: '%',
      value: 19.9,
      air: {
        trend: 'falling',
        means: {},
        dose: null,
        cohb: null,
        aqi: null,
        heatIndex: null,
        mould: null,
        outlook: {
          state,
          why: null,
          rule: 'main',
          perMinute: -0.02,
          minutes: { soonest: 25, likely: 40, latest: null },
          displacement: false,
          dry: 19.9,
        },
      },
    });

  it('names the limit, above or below', () => {
    const house = aHouse({ devices: [aDevice({ id: 'o' }, [outlook('steady')])] });
    expect(causePhrase(anAlarm({ ...oxygen, limit: 19.5 }), house)).toEqual({
      key: 'alarms.cause.below',
      with: { limit: '\u206619.5\u00a0%\u2069' },
    });
    expect(causePhrase(anAlarm({ limit: 300 }), house)).toMatchObject({ key: 'alarms.cause.above' });
    expect(causePhrase(anAlarm(), house)).toEqual({ key: 'alarms.cause.limit' });
  });

  it.each([
    [19.5, 'alarms.cause.outlook'],
    [19.4, 'alarms.cause.below'],
  ])('an outlook is on its way until it has come: %d %%', (value, key) => {
    const house = aHouse({ devices: [aDevice({ id: 'o' }, [{ ...outlook('falling'), value }])] });
    expect(causePhrase(anAlarm({ ...oxygen, cause: 'outlook', limit: 20 }), house)).toMatchObject({ key });
  });

  it.each(['dose', 'cohb', 'displacement', 'unverified', 'contact'] as const)('has words for %s', (cause) => {
    expect(causePhrase(anAlarm({ cause, limit: 1 }), null)).toEqual({ key: `alarms.cause.${cause}` });
  });

  it('O2-4 tells how long until 19.5 %, only while oxygen falls', () => {
    const falling = aHouse({ devices: [aDevice({ id: 'o' }, [outlook('falling')])] });
    const steady = aHouse({ devices: [aDevice({ id: 'o' }, [outlook('steady')])] });
    const alarm = anAlarm({ ...oxygen, cause: 'outlook' });
    expect(outlookPhrase(alarm, falling)?.with).toMatchObject({
      likely: { key: 'span.min', n: 40 },
      soonest: { key: 'span.min', n: 25 },
    });
    expect(outlookPhrase(alarm, steady)).toBeNull();
    expect(outlookPhrase(anAlarm({ entityId: 'o.o2' }), falling)).toBeNull();
  });

  it('ALM-7 tells which came first', async () => {
    const smoke = anAlarm({ id: 'smoke', kind: 'smoke', firstOut: true });
    const co = anAlarm({ id: 'co', firstOutId: 'smoke' });
    const house = aHouse({ alarms: [smoke, co] });
    expect(orderPhrase(smoke, house)).toEqual({ key: 'alarms.firstOut' });
    expect(orderPhrase(co, house)?.key).toBe('alarms.follows');
    expect(orderPhrase(anAlarm({ firstOutId: 'gone' }), house)).toBeNull();
    const wrapper = await show(smoke, co);
    expect(wrapper.get('[data-part=why]').text()).toBe('Beyond its limit. This came first.');
    expect(wrapper.get('.a-also').text()).toBe('Also: Carbon monoxide, Bedroom');
  });

  it('shows what is measured for as long as the hub is heard, and then no number', async () => {
    const wrapper = mountInApp(AlarmTakeover);
    const co = anEntity({ value: 84, at: NOW - 170_000, reportEveryMs: 30_000 });
    useHouse().take(aHouse({ devices: [aDevice({}, [co])], alarms: [anAlarm()] }));
    useHouse().linkUp = true;
    await nextTick();
    expect(wrapper.get('.a-val').text()).toContain('84');
    useHouse().linkUp = false;
    await nextTick();
    expect(wrapper.get('.a-val').text()).not.toContain('84');
    expect(wrapper.get('.a-val').text()).toContain('–');
  });

  it('AIR-5 says with gas that nothing is switched', async () => {
    const wrapper = await show(anAlarm({ kind: 'gas' }));
    expect(wrapper.text()).toContain('While there is gas nothing is switched');
    useHouse().take(aHouse({ alarms: [anAlarm({ id: 'co' })] }));
    await nextTick();
  });
});
