import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useHouse } from '../../src/hub/house.ts';
import JournalSettings from '../../src/journal/JournalSettings.vue';
import { speak } from '../../src/text/i18n.ts';
import { aHouse, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { aRow } from './journals.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const CHECK = {
  isWhole: true,
  checkedAt: NOW,
  rows: 90_000,
  first: 12_001,
  last: 102_000,
  checkpoints: 400,
  signedTo: 101_998,
  signedAt: NOW - 1_800_000,
  findings: [],
  moreFindings: 0,
  publicKey: btoa('\u00ab'.repeat(32)),
};

let page: VueWrapper;
const open = async (): Promise<VueWrapper> => {
  page = mountInApp(JournalSettings);
  useHouse().take(aHouse());
  await flushPromises();
  await flushPromises();
  return page;
};
const kept = (): string =>
  page
    .get('[data-part=kept]')
    .text()
    .replace(/[\u2066-\u2069]/g, '');

afterEach(async () => {
  page?.unmount();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

describe('what is kept of the journal', () => {
  it('is told when the page opens: how much, since when, up to when it is signed, and with which key', async () => {
    const calls = hubAnswers({
      'GET /api/journal/verify': CHECK,
      'GET /api/journal': { rows: [aRow({ seq: 12_001, at: Date.UTC(2026, 2, 4, 5, 6, 7) })], next: null },
    });
    await open();
    expect(kept()).toContain('Lines90,000');
    expect(kept()).toMatch(/Since4 March 2026/);
    expect(kept()).toMatch(/up to row 101,998/);
    expect(page.get('[data-part=key]').text()).toContain(Array.from({ length: 16 }, () => 'abab').join(' '));
    expect(calls.find(({ call }) => call === 'GET /api/journal')?.url.search).toBe('?limit=1&before=12002');
    expect(page.get('[data-part=proof]').text()).toContain('Nobody has changed it');
  });

  it('of an empty journal says so, and claims no signature', async () => {
    const none = { ...CHECK, rows: 0, first: null, last: null, signedTo: 0, signedAt: null };
    hubAnswers({ 'GET /api/journal/verify': none });
    await open();
    expect(kept()).toContain('None yet');
    expect(kept()).toContain('Not known');
  });

  it('that cannot be told is not called whole', async () => {
    const problem = { type: '/problems/bug', title: 'No.', status: 500 };
    hubAnswers({ 'GET /api/journal/verify': () => ({ status: 500, body: problem }) });
    await open();
    expect(page.find('[data-part=kept]').exists()).toBe(false);
    expect(page.text()).toContain('Something in the hub is broken.');
    expect(page.text()).not.toContain('Nobody has changed it');
  });

  it('names the way to check it elsewhere, and is read in Arabic', async () => {
    await speak('ar');
    hubAnswers({ 'GET /api/journal/verify': CHECK });
    await open();
    const command = page.findAll('code').find((one) => one.text().startsWith('npm run'));
    expect(command?.text()).toBe('npm run journal:verify -- --export homeward-journal.json');
    expect(command?.attributes('dir')).toBe('ltr');
    expect(page.text()).not.toMatch(/journal\.(?!json)\w/);
  });
});
