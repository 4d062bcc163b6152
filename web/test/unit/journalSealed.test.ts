import { SealedPage } from '@homeward/hub/api';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import SealedCard from '../../src/journal/SealedCard.vue';
import { NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

const RECORD = { seq: 7, at: NOW, houseMs: 5, personId: 'p2', who: 'Omar', purpose: 'check' };
const aPage = (given: Partial<SealedPage> = {}): SealedPage =>
  SealedPage.parse({ records: [], looked: 12, unopened: 0, isWaiting: false, next: null, ...given });

let card: VueWrapper;
const open = (): VueWrapper => {
  card = mountInApp(SealedCard);
  return card;
};
const give = async (password: string): Promise<void> => {
  await card.get('input').setValue(password);
  await card.get('form').trigger('submit');
  await flushPromises();
};
const said = (): string => card.text().replace(/[\u2066-\u2069]/g, '');

afterEach(() => {
  card?.unmount();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('what is sealed', () => {
  it('asks nothing of the hub before the password was given', async () => {
    const calls = hubAnswers({});
    open();
    await flushPromises();
    await card.get('form').trigger('submit');
    await flushPromises();
    expect(calls).toEqual([]);
    expect(said()).toContain('Write your password.');
    expect(document.activeElement?.tagName).toBe('INPUT');
  });

  it('is told with who, when and what for; the password is sent once and kept nowhere', async () => {
    const calls = hubAnswers({ 'POST /api/journal/sealed': aPage({ records: [RECORD] }) });
    open();
    await give('a-door-of-blue-glass');
    expect(calls.map(({ body }) => body)).toEqual([{ password: 'a-door-of-blue-glass' }]);
    expect(calls[0]?.url.search).toBe('');
    expect(said()).toMatch(
      /Once somebody was forced\.12 sealed parts were opened\..*: Omar was forced to type the PIN, to try it\./,
    );
    expect(card.find('input').exists()).toBe(false);
    await card.findAll('button').at(-1)?.trigger('click');
    await flushPromises();
    expect(said()).not.toContain('Omar');
    expect((card.get('input').element as HTMLInputElement).value).toBe('');
  });

  it('says that nothing was wrong, and what it has no key to', async () => {
    hubAnswers({ 'POST /api/journal/sealed': aPage({ unopened: 2, isWaiting: true }) });
    open();
    await give('x');
    expect(said()).toContain('Nothing was wrong.');
    expect(said()).toContain('2 are sealed to a key that you do not have.');
    expect(said()).toContain('You get it when another owner logs in.');
  });

  it('goes on with older ones without asking again', async () => {
    const calls = hubAnswers({
      'POST /api/journal/sealed': () => ({
        body:
          calls.length > 1
            ? aPage({ records: [{ ...RECORD, seq: 2 }] })
            : aPage({ records: [RECORD], next: 5 }),
      }),
    });
    open();
    await give('x');
    await card.findAll('button')[0]?.trigger('click');
    await flushPromises();
    expect(calls.map(({ body }) => body)).toEqual([{ password: 'x' }, { password: 'x', before: 5 }]);
    expect(card.findAll('li')).toHaveLength(2);
    expect(said()).toContain('24 sealed parts were opened.');
  });

  it('a wrong password is told, and the field is empty and asked again', async () => {
    const problem = { type: '/problems/password-refused', title: 'No.', status: 403 };
    hubAnswers({ 'POST /api/journal/sealed': () => ({ status: 403, body: problem }) });
    open();
    await give('wrong');
    expect(card.get('[role=alert]').text()).toContain('That is not your password.');
    expect((card.get('input').element as HTMLInputElement).value).toBe('');
    expect(document.activeElement?.tagName).toBe('INPUT');
  });
});
