import {
  CapabilityId,
  ProofHow,
  ProofState,
  QuestionId,
  type Readiness,
  type ReadinessRow,
  Severity,
  SirenAnswer,
  WeaknessId,
} from '@homeward/hub/api';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useHouse } from '../../src/hub/house.ts';
import ReadinessCard from '../../src/readiness/ReadinessCard.vue';
import ReadinessPage from '../../src/readiness/ReadinessPage.vue';
import { standingOf, stepOf, weaknessPhrase } from '../../src/readiness/standing.ts';
import { i18n, speak } from '../../src/text/i18n.ts';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
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

const DAY_MS = 86_400_000;
const row = (id: CapabilityId, given: Partial<ReadinessRow> = {}): ReadinessRow => ({
  id,
  state: 'not-set-up',
  provenAt: null,
  how: null,
  validMs: null,
  parts: [],
  ...given,
});

const aReadiness = (given: Partial<Readiness> = {}): Readiness => ({
  now: NOW,
  rows: CapabilityId.options.map((id) => row(id)),
  weaknesses: [],
  questions: [{ id: 'ups', answer: null, at: null, by: null }],
  sirenTest: null,
  mayTestSirens: true,
  ...given,
});

const SIRENS = row('sirens', {
  state: 'stale',
  validMs: 31 * DAY_MS,
  parts: [
    { entityId: 's1.siren', state: 'failed', provenAt: NOW - DAY_MS, how: 'answered' },
    { entityId: 's2.siren', state: 'stale', provenAt: null, how: null },
  ],
});

const HOUSE = aHouse({
  devices: ['s1', 's2'].map((id) =>
    aDevice({ id, name: id === 's1' ? 'Hall siren' : 'Attic siren' }, [
      anEntity({ id: `${id}.siren`, component: 'siren', quantity: 'siren', name: 'siren', safety: false }),
    ]),
  ),
});

const open = async (component: typeof ReadinessPage, me = aPerson()) => {
  const wrapper = mountInApp(component, {}, me);
  useHouse().take(HOUSE);
  await flushPromises();
  return wrapper;
};

describe('the words of the house’s health', () => {
  beforeAll(async () => {
    await speak('ar');
    await speak('en');
  });
  const { te } = i18n.global as unknown as { te: (key: string, language: string) => boolean };

  it.each([
    ...WeaknessId.options.flatMap((id) =>
      (['fact', 'why', 'step'] as const).map(
        (part) => weaknessPhrase({ id, severity: 'low', count: null }, part).key,
      ),
    ),
    ...CapabilityId.options.flatMap((id) =>
      ProofState.options.map((state) => stepOf(row(id, { state })).key),
    ),
    ...CapabilityId.options.map((id) => `readiness.name.${id}`),
    ...ProofState.options.map((state) => `readiness.state.${state}`),
    ...ProofHow.options.map((how) => `readiness.how.${how}`),
    ...Severity.options.map((severity) => `readiness.severity.${severity}`),
    ...SirenAnswer.options.map((answer) => `readiness.test.answer.${answer}`),
    ...QuestionId.options.flatMap((id) => ['ask', 'hint'].map((part) => `readiness.question.${id}.${part}`)),
  ])('%s is there in both languages', (key) => {
    expect([te(key, 'en'), te(key, 'ar')]).toEqual([true, true]);
  });
});

describe('the card on Home', () => {
  const weak = (severity: Severity, id: WeaknessId = 'no-siren') => ({ id, severity, count: null });

  it.each([
    [{}, 'safe', 'well', undefined],
    [{ weaknesses: [weak('low', 'one-owner')] }, 'safe', 'low', 1],
    [{ rows: [SIRENS], weaknesses: [weak('low')] }, 'check', 'stale', 1],
    [{ rows: [SIRENS], weaknesses: [weak('high'), weak('high')] }, 'check', 'high', 2],
    [{ rows: [row('sirens', { state: 'failed' })], weaknesses: [weak('high')] }, 'trouble', 'failed', 1],
  ] as const)('%# says the worst', (given, state, word, n) => {
    const phrase = n === undefined ? { key: `readiness.card.${word}` } : { key: `readiness.card.${word}`, n };
    expect(standingOf(aReadiness(given as Partial<Readiness>))).toEqual({ state, phrase });
  });

  it('leads to all of it, and says its state by shape and word', async () => {
    hubAnswers({ 'GET /api/readiness': aReadiness({ rows: [SIRENS] }) });
    const card = await open(ReadinessCard);
    expect(card.get('a').attributes('href')).toBe('/settings/readiness');
    expect(card.text()).toContain('Check · One thing to be proven');
    expect(card.find('svg.shape').exists()).toBe(true);
  });

  it('is not shown, nor asked for, to whom it does not concern', async () => {
    const calls = hubAnswers({ 'GET /api/readiness': aReadiness() });
    const card = await open(ReadinessCard, aPerson({ role: 'adult', rights: ['house.see'] }));
    expect(card.find('[data-part=readiness]').exists()).toBe(false);
    expect(calls).toEqual([]);
  });

  it('claims nothing when the hub does not answer', async () => {
    hubAnswers({});
    const card = await open(ReadinessCard);
    expect(card.text()).toContain('Not known now');
    expect(card.find('svg.shape').exists()).toBe(false);
  });
});

describe('the page of the house’s health', () => {
  it('names what is weak with its next step, and what is proven by part', async () => {
    const weaknesses = [
      { id: 'no-smoke-detector', severity: 'high', count: null },
      { id: 'certificate-ending', severity: 'high', count: 3 },
      { id: 'one-owner', severity: 'low', count: null },
    ] as const;
    hubAnswers({ 'GET /api/readiness': aReadiness({ rows: [SIRENS], weaknesses: [...weaknesses] }) });
    const page = await open(ReadinessPage);
    const smoke = page.get('[data-weakness=no-smoke-detector]');
    expect(smoke.text()).toContain('Mend soon');
    expect(smoke.get('a').attributes('href')).toBe('/devices/add');
    expect(page.get('[data-weakness=certificate-ending]').text()).toContain('ends in 3 days');
    expect(page.get('[data-weakness=one-owner]').text()).toContain('When you can');
    const sirens = page.get('[data-capability=sirens]');
    expect(sirens.text()).toContain('Not all of them are proven');
    expect(sirens.text()).toContain('Counts for 31 days');
    expect(sirens.get('[data-entity="s1.siren"]').text()).toContain('Hall siren: Siren');
    expect(sirens.get('[data-entity="s1.siren"]').text()).toContain('Did not answer');
    expect(sirens.get('[data-entity="s2.siren"]').text()).toContain('Not proven yet');
  });

  it('says of what is not built that it is not', async () => {
    hubAnswers({ 'GET /api/readiness': aReadiness() });
    const page = await open(ReadinessPage);
    expect(page.get('[data-capability=push]').text()).toContain('Not part of Homeward yet');
    expect(page.get('[data-capability=push]').find('svg.shape').exists()).toBe(false);
    expect(page.text()).toContain('No weak point is known');
  });

  it('asks what only a person can know, and keeps the answer', async () => {
    const answered = aReadiness({ questions: [{ id: 'ups', answer: false, at: NOW, by: 'Ana' }] });
    const calls = hubAnswers({
      'GET /api/readiness': aReadiness(),
      'POST /api/readiness/questions/ups': answered,
    });
    const page = await open(ReadinessPage);
    await page.get('input[value=no]').setValue();
    await flushPromises();
    expect(calls.find(({ call }) => call.startsWith('POST'))?.body).toEqual({ answer: false });
    expect(page.get('[data-question=ups]').text()).toContain('Ana said so just now');
  });
});

describe('the test of the sirens', () => {
  const button = (page: Awaited<ReturnType<typeof open>>, words: string) =>
    page.findAll('button').find((one) => one.text() === words);
  const sirens = [
    { entityId: 's1.siren', answer: 'mute' },
    { entityId: 's2.siren', answer: 'unknown' },
  ] as const;

  it('asks first, and takes no for an answer', async () => {
    const calls = hubAnswers({ 'GET /api/readiness': aReadiness() });
    const page = await open(ReadinessPage);
    await button(page, 'Test the sirens')?.trigger('click');
    await flushPromises();
    expect(document.activeElement?.textContent?.trim()).toBe('Sound them now');
    await button(page, 'Not now')?.trigger('click');
    await flushPromises();
    expect(document.activeElement?.textContent?.trim()).toBe('Test the sirens');
    expect(calls.filter(({ call }) => call.startsWith('POST'))).toEqual([]);
  });

  it('sounds them when it may, and says who answered', async () => {
    const over = { at: NOW, by: 'Ana', running: false, sirens: [...sirens] };
    const calls = hubAnswers({
      'GET /api/readiness': aReadiness(),
      'POST /api/sirens/test': aReadiness({ sirenTest: over }),
      'POST /api/sirens/heard': aReadiness({
        sirenTest: over,
        rows: [
          row('sirens', {
            parts: [{ entityId: 's2.siren', state: 'proven', provenAt: NOW + 1, how: 'heard' }],
          }),
        ],
      }),
    });
    const page = await open(ReadinessPage);
    await button(page, 'Test the sirens')?.trigger('click');
    await button(page, 'Sound them now')?.trigger('click');
    await flushPromises();
    expect(page.get('[data-siren="s1.siren"]').text()).toContain('Did not answer');
    const silent = page.get('[data-siren="s2.siren"]');
    expect(silent.text()).toContain('only your ears can tell');
    expect(silent.get('button').attributes('aria-label')).toBe('I heard Attic siren');
    await silent.get('button').trigger('click');
    await flushPromises();
    expect(calls.at(-1)).toMatchObject({ call: 'POST /api/sirens/heard', body: { entityIds: ['s2.siren'] } });
    expect(page.get('[data-siren="s2.siren"]').text()).toContain('You heard it');
  });

  it('is not offered in an alarm, and says why', async () => {
    const calls = hubAnswers({ 'GET /api/readiness': aReadiness({ mayTestSirens: false }) });
    const page = await open(ReadinessPage);
    const start = button(page, 'Test the sirens');
    expect(start?.attributes('aria-disabled')).toBe('true');
    await start?.trigger('click');
    expect(page.text()).toContain('Not possible now');
    expect(button(page, 'Sound them now')).toBeUndefined();
    expect(calls.every(({ call }) => call.startsWith('GET'))).toBe(true);
  });

  it('says what the hub refuses', async () => {
    const problem = { type: '/problems/sirens-busy', title: 'No.', status: 409 };
    hubAnswers({
      'GET /api/readiness': aReadiness(),
      'POST /api/sirens/test': () => ({ status: 409, body: problem }),
    });
    const page = await open(ReadinessPage);
    await button(page, 'Test the sirens')?.trigger('click');
    await button(page, 'Sound them now')?.trigger('click');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('The sirens are needed now');
  });
});
