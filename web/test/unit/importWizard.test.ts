import type { ImportSource } from '@homeward/hub/api';
import { ImportFailure } from '@homeward/hub/api';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ImportPage from '../../src/history/ImportPage.vue';
import { useHouse } from '../../src/hub/house.ts';
import { en } from '../../src/text/en.ts';
import { speak } from '../../src/text/i18n.ts';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';
import { anImport } from './pasts.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));

const aSource = (source: string, match: string | null, given: Partial<ImportSource> = {}): ImportSource => ({
  source,
  name: null,
  unit: 'ppm',
  rows: 1_000,
  from: NOW - 86_400_000,
  to: NOW,
  match,
  ...given,
});
const SOURCES = [
  aSource('sensor.kitchen_co2', null),
  aSource('sensor.bedroom_co', 'a1.co'),
  aSource('sensor.attic', null, { name: 'Dachboden Wärme', unit: '°F' }),
];
const house = aHouse({
  devices: [
    aDevice({}, [anEntity(), anEntity({ id: 'a1.t', quantity: 'temperature', unit: '°C' })]),
    aDevice({ id: 'a2', name: 'Küche', roomId: 'kit' }, [
      anEntity({ id: 'a2.co2', quantity: 'carbon_dioxide' }),
    ]),
  ],
});
let page: VueWrapper;
const open = async (): Promise<VueWrapper> => {
  page = mountInApp(ImportPage);
  useHouse().take(house);
  await flushPromises();
  return page;
};
const part = (name: string): string =>
  page
    .get(`[data-part=${name}]`)
    .text()
    .replace(/[\u2066-\u2069]/g, '');
const button = (start: string) => {
  const found = page.findAll('button').find((one) => one.text().startsWith(start));
  if (found === undefined) throw new Error(`no button ${start}`);
  return found;
};

afterEach(async () => {
  page?.unmount();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

describe('the import wizard', () => {
  it('begins with the choice of a file', async () => {
    hubAnswers({ 'GET /api/history/imports': { imports: [] } });
    await open();
    expect(part('import-pick')).toContain('home-assistant_v2.db');
    expect(page.find('input[type=file]').exists()).toBe(true);
  });

  it.each([
    ['reading', 'Looking through the file'],
    ['importing', 'Taking it in'],
  ] as const)('finds an import that is %s where it is', async (state, words) => {
    hubAnswers({ 'GET /api/history/imports': { imports: [anImport({ state, progress: 0.425 })] } });
    await open();
    expect(part('import-run')).toContain(words);
    expect(page.get('[role=progressbar]').attributes('aria-valuenow')).toBe('42');
  });

  it('takes in what is matched, and what a person matches by searching', async () => {
    const calls = hubAnswers({
      'GET /api/history/imports': { imports: [anImport({ sources: SOURCES })] },
      'POST /api/history/imports/i1/start': anImport({ state: 'importing' }),
    });
    await open();
    expect(part('import-match')).toContain('There are 3 series in the file. The hub knows where one goes.');
    expect(button('Take in').text()).toBe('Take in one series');
    await page.get('[data-source="sensor.kitchen_co2"] button').trigger('click');
    await page.get('.picker input').setValue('kuche');
    const hits = page.findAll('.picker li button');
    expect(hits.map((hit) => hit.get('b').text())).toEqual(['Küche · CO₂']);
    await hits[0]?.trigger('click');
    expect(button('Take in').text()).toBe('Take in 2 series');
    await button('Take in').trigger('click');
    await flushPromises();
    expect(calls.find(({ call }) => call.endsWith('/start'))?.body).toEqual({
      map: { 'sensor.bedroom_co': 'a1.co', 'sensor.kitchen_co2': 'a2.co2' },
    });
  });

  it('asks where a series goes before it is ticked, says another unit, and that two are mixed', async () => {
    hubAnswers({ 'GET /api/history/imports': { imports: [anImport({ sources: SOURCES })] } });
    await open();
    const attic = page.get('[data-source="sensor.attic"]');
    await attic.get('input[type=checkbox]').setValue(true);
    expect(attic.get<HTMLInputElement>('input[type=checkbox]').element.checked).toBe(false);
    await attic
      .findAll('.picker li button')
      .find((hit) => hit.text().includes('Warmth'))
      ?.trigger('click');
    expect(attic.text().replace(/[\u2066-\u2069]/g, '')).toContain('In the file in °F, here in °C.');
    await page.get('[data-source="sensor.kitchen_co2"] button').trigger('click');
    await page.findAll('.picker li button')[0]?.trigger('click');
    expect(part('import-match')).toContain('Another one goes here too.');
  });

  it('finds in the file, takes none and takes all that are known', async () => {
    hubAnswers({ 'GET /api/history/imports': { imports: [anImport({ sources: SOURCES })] } });
    await open();
    const shown = () => page.findAll('[data-source]').map((row) => row.attributes('data-source'));
    expect(shown()).toEqual(['sensor.bedroom_co', 'sensor.attic', 'sensor.kitchen_co2']);
    await page.get('.field input').setValue('warme');
    expect(shown()).toEqual(['sensor.attic']);
    await page.get('.field input').setValue('');
    await button('Take none').trigger('click');
    expect(button('Take in').attributes('aria-disabled')).toBe('true');
    await button('Take all that are known').trigger('click');
    await page.get('input[value=open]').setValue(true);
    expect(shown()).toEqual(['sensor.attic', 'sensor.kitchen_co2']);
  });

  it('says which series does not fit where it goes', async () => {
    const body = { type: '/problems/bad-request', title: 'x', status: 400, detail: 'map.sensor.bedroom_co' };
    hubAnswers({
      'GET /api/history/imports': { imports: [anImport({ sources: SOURCES })] },
      'POST /api/history/imports/i1/start': () => ({ status: 400, body }),
    });
    await open();
    await button('Take in').trigger('click');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('“sensor.bedroom_co” does not fit');
  });

  it('says at the end how many came in, and how many were there already', async () => {
    hubAnswers({
      'GET /api/history/imports': { imports: [anImport({ state: 'done', rows: 4_123_456, doubles: 1 })] },
    });
    await open();
    expect(part('import-end')).toContain('4,123,456 readings were taken in.');
    expect(part('import-end')).toContain('One was there already, or was no value.');
  });

  it.each(ImportFailure.options)('says why nothing came in, and what can be done: %s', async (failure) => {
    const job = anImport({ state: 'failed', failure, failedLine: failure === 'bad-row' ? 10_432 : null });
    hubAnswers({ 'GET /api/history/imports': { imports: [job] } });
    await open();
    expect(part('import-end')).toContain(en.history.fail[failure]);
    expect(part('import-end').includes('It is line 10,432.')).toBe(failure === 'bad-row');
    expect(part('import-end')).toContain('Nothing of this file was kept.');
  });

  it('is called off, and begins anew', async () => {
    let imports = [anImport({ state: 'importing' })];
    const calls = hubAnswers({
      'GET /api/history/imports': () => ({ body: { imports } }),
      'DELETE /api/history/imports/i1': () => {
        imports = [];
        return { status: 204 };
      },
    });
    await open();
    await button('Stop').trigger('click');
    await flushPromises();
    await flushPromises();
    expect(calls.some(({ call }) => call === 'DELETE /api/history/imports/i1')).toBe(true);
    expect(page.find('[data-part=import-pick]').exists()).toBe(true);
  });

  it('shows the one that is not over, whatever ended before', async () => {
    const imports = [anImport({ id: 'i0', state: 'done' }), anImport({ id: 'i2', state: 'reading' })];
    hubAnswers({ 'GET /api/history/imports': { imports } });
    await open();
    expect(page.find('[data-part=import-run]').exists()).toBe(true);
  });
});
