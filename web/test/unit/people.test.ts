import type { InvitationView, PersonView } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endOf } from '../../src/people/access.ts';
import PeoplePage from '../../src/people/PeoplePage.vue';
import PersonPage from '../../src/people/PersonPage.vue';
import { speak } from '../../src/text/i18n.ts';
import { NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

const navigate = vi.hoisted(() => vi.fn());
vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => ({ params: { id: 'p2' } }) }));

const HOUR = 3_600_000;
const TOKEN = 'k'.repeat(43);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  navigate.mockClear();
  document.body.innerHTML = '';
  await speak('en');
});

const somebody = (given: Partial<PersonView> = {}): PersonView => ({
  id: 'p2',
  name: 'Ben',
  role: 'adult',
  until: null,
  createdAt: NOW - 48 * HOUR,
  lastSeenAt: NOW - 5 * 60_000,
  secondFactor: false,
  passkeys: 0,
  ...given,
});
const me = somebody({ id: 'p1', name: 'Mona', role: 'owner' });
const invitation: InvitationView = {
  id: 'i1',
  name: 'Aunt Lina',
  role: 'guest',
  until: null,
  createdAt: NOW,
  expiresAt: NOW + 24 * HOUR,
  by: 'Mona',
};

const open = async (
  people: readonly PersonView[] = [me, somebody()],
  who = aPerson(),
  more: Parameters<typeof hubAnswers>[0] = {},
) => {
  const calls = hubAnswers({
    'GET /api/people': { people },
    'GET /api/people/invitations': { invitations: [invitation] },
    ...more,
  });
  const page = mountInApp(PeoplePage, {}, who);
  await flushPromises();
  return { page, calls };
};
const button = (page: Awaited<ReturnType<typeof open>>['page'], words: string) => {
  const found = page.findAll('button').find((one) => one.text() === words);
  if (found === undefined) throw new Error(`There is no button "${words}".`);
  return found;
};

describe('the people of the house', () => {
  it('are told with what they are, since when, when they were last here and when their access ends', async () => {
    const { page } = await open([
      me,
      somebody({ role: 'installer', until: NOW + HOUR }),
      somebody({ id: 'p3', name: 'Tom', role: 'guest', until: NOW - HOUR, lastSeenAt: null }),
    ]);
    const [first, second, third] = page.findAll('.list > li').map((row) => row.text());
    expect(first).toContain('this is you');
    expect(second).toMatch(/Ben.*Installer.*Since .* · last here 5 min ago.*Access ends /s);
    expect(third).toMatch(/Tom.*not logged in anywhere.*Access ended /s);
    expect(page.get('a[href="/settings/people/p2"]').text()).toContain('Ben');
    expect(page.get('a[href="/settings/account"]').text()).toContain('Mona');
  });

  it('an adult sees them, and is offered nothing that an owner alone may do', async () => {
    const adult = aPerson({ personId: 'p2', role: 'adult', rights: ['own.session', 'people.see'] });
    const { page, calls } = await open([me, somebody()], adult);
    expect(page.text()).toContain('Mona');
    expect(page.text()).not.toContain('Invite somebody');
    expect(page.find('a[href="/settings/people/p1"]').exists()).toBe(false);
    expect(calls.map(({ call }) => call)).toEqual(['GET /api/people']);
  });

  it('a name is a text, whatever stands in it', async () => {
    const name = '<img src=x onerror="globalThis.struck = true">\u202e';
    const { page } = await open([me, somebody({ name })]);
    expect(page.text()).toContain('<img src=x');
    expect(page.find('img').exists()).toBe(false);
    expect('struck' in globalThis).toBe(false);
  });
});

describe('an invitation', () => {
  it('ends at a whole millisecond, however the hub’s clock is reckoned here: the hub takes no other', () => {
    expect(endOf(24, NOW + 0.4)).toBe(NOW + 24 * HOUR - 60_000);
    expect(Number.isInteger(endOf(1, NOW + 0.7))).toBe(true);
  });

  const grant = { invitation: { ...invitation, name: 'Ben', role: 'installer' }, token: TOKEN };

  it('is asked for with a role, an end that the role must have, and how long the link works', async () => {
    const { page, calls } = await open([me], aPerson(), { 'POST /api/people/invitations': grant });
    await button(page, 'Invite somebody').trigger('click');
    await page.get('form').trigger('submit');
    expect(page.text()).toContain('Write a name.');
    expect(document.activeElement).toBe(page.get('input').element);
    await page.get('input').setValue(' Ben ');
    await page.get('input[value=installer]').setValue(true);
    const [access, valid] = page.findAll('select');
    expect(access?.findAll('option').map((one) => one.text())).toEqual([
      '4 h',
      '24 h',
      '3 days',
      '7 days',
      '30 days',
    ]);
    await valid?.setValue('168');
    await page.get('form').trigger('submit');
    await flushPromises();
    const sent = calls.find(({ call }) => call === 'POST /api/people/invitations')?.body;
    expect(sent).toMatchObject({ name: 'Ben', role: 'installer' });
    const { until, expiresAt } = sent as { until: number; expiresAt: number };
    expect(Math.round((until - NOW) / HOUR)).toBe(4);
    expect(Math.round((expiresAt - NOW) / HOUR)).toBe(168);
    expect(expiresAt).toBeLessThan(NOW + 168 * HOUR);
  });

  it('is shown once: as a link with the token behind the #, and as a QR code; then it is gone', async () => {
    const { page } = await open([me], aPerson(), { 'POST /api/people/invitations': grant });
    await button(page, 'Invite somebody').trigger('click');
    await page.get('input').setValue('Ben');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('#join-link').text()).toBe(`${location.origin}/join#${TOKEN}`);
    expect(page.get('svg[role=img]').attributes('aria-label')).toContain('camera');
    expect(document.activeElement?.textContent).toContain('Ben');
    await button(page, 'Done').trigger('click');
    await flushPromises();
    expect(page.html()).not.toContain(TOKEN);
    expect(document.activeElement).toBe(button(page, 'Invite somebody').element);
  });

  it('that is open is withdrawn after one more question', async () => {
    const { page, calls } = await open([me], aPerson(), {
      'DELETE /api/people/invitations/i1': () => ({ status: 204 }),
    });
    expect(page.text()).toMatch(/Aunt Lina.*Guest, invited by .*Mona/s);
    await page.get('button[aria-label="Withdraw: Aunt Lina"]').trigger('click');
    await flushPromises();
    expect(document.activeElement?.textContent).toBe('Keep');
    expect(calls.some(({ call }) => call.startsWith('DELETE'))).toBe(false);
    await button(page, 'Withdraw').trigger('click');
    await flushPromises();
    expect(calls.filter(({ call }) => call === 'DELETE /api/people/invitations/i1')).toHaveLength(1);
  });

  it('whose name is taken already is refused in words', async () => {
    const problem = { type: '/problems/name-taken', title: 'No.', status: 409 };
    const { page } = await open([me], aPerson(), {
      'POST /api/people/invitations': () => ({ status: 409, body: problem }),
    });
    await button(page, 'Invite somebody').trigger('click');
    await page.get('input').setValue('Mona');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('has that name already');
  });
});

describe('one person', () => {
  const openOne = async (person: PersonView, more: Parameters<typeof hubAnswers>[0] = {}) => {
    const session = {
      id: 's1',
      deviceName: null,
      browser: 'Firefox',
      system: 'Android',
      createdAt: NOW - HOUR,
      lastSeenAt: NOW,
      endsAt: NOW + HOUR,
      current: false,
    };
    const calls = hubAnswers({
      'GET /api/people': { people: [me, person] },
      'GET /api/people/p2/sessions': { sessions: [session] },
      ...more,
    });
    const page = mountInApp(PersonPage);
    await flushPromises();
    return { page, calls };
  };

  it('gets another role, which is said to log them out; an end is sent only where the role has one', async () => {
    const guest = somebody({ role: 'guest', until: NOW + 24 * HOUR });
    const { page, calls } = await openOne(guest, {
      'PATCH /api/people/p2': { ...guest, role: 'adult', until: null },
    });
    expect(page.get('select').findAll('option')[0]?.text()).toBe('As it is');
    expect(page.find('input[value=panel]').exists()).toBe(false);
    expect(page.text()).not.toContain('logged out everywhere by this');
    await page.get('input[value=adult]').setValue(true);
    expect(page.find('[data-part=access] select').exists()).toBe(false);
    expect(page.text()).toContain('logged out everywhere by this');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(calls.find(({ call }) => call.startsWith('PATCH'))?.body).toEqual({ role: 'adult', until: null });
  });

  it('a panel is no person: it gets no other role', async () => {
    const { page } = await openOne(somebody({ role: 'panel' }));
    expect(page.find('[data-part=access]').exists()).toBe(false);
  });

  it('is logged out everywhere, for a phone that was lost', async () => {
    const { page, calls } = await openOne(somebody(), {
      'DELETE /api/people/p2/sessions': () => ({ status: 204 }),
    });
    expect(page.get('[data-session=s1]').text()).toContain('Firefox');
    await button(page, 'End all of them').trigger('click');
    await button(page, 'Yes, end all').trigger('click');
    await flushPromises();
    expect(calls.some(({ call }) => call === 'DELETE /api/people/p2/sessions')).toBe(true);
  });

  it('the last owner is not removed, and the words say why', async () => {
    const problem = { type: '/problems/last-owner', title: 'No.', status: 409 };
    const { page } = await openOne(somebody({ role: 'owner' }), {
      'DELETE /api/people/p2': () => ({ status: 409, body: problem }),
    });
    await button(page, 'Remove').trigger('click');
    expect(page.text()).toMatch(/Remove .*Ben.* from this house\?/);
    await button(page, 'Yes, remove').trigger('click');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('Make somebody else an owner first');
    expect(navigate).not.toHaveBeenCalled();
  });

  it('who is removed is gone, and the list of people is shown', async () => {
    const { page } = await openOne(somebody(), { 'DELETE /api/people/p2': () => ({ status: 204 }) });
    await button(page, 'Remove').trigger('click');
    await button(page, 'Yes, remove').trigger('click');
    await flushPromises();
    expect(navigate).toHaveBeenCalledWith('/settings/people', 'root', 'replace');
  });
});
