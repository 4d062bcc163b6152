import { Right, Role } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rightsOf, rightTable } from '../../../hub/src/people/rights.ts';
import AppNav from '../../src/frame/AppNav.vue';
import { isOpenTo, rightFor } from '../../src/frame/places.ts';
import MayNotPage from '../../src/people/MayNotPage.vue';
import RolesPage from '../../src/people/RolesPage.vue';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

const at = vi.hoisted(() => ({ path: '/', query: { at: '/settings/people' }, params: {} }));
vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  createRouter: () => ({ beforeEach: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => at }));

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const as = (role: Role) => aPerson({ role, rights: rightsOf(role) });

describe('the pages of the app', () => {
  it.each([
    ['/', 'house.see'],
    ['/devices/add', 'devices.pair'],
    ['/devices/a1', 'devices.see'],
    ['/air/sensors/a1.o2/calibrate', 'air.calibrate'],
    ['/settings/people/p2?x=1#y', 'people.manage'],
    ['/journal', 'journal.see'],
    ['/settings/journal', 'journal.see'],
    ['/settings', null],
    ['/settings/account', null],
    ['/join', null],
  ])('%s needs %s', (path, right) => {
    expect(rightFor(path)).toBe(right);
  });

  it.each([
    ['owner', ['Home', 'Air', 'Devices', 'Journal', 'Settings']],
    ['child', ['Home', 'Air', 'Devices', 'Settings']],
    ['installer', ['Home', 'Air', 'Devices', 'Settings']],
    ['guest', ['Home', 'Settings']],
    ['panel', ['Settings']],
  ] as const)('the sections that %s is offered', (role, sections) => {
    const nav = mountInApp(AppNav, {}, as(role));
    expect(nav.findAll('a').map((link) => link.text())).toEqual(sections);
  });

  it('a child, an installer and a guest find closed what is not theirs', () => {
    const closed = [
      '/settings/people',
      '/settings/people/p2',
      '/settings/history/import',
      '/alarms',
      '/journal',
    ];
    for (const role of ['child', 'installer', 'guest', 'panel'] as const)
      for (const path of closed)
        expect([role, path, isOpenTo(path, (right) => rightsOf(role).includes(right))]).toEqual([
          role,
          path,
          false,
        ]);
  });
});

describe('a page that is closed', () => {
  it('says what it is for, who may, and as what one is here', async () => {
    hubAnswers({ 'GET /api/roles': { rights: rightTable() } });
    const page = mountInApp(MayNotPage, {}, as('guest'));
    await flushPromises();
    const text = page.get('[data-part=may-not]').text();
    expect(text).toContain('This page is to see the people of the house.');
    expect(text).toContain('Who may: Owner and Adult.');
    expect(text).toContain('You are here as: Guest.');
    expect(page.get('a[href="/"]').text()).toBe('To the front page');
  });

  it('offers a panel no front page, which would be closed too', async () => {
    hubAnswers({ 'GET /api/roles': { rights: rightTable() } });
    const page = mountInApp(MayNotPage, {}, as('panel'));
    await flushPromises();
    expect(page.find('a[href="/"]').exists()).toBe(false);
    expect(page.text()).toContain('It has keys, and shows nothing.');
  });
});

describe('who may do what', () => {
  it('is the hub’s own table: a row for each right, a column for each role, the own one marked', async () => {
    hubAnswers({ 'GET /api/roles': { rights: rightTable() } });
    const page = mountInApp(RolesPage, {}, as('adult'));
    await flushPromises();
    const rows = page.findAll('tbody tr');
    expect(rows).toHaveLength(Right.options.length);
    for (const [place, { roles }] of rightTable().entries()) {
      const said = rows[place]?.findAll('td').map((cell) => cell.text().includes('yes'));
      expect(said).toEqual(Role.options.map((role) => roles.includes(role)));
    }
    expect(page.get('thead .mine').text()).toBe('Adult');
    expect(page.get('details[open] summary').text()).toContain('Adult');
  });
});
