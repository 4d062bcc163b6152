import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import HistoryPanel from '../../src/history/HistoryPanel.vue';
import { useHouse } from '../../src/hub/house.ts';
import { speak } from '../../src/text/i18n.ts';
import { aHouse, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';
import { aRange, aStateRange, aStatus } from './pasts.ts';

const HOUR_MS = 3_600_000;
const co2 = { id: 'a1.co2', quantity: 'carbon_dioxide', value: 620 } as const;
let panel: VueWrapper;

const open = async (entity = anEntity(co2)): Promise<VueWrapper> => {
  panel = mountInApp(HistoryPanel, { entity, now: NOW });
  useHouse().take(aHouse());
  await flushPromises();
  await flushPromises();
  return panel;
};
const said = (): string =>
  panel
    .text()
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\u00a0/g, ' ');
const hours = (...values: (number | null)[]) =>
  aRange(values, { step: HOUR_MS, t0: NOW - values.length * HOUR_MS });

afterEach(async () => {
  panel?.unmount();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

describe('the history of one entity', () => {
  it('asks for the last 24 hours and says them in a sentence', async () => {
    const calls = hubAnswers({
      'GET /api/history/a1.co2': hours(500, null, 900),
      'GET /api/history': aStatus(),
    });
    await open();
    const asked = calls.find(({ call }) => call === 'GET /api/history/a1.co2')?.url.searchParams;
    const [from, to] = [Number(asked?.get('from')), Number(asked?.get('to'))];
    expect(to - from).toBeGreaterThanOrEqual(23 * HOUR_MS);
    expect(to).toBeGreaterThanOrEqual(NOW);
    expect(said()).toContain('Last 24 h: 499–901 ppm, 700 ppm on average. Nothing was heard for');
    expect(panel.find('[data-part=paused]').exists()).toBe(false);
  });

  it('can be read as a table, and saved as a file of the same time', async () => {
    const calls = hubAnswers({ 'GET /api/history/a1.co2': hours(500, null, 900) });
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    await open();
    const details = panel.get<HTMLDetailsElement>('details');
    details.element.open = true;
    await details.trigger('toggle');
    const rows = panel.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()));
    expect(rows.filter((cells) => cells[0] !== 'Nothing was heard.')).toEqual([
      ['899', '900', '901'],
      ['499', '500', '501'],
    ]);
    expect(panel.get('caption').text()).toBe('All in ppm.');
    await panel.get('.save').trigger('click');
    await flushPromises();
    const { pathname = '', search = '' } = calls.at(-1)?.url ?? {};
    expect(`${pathname}${search}`).toMatch(/^\/api\/history\/a1\.co2\/csv\?from=\d+&to=\d+$/);
    await vi.waitFor(() => expect(made).toHaveBeenCalledTimes(1));
    vi.restoreAllMocks();
  });

  it('takes in what is heard meanwhile, without asking again', async () => {
    const calls = hubAnswers({ 'GET /api/history/a1.co2': hours(500, 900) });
    await open();
    const before = calls.filter(({ call }) => call.includes('a1.co2')).length;
    await panel.setProps({ entity: anEntity({ ...co2, value: 1_500, at: NOW + 1_000 }), now: NOW + 1_000 });
    expect(said()).toContain('499–1,500 ppm');
    expect(calls.filter(({ call }) => call.includes('a1.co2'))).toHaveLength(before);
  });

  it('goes earlier and back, and by week, month and year', async () => {
    const calls = hubAnswers({ 'GET /api/history/a1.co2': hours(500) });
    const asked = (): number => {
      const query = calls.filter(({ call }) => call.includes('a1.co2')).at(-1)?.url.searchParams;
      return (Number(query?.get('to')) - Number(query?.get('from'))) / (24 * HOUR_MS);
    };
    await open();
    const button = (name: string) => panel.get(`button[aria-label^="${name}"]`);
    expect(button('Later').attributes('aria-disabled')).toBe('true');
    await button('Earlier').trigger('click');
    await flushPromises();
    expect(said()).toMatch(/\d+ \w+, \d\d:\d\d to \d/);
    expect(button('Later').attributes('aria-disabled')).toBeUndefined();
    await button('Later').trigger('click');
    await panel.get('input[value=year]').trigger('change');
    await flushPromises();
    expect(asked()).toBeGreaterThan(364);
    await button('Closer').trigger('click');
    await flushPromises();
    expect(asked()).toBeCloseTo(182.5, 0);
  });

  it.each([
    ['disk-full', 'The storage of the hub is full'],
    ['damaged', 'What was kept cannot be read'],
  ] as const)('says that nothing is kept: %s', async (paused, words) => {
    hubAnswers({ 'GET /api/history/a1.co2': hours(500), 'GET /api/history': aStatus({ paused }) });
    await open();
    expect(panel.get('[data-part=paused]').text()).toContain(words);
    expect(panel.get('[data-part=paused]').text()).toContain('Alarms go on all the same.');
  });

  it('says that nothing was heard when there is nothing, and why when it cannot be read', async () => {
    hubAnswers({});
    await open();
    expect(said()).toContain('Nothing was heard.');
    expect(panel.find('[role=alert]').exists()).toBe(false);
    panel.unmount();
    const body = { type: '/problems/history-paused', title: 'x', status: 503 };
    hubAnswers({ 'GET /api/history/a1.co2': () => ({ status: 503, body }) });
    await open();
    expect(panel.get('[role=alert]').text()).toContain('The history cannot be read now.');
  });

  it('says of a door how long it was open, in Arabic too', async () => {
    const door = anEntity({ ...co2, component: 'binary_sensor', quantity: 'door', unit: null, value: false });
    const range = aStateRange([0, 1, 0, 0], 0);
    hubAnswers({ 'GET /api/history/a1.co2': { ...range, step: HOUR_MS, t0: NOW - 4 * HOUR_MS } });
    await open(door);
    expect(said()).toContain('Last 24 h: “Open” for 1 h, 25 % of the time.');
    await speak('ar');
    await flushPromises();
    expect(said()).toContain('آخر 24 ساعة: «مفتوح» مدة ساعة، أي 25 % من الوقت.');
  });
});
