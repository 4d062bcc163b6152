import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import ShelveAhead from '../../src/alarms/ShelveAhead.vue';
import ShelveForm from '../../src/alarms/ShelveForm.vue';
import TakeOutForm from '../../src/alarms/TakeOutForm.vue';
import { useHouse } from '../../src/hub/house.ts';
import { speak } from '../../src/text/i18n.ts';
import { aDevice, aHouse, anAlarm, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({ useIonRouter: () => ({ navigate: vi.fn() }) }));

afterEach(async () => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

const LIST = { alarms: [], flood: null };
const bodiesOf = (calls: ReturnType<typeof hubAnswers>) => calls.map(({ call, body }) => [call, body]);
const MINUTE = 60_000;
const OXYGEN = anEntity({ id: 'a1.oxygen', quantity: 'oxygen', unit: '%', value: 18 });

/** The two ways to put an alarm out of hearing, which refuse alike. */
const WAYS = [
  {
    way: 'put aside',
    form: ShelveForm,
    call: 'POST /api/alarms/al1/shelve',
    body: { minutes: 30 },
    why: 'It cannot be put aside while CO rises. It can be once it has not got worse for a minute.',
    arabic: /^لا يمكن وضعه جانبًا ما دام مستوى الأكسجين ينخفض\./,
    ended: 'cleared',
  },
  {
    way: 'taken out of service',
    form: TakeOutForm,
    call: 'POST /api/alarms/al1/out-of-service',
    body: {},
    why: 'It cannot be taken out of service while CO rises. It can be once it has not got worse for a minute.',
    arabic: /^لا يمكن إخراجه من الخدمة ما دام مستوى الأكسجين ينخفض\./,
    ended: 'latched',
  },
] as const;

describe.each(WAYS)('ALM-2 a danger that gets worse, and being $way', (each) => {
  const open = async (given: Parameters<typeof anAlarm>[0] = {}) => {
    const alarm = anAlarm(given);
    const form = mountInApp(each.form, { alarm, timeText: String });
    useHouse().take(aHouse({ alarms: [alarm], devices: [aDevice({}, [anEntity(), OXYGEN])] }));
    await nextTick();
    return form;
  };

  it('it is not: the form is out of reach, and the button says why', async () => {
    const calls = hubAnswers({ [each.call]: LIST });
    const form = await open();
    const why = form.get('[data-part=refusal]');
    expect(why.text()).toBe(each.why);
    expect(why.attributes('role')).toBe('status');
    expect(form.get('form > fieldset').attributes('disabled')).toBeDefined();
    expect(form.get('form').attributes('aria-describedby')).toBe(why.attributes('id'));
    const button = form.get('button[type=submit]');
    expect(button.attributes()).toMatchObject({
      'aria-disabled': 'true',
      'aria-describedby': why.attributes('id'),
    });
    expect(button.attributes('disabled')).toBeUndefined();
    await form.get('form').trigger('submit');
    await flushPromises();
    expect(calls).toEqual([]);
    expect(form.text()).not.toContain('Write a few words.');
  });

  it('it is, as soon as the hub allows it, with what was written before', async () => {
    const calls = hubAnswers({ [each.call]: LIST });
    const form = await open({ mayHush: true });
    await form.findAll('input').at(-1)?.setValue('It is the candle.');
    await form.setProps({ alarm: anAlarm({ mayHush: false }) });
    expect(form.get('form > fieldset').attributes('disabled')).toBeDefined();
    await form.get('form').trigger('submit');
    expect(calls).toEqual([]);
    await form.setProps({ alarm: anAlarm({ mayHush: true }) });
    expect(form.get('[data-part=refusal]').text()).toBe('');
    await form.get('form').trigger('submit');
    await flushPromises();
    expect(bodiesOf(calls)).toEqual([[each.call, { ...each.body, reason: 'It is the candle.' }]]);
  });

  it('not without a reason, nor with one of blanks', async () => {
    const calls = hubAnswers({ [each.call]: LIST });
    const form = await open({ mayHush: true });
    await form.findAll('input').at(-1)?.setValue('  ');
    await form.get('form').trigger('submit');
    await flushPromises();
    expect(form.text()).toContain('Write a few words.');
    expect(calls).toEqual([]);
  });

  it.each([
    ['is silent for now', { hushedUntil: NOW + MINUTE }],
    ['makes no sound', { sound: 'none', level: 'warning', kind: 'cold' }],
    ['has ended', { active: false, state: each.ended }],
    ['is on the shelf', { state: 'shelved' }],
  ] as const)('what %s may be', async (_, given) => {
    const form = await open(given);
    expect(form.get('form > fieldset').attributes('disabled')).toBeUndefined();
    expect(form.get('[data-part=refusal]').text()).toBe('');
  });

  it('it says so in Arabic too, and of oxygen that it falls', async () => {
    const form = await open({ kind: 'oxygen-low', entityId: OXYGEN.id });
    expect(form.get('[data-part=refusal]').text()).toMatch(/ while oxygen falls\. /);
    await speak('ar');
    await nextTick();
    expect(form.get('[data-part=refusal]').text()).toMatch(each.arabic);
  });
});

describe('ALM-3 an alarm that is normal', () => {
  const ahead = async (...alarms: readonly ReturnType<typeof anAlarm>[]) => {
    const section = mountInApp(ShelveAhead, { entityId: 'a1.voc', kinds: ['air-quality', 'co'] });
    useHouse().take(aHouse({ alarms }));
    await nextTick();
    return section;
  };
  const shelf = { until: NOW + 60 * MINUTE, by: 'Salma', reason: 'painting' };
  const aside = (id: string, kind: 'air-quality' | 'co') =>
    anAlarm({ id, kind, entityId: 'a1.voc', state: 'shelved', active: false, shelf });

  it('is put aside beforehand, with a reason and for as long as its kind may be', async () => {
    const calls = hubAnswers({ 'POST /api/alarms/': LIST });
    const section = await ahead();
    const times = () => section.findAll('input[type=radio]').map((one) => one.attributes('value'));
    expect(times()).toEqual(['30', '120', '480', '1440']);
    await section.get('input[value="1440"]').setValue(true);
    await section.get('select').setValue('co');
    expect(times()).toEqual(['30', '120', '480']);
    expect(section.text()).toContain('8 hours at most');
    await section.get('form').trigger('submit');
    expect(section.text()).toContain('Write a few words.');
    await section.findAll('input').at(-1)?.setValue('painting');
    await section.get('form').trigger('submit');
    await flushPromises();
    expect(calls.map(({ call, body }) => [decodeURIComponent(call), body])).toEqual([
      ['POST /api/alarms/co:a1.voc/shelve', { minutes: 30, reason: 'painting' }],
    ]);
  });

  it('once put aside it says until when, by whom and why, and leads to where it is brought back', async () => {
    hubAnswers({});
    const section = await ahead(aside('al7', 'co'), anAlarm({ id: 'other', kind: 'co' }));
    const row = section.get('li');
    expect(row.text()).toMatch(/Put aside until .*by .*Salma.*painting/);
    expect(row.get('a').attributes('href')).toBe('/alarms/al7');
    expect(section.findAll('li')).toHaveLength(1);
    expect(section.find('select').exists()).toBe(false);
    expect(section.find('form').exists()).toBe(true);
  });

  it('one that is there is not normal: its own page has its form', async () => {
    hubAnswers({});
    const section = await ahead(
      anAlarm({ id: 'al8', kind: 'air-quality', entityId: 'a1.voc' }),
      aside('al7', 'co'),
    );
    expect(section.find('form').exists()).toBe(false);
    expect(section.findAll('li').map((row) => row.attributes('data-alarm'))).toEqual(['al8', 'al7']);
    expect(section.text()).toContain('Waits for an answer');
  });

  it('whoever filled in the form finds what became of it where it was', async () => {
    hubAnswers({});
    const section = await ahead(aside('al7', 'co'));
    section.get<HTMLButtonElement>('button[type=submit]').element.focus();
    useHouse().take(aHouse({ alarms: [aside('al7', 'co'), aside('al9', 'air-quality')] }));
    await flushPromises();
    expect(document.activeElement).toBe(section.get('[role=status]').element);
    expect(document.activeElement?.textContent).toContain('Salma');
  });

  it('the hub’s refusal is said in words, and goes with what it was about', async () => {
    const problem = { type: '/problems/shelved-too-long', title: 'No.', status: 409 };
    hubAnswers({ 'POST /api/alarms/': () => ({ status: 409, body: problem }) });
    const section = await ahead();
    await section.findAll('input').at(-1)?.setValue('painting');
    await section.get('form').trigger('submit');
    await flushPromises();
    expect(section.get('[role=alert]').text()).toContain('8 hours at most');
    await section.get('select').setValue('co');
    await flushPromises();
    expect(section.find('[role=alert]').exists()).toBe(false);
  });
});
