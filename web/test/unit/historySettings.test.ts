import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bytesOfDays, daysOf } from '../../src/history/estimate.ts';
import HistoryPage from '../../src/history/HistoryPage.vue';
import { useHouse } from '../../src/hub/house.ts';
import { countText, sizeText } from '../../src/text/sizes.ts';
import { aHouse, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';
import { aStatus } from './pasts.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const DAY_MS = 86_400_000;
let page: VueWrapper;
const open = async (): Promise<VueWrapper> => {
  page = mountInApp(HistoryPage);
  useHouse().take(aHouse());
  await flushPromises();
  return page;
};
const said = (): string =>
  page
    .text()
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\u00a0/g, ' ');

afterEach(() => {
  page?.unmount();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('what is kept', () => {
  it('and what it costs is said in figures that people know', async () => {
    hubAnswers({ 'GET /api/history': aStatus({ droppedRows: 1_200 }) });
    await open();
    for (const words of ['2,592,000', '65 MB', '20 GB', '1,200 readings could not be kept'])
      expect(said()).toContain(words);
    expect(page.get('[data-part=estimate]').text()).toContain('90 days of every reading take about');
  });

  it('is kept longer at once, and less only after one more question', async () => {
    const calls = hubAnswers({
      'GET /api/history': aStatus(),
      'PATCH /api/history': () => ({ body: aStatus({ rawDays: 30 }) }),
    });
    const patches = () => calls.filter(({ call }) => call.startsWith('PATCH')).map(({ body }) => body);
    await open();
    await page.get('input').setValue('٣٠');
    await page.get('form').trigger('submit');
    expect(patches()).toEqual([]);
    expect(page.get('[role=alert]').text()).toContain('deleted for good');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(patches()).toEqual([{ rawDays: 30, hourlyDays: 3_650 }]);
    expect(said()).toContain('Saved.');
    await page.get('input').setValue('400');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(patches()).toHaveLength(2);
  });

  it('asks for a number of days that can be', async () => {
    const calls = hubAnswers({ 'GET /api/history': aStatus() });
    await open();
    await page.get('input').setValue('0');
    await page.get('form').trigger('submit');
    expect(said()).toContain('From 1 to 3650 days, please.');
    expect(calls.some(({ call }) => call.startsWith('PATCH'))).toBe(false);
  });

  it.each([
    ['1', 1],
    [' 3650 ', 3_650],
    ['0', null],
    ['3651', null],
    ['-5', null],
    ['1e3', null],
    ['', null],
    ['9'.repeat(30), null],
  ])('reads %j as %j days', (text, days) => {
    expect(daysOf(text, 1, 3_650)).toBe(days);
  });

  it('is reckoned from what was kept so far, and not before a day', () => {
    const month = aStatus({ bytes: 30_000_000, oldest: NOW - 30 * DAY_MS });
    expect(bytesOfDays(month, 90, NOW)).toBe(90_000_000);
    expect(bytesOfDays({ ...month, oldest: NOW - 3_600_000 }, 90, NOW)).toBeNull();
    expect(bytesOfDays({ ...month, oldest: null }, 90, NOW)).toBeNull();
    // hourly values reach further back than the readings that take the room
    expect(bytesOfDays({ ...month, oldest: NOW - 900 * DAY_MS, rawDays: 30 }, 90, NOW)).toBe(90_000_000);
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1 KB'],
    [1_550_000, '1.6 MB'],
    [64_800_000, '65 MB'],
    [999_999_999_999, '1,000 GB'],
    [5e15, '5,000 TB'],
  ])('%d is %s', (bytes, text) => {
    expect(
      sizeText(bytes)
        .replace(/[\u2066\u2069]/g, '')
        .replace('\u00a0', ' '),
    ).toBe(text);
    expect(countText(1_234)).toBe('\u20661,234\u2069');
  });
});
