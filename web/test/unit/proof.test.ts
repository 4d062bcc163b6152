import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useProof } from '../../src/hub/proof.ts';
import PasswordForm from '../../src/people/PasswordForm.vue';
import ProofDialog from '../../src/people/ProofDialog.vue';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

const refusal = (code: string, status: number) => () => ({
  status,
  body: { type: `/problems/${code}`, title: 'No.', status },
});

describe('the question whether it is still you', () => {
  const open = async (answer: () => { status: number; body?: unknown }) => {
    const calls = hubAnswers({ 'POST /api/sessions/current/confirm': answer });
    const dialog = mountInApp(ProofDialog);
    const asked = useProof().ask();
    await flushPromises();
    return { dialog, calls, asked };
  };
  const field = (dialog: ReturnType<typeof mountInApp>) => dialog.get('input[autocomplete=current-password]');

  it('has the focus in its one field, takes the password and lets go on what waited', async () => {
    const { dialog, calls, asked } = await open(() => ({ status: 204 }));
    expect(dialog.get('[role=dialog]').attributes('aria-modal')).toBe('true');
    expect(document.activeElement).toBe(field(dialog).element);
    await field(dialog).setValue('a-door-of-blue-glass');
    await dialog.get('form').trigger('submit');
    expect(await asked).toBe(true);
    expect(calls[0]?.body).toEqual({ password: 'a-door-of-blue-glass' });
  });

  it('says that the password was wrong, at the password, and may be left by Escape', async () => {
    const { dialog, asked } = await open(refusal('password-refused', 403));
    await dialog.get('form').trigger('submit');
    expect(dialog.get('.field.wrong').text()).toContain('Write your password.');
    await field(dialog).setValue('wrong');
    await dialog.get('form').trigger('submit');
    await flushPromises();
    expect(dialog.get('.field.wrong').text()).toContain('not your password');
    expect(document.activeElement).toBe(field(dialog).element);
    await dialog.get('.over').trigger('keydown', { key: 'Escape' });
    expect(await asked).toBe(false);
  });

  it('says how long to wait after too many tries', async () => {
    const { dialog } = await open(() => ({
      status: 429,
      body: { type: '/problems/too-many-tries', title: 'No.', status: 429, retryAfterS: 40 },
    }));
    await field(dialog).setValue('wrong');
    await dialog.get('form').trigger('submit');
    await flushPromises();
    expect(dialog.get('[role=alert]').text()).toMatch(/Too many tries\. Try again in 40 s\./);
  });
});

describe('another password', () => {
  const fill = async (form: ReturnType<typeof mountInApp>, now: string, next: string) => {
    await form.get('input[autocomplete=current-password]').setValue(now);
    await form.get('input[autocomplete=new-password]').setValue(next);
    await form.get('form').trigger('submit');
    await flushPromises();
  };

  it('ends everywhere else unless one says otherwise, and leaves nothing on the screen', async () => {
    const calls = hubAnswers({ 'POST /api/people/current/password': () => ({ status: 204 }) });
    const form = mountInApp(PasswordForm);
    await fill(form, 'a-door-of-blue-glass', 'a window to the sea');
    await form.get('input[type=checkbox]').setValue(false);
    await fill(form, 'a window to the sea', 'seven green bottles');
    expect(calls.map(({ body }) => body)).toEqual([
      { password: 'a-door-of-blue-glass', newPassword: 'a window to the sea', endOthers: true },
      { password: 'a window to the sea', newPassword: 'seven green bottles', endOthers: false },
    ]);
    expect(form.get('[role=status]').text()).toBe('Changed.');
    expect(
      form.findAll<HTMLInputElement>('input[type=password]').map(({ element }) => element.value),
    ).toEqual(['', '']);
  });

  it('one that is too short is said before the hub is asked, at its field', async () => {
    const calls = hubAnswers({});
    const form = mountInApp(PasswordForm);
    await fill(form, 'a-door-of-blue-glass', 'short');
    expect(calls).toEqual([]);
    expect(document.activeElement).toBe(form.get('input[autocomplete=new-password]').element);
  });

  it('a wrong one so far is said at its field', async () => {
    hubAnswers({ 'POST /api/people/current/password': refusal('password-refused', 403) });
    const form = mountInApp(PasswordForm);
    await fill(form, 'wrong', 'a window to the sea');
    expect(form.get('.field.wrong').text()).toContain('not your password');
    expect(document.activeElement).toBe(form.get('input[autocomplete=current-password]').element);
  });
});
