import type { PassView } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useHouse } from '../../src/hub/house.ts';
import PassesPage from '../../src/people/PassesPage.vue';
import { isWhole, minuteOf, rowsFrom, timeOfDay, windowsOf } from '../../src/people/weekPlan.ts';
import { speak } from '../../src/text/i18n.ts';
import { aHouse, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

afterEach(async () => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

const HOUR = 3_600_000;
const aPass = (given: Partial<PassView> = {}): PassView => ({
  id: 'g1',
  name: 'Cleaner',
  placeId: 'kit',
  from: NOW,
  until: NOW + 24 * HOUR,
  weekly: [
    { weekday: 3, fromMinute: 540, toMinute: 720 },
    { weekday: 1, fromMinute: 540, toMinute: 720 },
  ],
  usesLeft: 4,
  createdAt: NOW,
  by: 'Mona',
  ...given,
});

const open = async (answers: Parameters<typeof hubAnswers>[0], who = aPerson()) => {
  const calls = hubAnswers({ 'GET /api/passes': { passes: [aPass()] }, ...answers });
  const page = mountInApp(PassesPage, {}, who);
  useHouse().take(aHouse());
  useHouse().linkUp = true;
  await flushPromises();
  return { page, calls };
};
const press = async (page: Awaited<ReturnType<typeof open>>['page'], words: string) => {
  const found = page.findAll('button').find((one) => one.text() === words);
  if (found === undefined) throw new Error(`There is no button "${words}".`);
  await found.trigger('click');
  await flushPromises();
};

describe('when in the week', () => {
  it.each([
    ['00:00', 0],
    ['23:59', 1_439],
    ['24:00', null],
    ['8:30', null],
    ['', null],
  ])('%s is minute %s of the day', (time, minute) => {
    expect(minuteOf(time)).toBe(minute);
  });

  it('goes to the hub day by day, and comes back with the same times together', () => {
    const rows = [
      { days: [3, 1], from: '09:00', to: '12:00' },
      { days: [6], from: '20:00', to: '00:00' },
      { days: [5], from: '22:00', to: '02:00' },
      { days: [], from: '09:00', to: '12:00' },
    ];
    const windows = windowsOf(rows);
    expect(windows).toEqual([
      { weekday: 1, fromMinute: 540, toMinute: 720 },
      { weekday: 3, fromMinute: 540, toMinute: 720 },
      { weekday: 6, fromMinute: 1_200, toMinute: 1_440 },
      { weekday: 5, fromMinute: 1_320, toMinute: 120 },
    ]);
    expect(rowsFrom(windows)).toEqual([
      { days: [1, 3], from: '09:00', to: '12:00' },
      { days: [5], from: '22:00', to: '02:00' },
      { days: [6], from: '20:00', to: timeOfDay(1_440) },
    ]);
    expect(isWhole({ days: [1], from: '09:00', to: '09:00' })).toBe(false);
  });
});

describe('guest passes', () => {
  it('are told with what they open, when and how often still', async () => {
    const { page } = await open({});
    const row = page.get('[data-pass=g1]').text();
    expect(row).toMatch(/Cleaner.*Opens .*Kitchen.*4 times more.*made by .*Mona/s);
    expect(row.replace(/[\u2066-\u2069]/g, '')).toContain('Monday and Wednesday, 09:00 to 12:00.');
    expect(page.text()).toContain('No door of this house asks for a PIN yet.');
  });

  it('weekdays are told in Arabic too', async () => {
    await speak('ar');
    const { page } = await open({});
    expect(page.get('[data-pass=g1]').text()).toMatch(/الاثنين.*الأربعاء/);
  });

  it('one is made: its PIN is shown once', async () => {
    const { page, calls } = await open({
      'POST /api/passes': () => ({ status: 201, body: { pass: aPass(), pin: '48203957' } }),
    });
    await press(page, 'Make a pass');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('.field.wrong').text()).toContain('Write a name.');
    expect(document.activeElement).toBe(page.get('form input').element);
    await page.get('form input').setValue('Cleaner');
    await press(page, 'Only at certain times');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('[data-part=plan]').text()).toContain('Choose a day');
    await page.get('[data-part=plan] input[value="1"]').setValue(true);
    await page.findAll('form input').at(-1)?.setValue('٤');
    await page.get('form').trigger('submit');
    await flushPromises();
    const sent = calls.find(({ call }) => call === 'POST /api/passes')?.body as { until: number };
    expect(sent).toMatchObject({
      name: 'Cleaner',
      placeId: 'bed',
      weekly: [{ weekday: 1, fromMinute: 480, toMinute: 1_080 }],
      uses: 4,
    });
    expect(sent.until - NOW).toBeGreaterThan(23 * HOUR);
    expect(page.get('#pass-pin').text()).toBe('4820 3957');
    await press(page, 'Done');
    expect(page.html()).not.toMatch(/4820 ?3957/);
  });

  it.each(['0', '1001', 'x', '1.5'])('%s is no number of uses', async (uses) => {
    const { page, calls } = await open({});
    await press(page, 'Make a pass');
    await page.get('form input').setValue('Cleaner');
    await page.findAll('form input').at(-1)?.setValue(uses);
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('.field.wrong').text()).toContain('A number from 1 to 1,000');
    expect(calls.some(({ call }) => call.startsWith('POST'))).toBe(false);
  });

  it('one is taken back after a question', async () => {
    const { page, calls } = await open({ 'DELETE /api/passes/g1': () => ({ status: 204 }) });
    await page.get('button[aria-label="Take it back: Cleaner"]').trigger('click');
    expect(calls.some(({ call }) => call.startsWith('DELETE'))).toBe(false);
    await press(page, 'Take it back');
    expect(calls.some(({ call }) => call === 'DELETE /api/passes/g1')).toBe(true);
  });

  it('who may only see them is offered nothing else', async () => {
    const { page } = await open({}, aPerson({ rights: ['own.session', 'house.see', 'passes.see'] }));
    expect(page.find('[data-pass=g1]').exists()).toBe(true);
    expect(page.findAll('button').map((one) => one.text())).toEqual([]);
  });
});
