import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { figureOf } from '../../src/air/figure.ts';
import LimitsPage from '../../src/air/LimitsPage.vue';
import { chartLimits } from '../../src/air/limitWords.ts';
import { type HistoryLimit, limitsInSight } from '../../src/history/limits.ts';
import { speak } from '../../src/text/i18n.ts';
import { aLimit } from './airs.ts';
import { anEntity } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const fixed = aLimit({
  id: 'smoke/smoke/alarm/value',
  kind: 'smoke',
  quantity: 'smoke',
  level: 'alarm',
  measure: 'value',
  windowMs: null,
  crosses: 'on',
  unit: null,
  editable: false,
});
const LIMITS = { profile: 'EN', sensitivePeople: false, limits: [aLimit(), fixed] };
const WHAT_IF = { days: 30, coverage: 1, times: 2, atNight: 1, timesNow: 0, episodes: [] };

const open = async (answers: Record<string, unknown> = {}) => {
  const calls = hubAnswers({
    'GET /api/air/limits': LIMITS,
    'PATCH /api/air/limits': LIMITS,
    'POST /api/air/whatif': WHAT_IF,
    ...answers,
  });
  const page = mountInApp(LimitsPage);
  await flushPromises();
  const unfold = async (quantity: string): Promise<void> => {
    const details = page.get(`details[data-quantity=${quantity}]`);
    (details.element as HTMLDetailsElement).open = true;
    await details.trigger('toggle');
  };
  return { page, calls, unfold };
};
const form = async (answers: Record<string, unknown> = {}) => {
  const opened = await open(answers);
  await opened.unfold('carbon_dioxide');
  await opened.page.get('.fold').trigger('click');
  const submit = async (): Promise<void> => {
    await opened.page.get('[data-part=limit-form]').trigger('submit');
    await flushPromises();
  };
  const write = (text: string): Promise<void> =>
    opened.page.get('[data-part=limit-form] input').setValue(text);
  const bodies = (call: string) => opened.calls.filter((one) => one.call === call).map(({ body }) => body);
  return { ...opened, submit, write, bodies };
};

afterEach(async () => {
  document.body.innerHTML = '';
  await speak('en');
});

describe('the limits of the house', () => {
  it('say what is compared, how it ends and where it comes from', async () => {
    const { page, unfold } = await open();
    await unfold('carbon_dioxide');
    const words = page.get('[data-limit^=carbon_dioxide]').text().replaceAll('\u00a0', ' ');
    expect(words).toContain('Mean over 10 min: 1,000 ppm or more.');
    expect(words).toContain('when it has been clear for 10 min. Silence is not clear.');
    expect(words).toContain('ventilation practice');
  });

  it('one that cannot be changed says so and has no form', async () => {
    const { page, unfold } = await open();
    await unfold('smoke');
    const row = page.get('[data-limit^=smoke]');
    expect(row.text()).toContain('As soon as the detector reports it.');
    expect(row.text()).toContain('This one cannot be changed.');
    expect(row.find('.fold').exists()).toBe(false);
  });

  it('a standard and sensitive people are sent at once', async () => {
    const { page, calls } = await open();
    await page.get('input[value=US]').setValue(true);
    await flushPromises();
    await page.get('input[type=checkbox]').setValue(true);
    await flushPromises();
    const sent = calls.filter(({ call }) => call.startsWith('PATCH')).map(({ body }) => body);
    expect(sent).toEqual([{ profile: 'US' }, { sensitivePeople: true }]);
  });
});

describe('a limit that is moved', () => {
  it('is saved only after it was seen what it would have done', async () => {
    const { page, submit, write, bodies } = await form();
    await write('٨٠٠');
    await submit();
    expect(bodies('POST /api/air/whatif')).toEqual([{ id: aLimit().id, limit: 800 }]);
    expect(bodies('PATCH /api/air/limits')).toEqual([]);
    const words = page.get('[data-part=what-if]').text();
    expect(words).toContain('In the last 30 days it would have been raised 2 times.');
    expect(words).toContain('Once at night (22 to 7 o’clock, by the clock of the hub).');
    expect(words).toContain('With the limit that holds now: never.');
    await submit();
    expect(bodies('PATCH /api/air/limits')).toEqual([{ own: [{ id: aLimit().id, limit: 800 }] }]);
  });

  it('another figure is looked at anew', async () => {
    const { submit, write, bodies } = await form();
    await write('800');
    await submit();
    await write('900');
    await submit();
    expect(bodies('POST /api/air/whatif')).toHaveLength(2);
    expect(bodies('PATCH /api/air/limits')).toEqual([]);
  });

  it.each(['699', '1501', 'much', ''])('"%s" is asked again', async (text) => {
    const { page, submit, write, bodies } = await form();
    await write(text);
    await submit();
    expect(
      page
        .get('.miss')
        .text()
        .replaceAll('\u00a0', ' ')
        .replace(/[\u2066\u2069]/g, ''),
    ).toContain('from 700 ppm to 1,500 ppm');
    expect(bodies('POST /api/air/whatif')).toEqual([]);
  });

  it('a past that cannot be read keeps nobody from a stricter limit', async () => {
    const paused = { type: '/problems/history-paused', title: 'x', status: 503 };
    const { page, submit, write, bodies } = await form({
      'POST /api/air/whatif': () => ({ status: 503, body: paused }),
    });
    await write('800');
    await submit();
    expect(page.text()).toContain('You can save it all the same.');
    await submit();
    expect(bodies('PATCH /api/air/limits')).toHaveLength(1);
  });

  it('AIR-1: one that may only be made stricter says so', async () => {
    const strict = aLimit({ weakest: 1_000 });
    const { page } = await form({ 'GET /api/air/limits': { ...LIMITS, limits: [strict] } });
    expect(page.get('[data-part=limit-form]').text()).toContain('It can only be made stricter.');
  });

  it('goes back to the standard', async () => {
    const own = aLimit({ own: true, limit: 800 });
    const { page, bodies } = await form({ 'GET /api/air/limits': { ...LIMITS, limits: [own] } });
    await page
      .findAll('button')
      .find((one) => one.text() === 'Back to the standard')
      ?.trigger('click');
    await flushPromises();
    expect(bodies('PATCH /api/air/limits')).toEqual([{ own: [{ id: own.id, limit: null }] }]);
  });
});

describe('figures that people write', () => {
  it.each([
    ['19.5', 19.5],
    ['19,5', 19.5],
    ['١٩٫٥', 19.5],
    [' −2 ', -2],
    ['1e3', null],
    ['NaN', null],
    ['', null],
    ['1.2.3', null],
    ['99999999', null],
  ])('"%s" is %o', (text, figure) => {
    expect(figureOf(text)).toBe(figure);
  });
});

describe('limits in a chart', () => {
  const entity = anEntity({ quantity: 'carbon_dioxide', unit: 'ppm' });
  it('are the strictest of each level and side, in the unit of the chart', () => {
    const limits = [
      aLimit(),
      aLimit({ level: 'warning', limit: 5_000 }),
      aLimit({ level: 'warning', limit: 2_000 }),
      aLimit({ level: 'critical', limit: 40_000, measure: 'value' }),
      aLimit({ level: 'alarm', limit: 1, measure: 'dose' }),
      aLimit({ level: 'alarm', limit: 700, unit: 'mg/m³' }),
      aLimit({ level: 'alarm', limit: 19.5, quantity: 'oxygen' }),
      aLimit({ level: 'advisory', crosses: 'below', limit: 300 }),
    ];
    expect(chartLimits(limits, entity)).toEqual([
      { level: 'check', side: 'over', value: 1_000 },
      { level: 'warning', side: 'over', value: 2_000 },
      { level: 'alarm', side: 'over', value: 40_000 },
      { level: 'check', side: 'under', value: 300 },
    ]);
  });

  const over = (level: HistoryLimit['level'], value: number): HistoryLimit => ({
    level,
    value,
    side: 'over',
  });
  const under = (level: HistoryLimit['level'], value: number): HistoryLimit => ({
    level,
    value,
    side: 'under',
  });
  const all = [
    over('warning', 23),
    over('check', 22),
    under('check', 20.3),
    under('alarm', 19.5),
    under('warning', 20),
  ];
  it.each([
    [20.8, 20.9, [22, 20.3]],
    [20.3, 20.9, [22, 20.3, 20]],
    [19.9, 20.9, [22, 20.3, 20, 19.5]],
    [18, 30, [22, 23, 20.3, 20, 19.5]],
  ])('from %d to %d those passed and the next are drawn: %o', (min, max, values) => {
    const curve = { x: [0, 1], min: [min, null], max: [max, null], avg: [min, null] };
    expect(limitsInSight(all, curve).map(({ value }) => value)).toEqual(values);
  });

  it('an empty chart keeps all', () => {
    expect(limitsInSight(all, { x: [], min: [], max: [], avg: [] })).toEqual(all);
  });
});
