import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useSession } from '../../src/hub/session.ts';
import LoginPage from '../../src/people/LoginPage.vue';
import SecondFactorCard from '../../src/people/SecondFactorCard.vue';
import { NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

type Mounted = ReturnType<typeof mountInApp>;
const problem = (code: string, status: number, more: object = {}) => ({
  status,
  body: { type: `/problems/${code}`, title: 'No.', status, ...more },
});
const press = async (page: Mounted, words: string) => {
  const found = page.findAll('button').find((one) => one.text() === words);
  if (found === undefined) throw new Error(`There is no button "${words}".`);
  await found.trigger('click');
  await flushPromises();
};
const submit = async (page: Mounted) => {
  await page.get('form').trigger('submit');
  await flushPromises();
};

describe('logging in', () => {
  const NAME = 'input[autocomplete=username]';
  const PASSWORD = 'input[autocomplete=current-password]';
  const CODE = 'input[autocomplete=one-time-code]';
  const fill = async (page: Mounted) => {
    await page.get(NAME).setValue('Mona');
    await page.get(PASSWORD).setValue('a-door-of-blue-glass');
    await submit(page);
  };

  it('an empty answer is said at its field, which has the focus', async () => {
    const calls = hubAnswers({});
    const page = mountInApp(LoginPage, {}, aPerson(), 'out');
    await page.get(NAME).setValue('Mona');
    await submit(page);
    expect(page.get('.field.wrong').text()).toContain('Write your password.');
    expect(document.activeElement).toBe(page.get(PASSWORD).element);
    expect(calls).toEqual([]);
  });

  it('asks for the code of the app as a next step, not as a refusal, and sends all three', async () => {
    let wanted = true;
    const calls = hubAnswers({
      'POST /api/sessions': () => (wanted ? problem('second-factor-needed', 401) : { status: 201, body: {} }),
      'GET /api/sessions/current': aPerson(),
    });
    const page = mountInApp(LoginPage, {}, aPerson(), 'out');
    await fill(page);
    expect(page.find('[role=alert]').exists()).toBe(false);
    expect(page.find(PASSWORD).exists()).toBe(false);
    expect(document.activeElement).toBe(page.get(CODE).element);
    await submit(page);
    expect(page.get('.field.wrong').text()).toContain('Write the code.');
    wanted = false;
    await page.get(CODE).setValue('٤٩٢٠٣٩');
    await submit(page);
    expect(calls.filter(({ call }) => call === 'POST /api/sessions').at(-1)?.body).toEqual({
      name: 'Mona',
      password: 'a-door-of-blue-glass',
      code: '492039',
      cookie: true,
    });
    expect(useSession().state).toBe('in');
  });

  it('a code that does not match is said, and one may begin again', async () => {
    let tries = 0;
    hubAnswers({
      'POST /api/sessions': () => {
        tries += 1;
        return problem(tries === 1 ? 'second-factor-needed' : 'second-factor-refused', 401);
      },
    });
    const page = mountInApp(LoginPage, {}, aPerson(), 'out');
    await fill(page);
    await page.get(CODE).setValue('111111');
    await submit(page);
    expect(page.get('[role=alert]').text()).toContain('did not match');
    expect(document.activeElement).toBe(page.get(CODE).element);
    await press(page, 'Another name or password');
    expect(page.get<HTMLInputElement>(PASSWORD).element.value).toBe('');
  });

  it('says how long to wait when there were too many tries', async () => {
    hubAnswers({ 'POST /api/sessions': () => problem('too-many-tries', 429, { retryAfterS: 65 }) });
    const page = mountInApp(LoginPage, {}, aPerson(), 'out');
    await fill(page);
    expect(page.get('[role=alert]').text()).toMatch(/Too many tries\. Try again in 1 min\./);
  });

  it('says that one was logged out from elsewhere', async () => {
    hubAnswers({});
    const page = mountInApp(LoginPage, {}, aPerson(), 'out');
    expect(page.text()).not.toContain('You have been logged out.');
    useSession().turnedOut = true;
    await flushPromises();
    expect(page.get('[role=status]').text()).toContain('You have been logged out.');
  });
});

describe('the authenticator app', () => {
  const GRANT = {
    address: 'otpauth://totp/Homeward:Mona?secret=JBSWY3DPEHPK3PXP',
    secret: 'JBSWY3DPEHPK3PXP',
  };
  const CODES = ['abcd-efgh', 'ijkl-mnop'];
  const factor = { since: NOW, recoveryCodesLeft: 2 };
  const path = 'POST /api/people/current/second-factor';

  it('is added with the password, proved by a code, and its recovery codes are shown once', async () => {
    const calls = hubAnswers({
      [path]: { ...GRANT },
      [`${path}/prove`]: { recoveryCodes: CODES },
      'GET /api/hello': { hubId: 'h', version: '1', claimed: true, now: 1 },
      'GET /api/sessions/current': aPerson({ secondFactor: factor }),
    });
    const card = mountInApp(SecondFactorCard);
    await press(card, 'Add an authenticator app');
    await card.get('input[autocomplete=current-password]').setValue('a-door-of-blue-glass');
    await submit(card);
    expect(card.get('#second-secret').text()).toBe(GRANT.secret);
    expect(card.get('svg[role=img]').attributes('aria-label')).toContain('authenticator');
    await submit(card);
    expect(card.get('.field.wrong').text()).toContain('Six digits');
    await card.get('input[autocomplete=one-time-code]').setValue('٤٩٢ ٠٣٩');
    await submit(card);
    expect(calls.find(({ call }) => call.endsWith('/prove'))?.body).toEqual({ code: '492039' });
    expect(card.get('#recovery-codes').text()).toBe(CODES.join('\n'));
    expect(card.html()).not.toContain(GRANT.secret);
    await press(card, 'I have put them down');
    expect(card.html()).not.toContain(CODES[0]);
    expect(card.text()).toContain('2 recovery codes are left.');
    expect(document.activeElement).toBe(card.get('h2').element);
  });

  it('a wrong password and a wrong code are said at their fields', async () => {
    let isRight = false;
    hubAnswers({
      [path]: () => (isRight ? { status: 201, body: GRANT } : problem('password-refused', 403)),
      [`${path}/prove`]: () => problem('second-factor-refused', 401),
    });
    const card = mountInApp(SecondFactorCard);
    await press(card, 'Add an authenticator app');
    await card.get('input[autocomplete=current-password]').setValue('wrong');
    await submit(card);
    expect(card.get('.field.wrong').text()).toContain('not your password');
    isRight = true;
    await submit(card);
    await card.get('input[autocomplete=one-time-code]').setValue('111111');
    await submit(card);
    expect(card.get('.field.wrong').text()).toContain('did not match');
    expect(document.activeElement).toBe(card.get('input[autocomplete=one-time-code]').element);
  });

  it('is removed with the password, and says before what that means', async () => {
    let isThere = true;
    hubAnswers({
      [`${path}/remove`]: () => {
        isThere = false;
        return { status: 204 };
      },
      'GET /api/hello': { hubId: 'h', version: '1', claimed: true, now: 1 },
      'GET /api/sessions/current': () => ({ body: aPerson({ secondFactor: isThere ? factor : null }) }),
    });
    const card = mountInApp(SecondFactorCard, {}, aPerson({ secondFactor: factor }));
    await press(card, 'Remove the app');
    expect(card.text()).toContain('a login asks for the password alone');
    await card.get('input[autocomplete=current-password]').setValue('a-door-of-blue-glass');
    await submit(card);
    expect(card.text()).toContain('Add an authenticator app');
  });
});
