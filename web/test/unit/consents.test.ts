import type { ConsentView } from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { consentTexts } from '../../../hub/src/people/consentTexts.ts';
import ConsentCard from '../../src/people/ConsentCard.vue';
import { speak } from '../../src/text/i18n.ts';
import { NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aPerson, mountInApp } from './mount.ts';

afterEach(async () => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

const texts = consentTexts();
const aConsent = (given: Partial<ConsentView> = {}): ConsentView => ({
  id: 'c1',
  purpose: 'face',
  version: 1,
  language: 'en',
  givenAt: NOW,
  endsAt: NOW + 1_000,
  guardian: null,
  withdrawnAt: null,
  counts: true,
  ...given,
});
const open = async (
  consents: readonly ConsentView[],
  more: Parameters<typeof hubAnswers>[0] = {},
  props: object = {},
  who = aPerson(),
) => {
  const calls = hubAnswers({
    'GET /api/consents': { texts, consents },
    'GET /api/people/p2/consents': { texts, consents },
    ...more,
  });
  const card = mountInApp(ConsentCard, { ...props }, who);
  await flushPromises();
  return { card, calls };
};
const press = async (card: Awaited<ReturnType<typeof open>>['card'], words: string) => {
  await card
    .findAll('button')
    .find((one) => one.text() === words)
    ?.trigger('click');
  await flushPromises();
};

describe('what somebody agrees to', () => {
  it('is read word for word in the own language before it is agreed to', async () => {
    await speak('ar');
    const { card, calls } = await open([], {
      'POST /api/consents': () => ({ status: 201, body: aConsent() }),
    });
    expect(card.get('blockquote').text()).toBe(texts[0]?.ar);
    await press(card, 'أوافق');
    expect(calls.find(({ call }) => call.startsWith('POST'))?.body).toEqual({
      purpose: 'face',
      version: texts[0]?.version,
      language: 'ar',
    });
  });

  it('is withdrawn after one question, without a reason', async () => {
    const { card, calls } = await open([aConsent()], { 'DELETE /api/consents/c1': () => ({ status: 204 }) });
    expect(card.get('[role=status]').text()).toContain('agreed to');
    await press(card, 'Withdraw');
    expect(card.text()).toContain('What was kept because of it is deleted.');
    await press(card, 'Yes, withdraw');
    expect(calls.some(({ call }) => call === 'DELETE /api/consents/c1')).toBe(true);
  });

  it('what counts no more is told with its end, and does not stand for a consent', async () => {
    const { card } = await open([aConsent({ counts: false, withdrawnAt: NOW })]);
    expect(card.text()).toContain('Not agreed to. Nothing of it is kept.');
    expect(card.get('details').text()).toContain('Withdrawn');
  });

  it('a child does not agree for itself', async () => {
    const { card } = await open([], {}, {}, aPerson({ role: 'child' }));
    expect(card.text()).toContain('For a child an owner of the house agrees.');
    expect(card.findAll('button')).toEqual([]);
  });

  it('an owner agrees for a child, and the record says who', async () => {
    const child = { id: 'p2', name: 'Tom' };
    const { card, calls } = await open(
      [],
      { 'POST /api/people/p2/consents': () => ({ status: 201, body: aConsent({ guardian: 'Mona' }) }) },
      { child },
    );
    expect(card.get('h2').text()).toContain('Tom');
    await press(card, 'I agree');
    expect(calls.some(({ call }) => call === 'POST /api/people/p2/consents')).toBe(true);
    const given = await open([aConsent({ guardian: 'Mona' })], {}, { child });
    expect(given.card.get('[role=status]').text()).toMatch(/agreed to by .*Mona/);
  });
});
