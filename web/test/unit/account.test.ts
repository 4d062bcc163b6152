import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isGuessablePin } from '../../../hub/src/people/pin.ts';
import { missingInPins, passwordAdvice } from '../../src/people/answers.ts';
import OwnSessions from '../../src/people/OwnSessions.vue';
import PinForm from '../../src/people/PinForm.vue';
import { NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({ useIonRouter: () => ({ navigate: vi.fn() }) }));

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const problem = (code: string, status: number, detail?: string) => () => ({
  status,
  body: { type: `/problems/${code}`, title: 'No.', status, ...(detail === undefined ? {} : { detail }) },
});

describe('the words for a password while it is written', () => {
  it.each([
    ['', 'empty'],
    ['1234567', 'short'],
    ['12345678', 'fair'],
    ['twelve lette', 'fair'],
    ['a door of blue', 'fair'],
    ['a door of blue g', 'long'],
    ['dear mona comes home', 'name'],
  ])('%s: %s', (password, words) => {
    expect(passwordAdvice(password, 'Mona')).toBe(`people.advice.${words}`);
  });

  it('a name of two letters may be in any word', () => {
    expect(passwordAdvice('a bolt of blue cloth', 'Bo')).toBe('people.advice.long');
  });
});

describe('the PINs', () => {
  const fields = (form: ReturnType<typeof mountInApp>) => form.findAll('input');
  const fill = async (form: ReturnType<typeof mountInApp>, ...words: readonly string[]) => {
    for (const [place, word] of words.entries()) await fields(form)[place]?.setValue(word);
    await form.get('form').trigger('submit');
    await flushPromises();
  };

  it.each([
    [{ pin: '12345', duressPin: '', password: 'x' }, ['pin']],
    [{ pin: '739164', duressPin: '1', password: 'x' }, ['duressPin']],
    [{ pin: '٧٣٩١٦٤', duressPin: '', password: 'x' }, []],
    [{ pin: '739164', duressPin: '482075', password: '' }, ['password']],
  ])('%j lacks %j', (answers, wanted) => {
    expect(Object.keys(missingInPins(answers))).toEqual(wanted);
  });

  it('are chosen together; an empty second one is none, and nothing stays on the screen', async () => {
    const calls = hubAnswers({ 'POST /api/people/current/pins': () => ({ status: 204 }) });
    const form = mountInApp(PinForm);
    await fill(form, '٧٣٩١٦٤', '', 'a-door-of-blue-glass');
    expect(calls.map(({ body }) => body)).toEqual([{ password: 'a-door-of-blue-glass', pin: '739164' }]);
    expect(fields(form).map(({ element }) => element.value)).toEqual(['', '', '']);
    const withNone = form.text();
    await fill(form, '739164', '482075', 'a-door-of-blue-glass');
    expect(calls[1]?.body).toMatchObject({ duressPin: '482075' });
    expect(form.text()).toBe(withNone);
  });

  it('what the hub does not take stands at its field, which has the focus', async () => {
    expect(isGuessablePin('123456')).toBe(true);
    hubAnswers({
      'POST /api/people/current/pins': problem(
        'bad-request',
        400,
        'pin: among the first that somebody would try',
      ),
    });
    const form = mountInApp(PinForm);
    await fill(form, '123456', '', 'a-door-of-blue-glass');
    expect(form.get('.field.wrong').text()).toContain('among the first');
    expect(document.activeElement).toBe(fields(form)[0]?.element);
    expect(form.find('.refused').exists()).toBe(false);
  });

  it('a duress PIN that is one slip away is refused at its own field', async () => {
    hubAnswers({
      'POST /api/people/current/pins': problem('bad-request', 400, 'duressPin: one slip away from the other'),
    });
    const form = mountInApp(PinForm);
    await fill(form, '739164', '739165', 'a-door-of-blue-glass');
    expect(document.activeElement).toBe(fields(form)[1]?.element);
    expect(form.get('.field.wrong').text()).toContain('one slip away');
  });

  it('a wrong password is said at the password', async () => {
    hubAnswers({ 'POST /api/people/current/pins': problem('password-refused', 403) });
    const form = mountInApp(PinForm);
    await fill(form, '739164', '', 'wrong');
    expect(document.activeElement).toBe(fields(form)[2]?.element);
    expect(form.get('.field.wrong').text()).toContain('not your password');
  });
});

describe('where I am logged in', () => {
  const one = (id: string, more: object) => ({
    id,
    deviceName: null,
    browser: null,
    system: null,
    createdAt: NOW,
    lastSeenAt: NOW,
    endsAt: NOW + 1_000,
    current: false,
    ...more,
  });
  const SESSIONS = [
    one('phone', { deviceName: 'My phone', browser: 'Firefox', system: 'Android' }),
    one('here', { browser: 'Chrome', system: 'Linux', current: true }),
    one('program', {}),
  ];

  it('this device stands first and cannot be ended here; the others say what they are', async () => {
    hubAnswers({ 'GET /api/sessions': { sessions: SESSIONS } });
    const list = mountInApp(OwnSessions);
    await flushPromises();
    const rows = list.findAll('[data-session]');
    expect(rows.map((row) => row.attributes('data-session'))).toEqual(['here', 'phone', 'program']);
    expect(rows[0]?.text()).toContain('What you use now');
    expect(rows[0]?.find('button').exists()).toBe(false);
    expect(rows[1]?.text()).toContain('My phone');
    expect(rows[2]?.text()).toContain('An app or a program');
  });

  it('one is ended after a question, and the list is asked anew', async () => {
    const calls = hubAnswers({
      'GET /api/sessions': { sessions: SESSIONS },
      'DELETE /api/sessions/phone': () => ({ status: 204 }),
    });
    const list = mountInApp(OwnSessions);
    await flushPromises();
    await list.get('[data-session=phone] button').trigger('click');
    await list.get('[data-session=phone] .btn.main').trigger('click');
    await flushPromises();
    expect(calls.map(({ call }) => call)).toEqual([
      'GET /api/sessions',
      'DELETE /api/sessions/phone',
      'GET /api/sessions',
    ]);
  });

  it('all others are ended at once', async () => {
    const calls = hubAnswers({
      'GET /api/sessions': { sessions: SESSIONS },
      'DELETE /api/sessions/': () => ({ status: 204 }),
    });
    const list = mountInApp(OwnSessions);
    await flushPromises();
    const click = (words: string) =>
      list
        .findAll('button')
        .find((button) => button.text() === words)
        ?.trigger('click');
    await click('End all others');
    await click('Yes, end the others');
    await flushPromises();
    const ended = calls.map(({ call }) => call).filter((call) => call.startsWith('DELETE'));
    expect(ended).toEqual(['DELETE /api/sessions/phone', 'DELETE /api/sessions/program']);
  });
});
