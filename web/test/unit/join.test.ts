import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useSession } from '../../src/hub/session.ts';
import JoinPage from '../../src/people/JoinPage.vue';
import { isOnlyHere, joinLink, tokenIn } from '../../src/people/joinLink.ts';
import { speak } from '../../src/text/i18n.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

const TOKEN = 'k'.repeat(43);
const replace = vi.hoisted(() => vi.fn());
const at = vi.hoisted(() => ({ path: '/join', hash: '', query: {}, params: {} }));
vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => at, useRouter: () => ({ replace }) }));

afterEach(async () => {
  vi.unstubAllGlobals();
  replace.mockClear();
  document.body.innerHTML = '';
  await speak('en');
});

const MEANT = { name: 'Ben', role: 'guest', until: null, expiresAt: 1_900_000_000_000, by: 'Mona' };
const refusal = (code: string, status: number) => () => ({
  status,
  body: { type: `/problems/${code}`, title: 'No.', status },
});

const open = async (answers: Parameters<typeof hubAnswers>[0], hash = `#${TOKEN}`, isIn = false) => {
  at.hash = hash;
  const calls = hubAnswers(answers);
  const page = mountInApp(JoinPage, {}, aPerson(), isIn ? 'in' : 'out');
  await flushPromises();
  return { page, calls };
};

describe('the link of an invitation', () => {
  it('has its token behind the #, so that it is never sent', () => {
    const { pathname, search, hash } = new URL(joinLink('https://homeward.local:8443', TOKEN));
    expect([pathname, search, hash]).toEqual(['/join', '', `#${TOKEN}`]);
    expect(tokenIn(hash)).toBe(TOKEN);
  });

  it.each(['', '#', '#a b', `#${'x'.repeat(65)}`, '#<script>'])('%j holds none', (hash) => {
    expect(tokenIn(hash)).toBe('');
  });

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['homeward.local', false],
    ['192.168.1.10', false],
  ])('%s is only here: %s', (hostname, is) => {
    expect(isOnlyHere(hostname)).toBe(is);
  });
});

describe('joining', () => {
  it('says who invites and as what; a name, a password and it is done, and the link is not left behind', async () => {
    const { page, calls } = await open({
      'POST /api/people/invitations/look': MEANT,
      'POST /api/people/invitations/accept': () => ({ status: 201, body: {} }),
      'GET /api/sessions/current': { ...aPerson({ name: 'Benjamin', role: 'guest' }) },
    });
    expect(page.get('[data-part=meant]').text()).toMatch(/Mona.* invites you.*Guest/s);
    const [name, password, device] = page.findAll('[data-part=join] input');
    expect(name?.element).toHaveProperty('value', 'Ben');
    await page.get('[data-part=join]').trigger('submit');
    await flushPromises();
    expect(page.get('.field.wrong').text()).toContain('At least 8 characters');
    expect(document.activeElement).toBe(password?.element);
    await name?.setValue('Benjamin');
    await password?.setValue('a window to the sea');
    expect(page.get('[data-part=join]').text()).toContain('Good: that is long.');
    await device?.setValue('my phone');
    await page.get('[data-part=join]').trigger('submit');
    await flushPromises();
    expect(calls.find(({ call }) => call.endsWith('/accept'))?.body).toEqual({
      token: TOKEN,
      name: 'Benjamin',
      password: 'a window to the sea',
      language: 'en',
      deviceName: 'my phone',
      cookie: true,
    });
    expect(useSession().state).toBe('in');
    expect(replace).toHaveBeenCalledWith('/');
    expect(page.find('[data-part=is-in]').exists()).toBe(false);
  });

  it('a name that is taken is said at the name, and the link still works', async () => {
    const { page } = await open({
      'POST /api/people/invitations/look': MEANT,
      'POST /api/people/invitations/accept': refusal('name-taken', 409),
    });
    await page.findAll('[data-part=join] input')[1]?.setValue('a window to the sea');
    await page.get('[data-part=join]').trigger('submit');
    await flushPromises();
    expect(page.get('.field.wrong').text()).toContain('has that name already');
    expect(document.activeElement).toBe(page.get('[data-part=join] input').element);
  });

  it('a link that was used or is over is told plainly, and has no form', async () => {
    const { page } = await open({ 'POST /api/people/invitations/look': refusal('invitation-refused', 403) });
    expect(page.text()).toContain('does not work any more');
    expect(page.find('form').exists()).toBe(false);
  });

  it('a link without a token asks the hub nothing', async () => {
    const { page, calls } = await open({}, '');
    expect(page.text()).toContain('does not work any more');
    expect(calls).toEqual([]);
  });

  it('somebody who is logged in is asked first, and the invitation is not looked at', async () => {
    const { page, calls } = await open({ 'POST /api/people/invitations/look': MEANT }, `#${TOKEN}`, true);
    expect(page.get('[data-part=is-in]').text()).toMatch(/logged in here as .*Mona/);
    expect(calls).toEqual([]);
  });
});
