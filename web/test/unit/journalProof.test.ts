import type { JournalCheck } from '@homeward/hub/api';
import { JournalFault } from '@homeward/hub/api';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useHouse } from '../../src/hub/house.ts';
import { fetchFile } from '../../src/hub/saving.ts';
import { keyText } from '../../src/journal/check.ts';
import ProofCard from '../../src/journal/ProofCard.vue';
import SaveCard from '../../src/journal/SaveCard.vue';
import { en } from '../../src/text/en.ts';
import { aHouse, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({ useIonRouter: () => ({ navigate: vi.fn() }) }));

const aCheck = (given: Partial<JournalCheck> = {}): JournalCheck => ({
  isWhole: true,
  checkedAt: NOW,
  rows: 1_204,
  first: 1,
  last: 1_204,
  checkpoints: 3,
  signedTo: 1_200,
  signedAt: NOW - 600_000,
  findings: [],
  moreFindings: 0,
  publicKey: btoa('k'.repeat(32)),
  ...given,
});

let card: VueWrapper;
const check = async (answer: unknown): Promise<VueWrapper> => {
  hubAnswers({ 'GET /api/journal/verify': answer });
  card = mountInApp(ProofCard);
  useHouse().take(aHouse());
  await flushPromises();
  await card.get('button').trigger('click');
  await flushPromises();
  return card;
};
const said = (): string => card.text().replace(/[\u2066-\u2069]/g, '');

afterEach(() => {
  card?.unmount();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

describe('has anybody changed it?', () => {
  it('nothing is said before it was asked', async () => {
    const calls = hubAnswers({});
    card = mountInApp(ProofCard);
    await flushPromises();
    expect(calls).toEqual([]);
    expect(said()).not.toContain('Nobody has changed it');
  });

  it('what is whole is told with what was proven, up to when, and what is not signed yet', async () => {
    await check(aCheck());
    expect(card.get('[role=status]').text()).toBe('Nobody has changed it');
    expect(said()).toContain('1,204 lines were checked, 1 to 1,204.');
    expect(said()).toMatch(/It is signed up to row 1,200, on .+\./);
    expect(said()).toContain('4 lines after that hold, but are not signed yet.');
  });

  it('what was never signed is not called proven', async () => {
    await check(aCheck({ signedTo: 0, signedAt: null }));
    expect(said()).toContain('Nothing of it is signed yet.');
    expect(said()).not.toContain('signed up to');
  });

  it('what was changed is named, with the way to the row', async () => {
    await check(
      aCheck({
        isWhole: false,
        findings: [
          { fault: 'row-altered', from: 44, to: 44, words: 'Row 44 was changed.' },
          { fault: 'rows-missing', from: 60, to: 62, words: 'Rows 60 to 62: missing.' },
        ],
        moreFindings: 3,
      }),
    );
    expect(card.get('[role=status]').text()).toBe('It was changed, or the storage is damaged');
    const [altered, missing] = card.findAll('[data-fault]');
    expect(altered?.text()).toContain('A line was changed.');
    expect(altered?.get('a').attributes('href')).toBe('/journal?row=44');
    expect(missing?.text().replace(/[\u2066-\u2069]/g, '')).toContain('60 to 62');
    expect(missing?.get('a').attributes('href')).toBe('/journal?row=59');
    expect(said()).toContain('And 3 more.');
    expect(said()).toContain('Take a copy of the whole hub');
  });

  it('how long it takes so far is told, and a hub that cannot is not called whole', async () => {
    vi.useFakeTimers();
    const problem = { type: '/problems/bug', title: 'No.', status: 500 };
    let answer: ((value: Response) => void) | undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
    card = mountInApp(ProofCard);
    await card.get('button').trigger('click');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(card.get('[role=status]').text()).toContain('3 s so far');
    answer?.(new Response(JSON.stringify(problem), { status: 500 }));
    await vi.advanceTimersByTimeAsync(10);
    await flushPromises();
    expect(card.get('[role=alert]').text()).toContain('Something in the hub is broken.');
    expect(card.get('[role=status]').text()).toBe('');
  });

  it('has words for every fault', () => {
    expect(Object.keys(en.journal.fault).toSorted()).toEqual(JournalFault.options.toSorted());
  });

  it.each([
    [btoa('\u0000\u0001'.repeat(16)), Array.from({ length: 16 }, () => '0001').join(' ')],
    [btoa('short'), null],
    ['no base64 at all!', null],
  ])('shows a key as people compare it: %s', (base64, text) => {
    expect(keyText(base64)).toBe(text);
  });
});

describe('taking it out', () => {
  const answered = (body: BodyInit, init: ResponseInit = {}) =>
    vi.stubGlobal('fetch', async () => new Response(body, init));

  it('comes whole, under the name that the hub gave it, and tells how much is there', async () => {
    answered('seq,time\r\n1,now\r\n', {
      headers: {
        'content-disposition': 'attachment; filename="homeward-journal.csv"',
        'content-type': 'text/csv',
      },
    });
    const came: number[] = [];
    const { arrived } = fetchFile('exportJournal', { query: { format: 'csv' } }, 'x.csv', (bytes) =>
      came.push(bytes),
    );
    const file = await arrived;
    expect([file.name, file.type, await file.text()]).toEqual([
      'homeward-journal.csv',
      'text/csv',
      'seq,time\r\n1,now\r\n',
    ]);
    expect(came.at(-1)).toBe(17);
  });

  it('a refusal is told and never saved as if it were the file', async () => {
    const made = vi.spyOn(URL, 'createObjectURL');
    answered(JSON.stringify({ type: '/problems/may-not', title: 'No.', status: 403 }), { status: 403 });
    card = mountInApp(SaveCard);
    await card.findAll('button')[0]?.trigger('click');
    await flushPromises();
    expect(card.get('[role=alert]').text()).toContain('You may not do that in this house.');
    expect(made).not.toHaveBeenCalled();
  });

  it('a line that breaks off leaves no half file', async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('half'));
        controller.error(new Error('gone'));
      },
    });
    answered(broken);
    const { arrived } = fetchFile('exportJournal', { query: { format: 'json' } }, 'x.json', () => undefined);
    await expect(arrived).rejects.toMatchObject({ code: 'silent' });
  });

  it('is saved by the browser, and said', async () => {
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    answered('{}', { headers: { 'content-disposition': 'attachment; filename=homeward-journal.json' } });
    card = mountInApp(SaveCard);
    await card.findAll('button')[0]?.trigger('click');
    await flushPromises();
    expect(made).toHaveBeenCalledTimes(1);
    expect(clicked).toHaveBeenCalledTimes(1);
    expect(said()).toContain('Saved: homeward-journal.json');
  });
});
