import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AppNav from '../../src/frame/AppNav.vue';
import { useHouse } from '../../src/hub/house.ts';
import { ALL, queryOf } from '../../src/journal/choice.ts';
import JournalPage from '../../src/journal/JournalPage.vue';
import { speak } from '../../src/text/i18n.ts';
import { aHouse, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aRow, rowsFrom } from './journals.ts';
import { aPerson, mountInApp } from './mount.ts';

const route = vi.hoisted(() => ({ path: '/journal', query: {} as Record<string, string>, params: {} }));
vi.mock('vue-router', () => ({ useRoute: () => route }));
vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

let page: VueWrapper;
const open = async (): Promise<VueWrapper> => {
  page = mountInApp(JournalPage);
  useHouse().take(aHouse());
  await flushPromises();
  return page;
};
const PEOPLE = { people: [{ id: 'p1', name: 'Mona', role: 'owner', createdAt: 1 }] };
const seqs = (): (string | undefined)[] =>
  page.findAll('[data-seq]').map((one) => one.attributes('data-seq'));
const button = (text: string) => page.findAll('button').find((one) => one.text() === text);

afterEach(async () => {
  page?.unmount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  route.query = {};
  document.body.innerHTML = '';
  await speak('en');
});

describe('the journal', () => {
  it('tells what happened day by day, newest first, and all that was written when it is opened', async () => {
    const DAY_MS = 86_400_000;
    const rows = [
      aRow({ seq: 3, at: NOW - 1_000, who: 'Mona' }),
      aRow({
        seq: 2,
        at: NOW - DAY_MS,
        type: 'alarmRaised',
        area: 'alarms',
        fact: { kind: 'co', entityId: 'a1.co', level: 'alarm', alarmId: 'co.a1.co.x' },
      }),
      aRow({ seq: 1, at: NOW - 9 * DAY_MS, type: 'houseResumed', area: 'house' }),
    ];
    hubAnswers({ 'GET /api/journal': { rows, next: null } });
    await open();
    expect(page.findAll('[data-part=day] h2').map((one) => one.text().split(',')[0])).toEqual([
      'Today',
      'Yesterday',
      expect.stringMatching(/^\w+day/),
    ]);
    expect(seqs()).toEqual(['3', '2', '1']);
    const first = page.get('[data-seq="3"]');
    expect(first.text()).toContain('Mona logged in.');
    expect(first.text()).not.toContain('As it was written');
    await first.get('button').trigger('click');
    expect(first.get('button').attributes('aria-expanded')).toBe('true');
    expect(first.text()).toContain('abab');
    expect(first.text()).toMatch(/40 days 23:59:59|39 days 23:59:59/);
    expect(page.get('[data-seq="2"] a').attributes('href')).toBe('/alarms/co.a1.co.x/incident');
    expect(page.text()).toContain('That is the beginning.');
    expect(page.text()).not.toContain('sealed');
  });

  it('goes on towards the past at a button, and the reading goes on at the first row that came', async () => {
    const calls = hubAnswers({
      'GET /api/people': PEOPLE,
      'GET /api/journal': () => {
        const before = calls.at(-1)?.url.searchParams.get('before');
        return before === '51'
          ? { body: { rows: rowsFrom(50, 50), next: null } }
          : { body: { rows: rowsFrom(100, 50), next: 51 } };
      },
    });
    await open();
    expect(seqs()).toHaveLength(50);
    await button('Show older')?.trigger('click');
    await flushPromises();
    expect(seqs()).toHaveLength(100);
    expect(document.activeElement?.closest('[data-seq]')?.getAttribute('data-seq')).toBe('50');
    expect(page.findAll('[role=status]').map((one) => one.text())).toContain('50 older lines are here.');
    expect(button('Show older')).toBeUndefined();
  });

  it('counts what is new, and puts it in only when it is asked to', async () => {
    vi.useFakeTimers();
    let newest = 100;
    hubAnswers({ 'GET /api/journal': () => ({ body: { rows: rowsFrom(newest, 50), next: 51 } }) });
    await open();
    newest = 103;
    await vi.advanceTimersByTimeAsync(10_000);
    await flushPromises();
    expect(seqs()[0]).toBe('100');
    expect(page.get('[data-part=fresh]').attributes('role')).toBe('status');
    expect(page.get('[data-part=fresh]').text()).toBe('3 new lines');
    await page.get('[data-part=fresh] button').trigger('click');
    await vi.advanceTimersByTimeAsync(100);
    await flushPromises();
    expect(seqs()[0]).toBe('103');
    expect(document.activeElement?.closest('[data-seq]')?.getAttribute('data-seq')).toBe('103');
    expect(page.get('[data-part=fresh]').text()).toBe('');
  });

  it('begins at the row that is asked for, marks it, and says when it is gone', async () => {
    route.query = { row: '70' };
    const calls = hubAnswers({ 'GET /api/journal': { rows: rowsFrom(70, 50), next: null } });
    await open();
    expect(calls.find(({ call }) => call === 'GET /api/journal')?.url.search).toBe('?limit=50&before=71');
    expect(page.get('.marked').attributes('data-seq')).toBe('70');
    page.unmount();
    hubAnswers({ 'GET /api/journal': { rows: rowsFrom(69, 5), next: null } });
    await open();
    expect(page.text()).toContain('is not there any more');
    expect(page.find('.marked').exists()).toBe(false);
  });

  it('asks for what was chosen, by words, people, parts and days, and shows all again', async () => {
    vi.useFakeTimers();
    const calls = hubAnswers({ 'GET /api/people': PEOPLE, 'GET /api/journal': { rows: [], next: null } });
    page = mountInApp(JournalPage);
    useHouse().take(aHouse());
    await flushPromises();
    await vi.advanceTimersByTimeAsync(10);
    expect(page.text()).toContain('Nothing has happened yet');
    const [area, kind, who, where] = page.findAll('select');
    await area?.setValue('alarms');
    await kind?.setValue('co');
    await who?.setValue('Mona');
    await where?.setValue('a1.co');
    await page.get('form input').setValue('  siren ');
    await vi.advanceTimersByTimeAsync(399);
    expect(calls.at(-1)?.url.searchParams.get('text')).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    await flushPromises();
    const asked = Object.fromEntries(calls.at(-1)?.url.searchParams ?? []);
    expect(asked).toEqual({
      text: 'siren',
      area: 'alarms',
      kind: 'co',
      who: 'Mona',
      where: 'a1.co',
      limit: '50',
    });
    expect(page.text()).toContain('Nothing like that happened');
    await button('Show all')?.trigger('click');
    await flushPromises();
    expect(calls.at(-1)?.url.search).toBe('?limit=50');
    expect(page.find('[data-part=narrowed]').exists()).toBe(false);
  });

  it('says in words what the hub refuses', async () => {
    const problem = { type: '/problems/may-not', title: 'No.', status: 403 };
    hubAnswers({ 'GET /api/journal': () => ({ status: 403, body: problem }) });
    await open();
    expect(page.get('[role=alert]').text()).toContain('You may not do that in this house.');
  });

  it('tells where the clock moved, and what it should have said before', async () => {
    const HOUR_MS = 3_600_000;
    const rows = [
      aRow({ seq: 3, at: NOW, houseMs: 10_000 }),
      aRow({ seq: 2, at: NOW - 2 * HOUR_MS, houseMs: 9_000 }),
      aRow({ seq: 1, at: NOW - 2 * HOUR_MS - 1_000, houseMs: 8_000, type: 'houseResumed', area: 'house' }),
    ];
    hubAnswers({ 'GET /api/journal': { rows, next: null } });
    await open();
    expect(page.get('[data-part=moved]').text()).toContain('the clock of the hub moved by');
    expect(page.get('[data-seq="3"]').text()).not.toContain('The clock was wrong');
    for (const seq of [1, 2])
      expect(page.get(`[data-seq="${seq}"]`).text()).toContain('The clock was wrong then.');
  });

  it('is read in Arabic, with names that keep their own direction', async () => {
    await speak('ar');
    hubAnswers({ 'GET /api/journal': { rows: [aRow({ who: 'Mona' })], next: null } });
    await open();
    const line = page.get('[data-seq="100"]');
    expect(line.text()).toContain('سجّل Mona الدخول.');
    expect(line.get('bdi[dir=auto]').text()).toBe('Mona');
  });
});

describe('days', () => {
  it('are whole, and two that were turned round are turned back', () => {
    const day = (text: string) => new Date(`${text}T00:00:00`).getTime();
    const wanted = { from: day('2026-03-29'), to: day('2026-04-02') };
    expect(queryOf({ ...ALL, from: '2026-03-29', to: '2026-04-01' })).toEqual(wanted);
    expect(queryOf({ ...ALL, from: '2026-04-01', to: '2026-03-29' })).toEqual(wanted);
    expect(queryOf({ ...ALL, from: 'tomorrow', to: '' })).toEqual({});
  });
});

describe('the sections', () => {
  it.each([
    [['journal.see'], true],
    [['house.see'], false],
  ] as const)('with the rights %j the journal is offered: %s', async (rights, isOffered) => {
    page = mountInApp(AppNav, {}, aPerson({ rights: [...rights] }));
    await nextTick();
    expect(page.find('a[href="/journal"]').exists()).toBe(isOffered);
  });
});
