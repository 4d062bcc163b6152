import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import CalibratePage from '../../src/air/CalibratePage.vue';
import { settlingOf } from '../../src/air/settling.ts';
import { useHouse } from '../../src/hub/house.ts';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => ({ params: { id: 'a1.o2' } }) }));

const last = {
  at: NOW,
  by: 'Mona',
  kind: 'fresh-air',
  factor: 1.013,
  raw: 20.62,
  temperature: 20,
  humidity: 50,
  pressure: null,
};
const open = async (answer: unknown) => {
  const calls = hubAnswers({ 'POST /api/air/sensors/a1.o2/calibrations': answer });
  const page = mountInApp(CalibratePage);
  const oxygen = anEntity({ id: 'a1.o2', quantity: 'oxygen', unit: '%', value: 20.6 });
  useHouse().take(aHouse({ devices: [aDevice({}, [oxygen])] }));
  useHouse().linkUp = true;
  await flushPromises();
  const press = async (words: string): Promise<void> => {
    await page
      .findAll('button')
      .find((one) => one.text() === words)
      ?.trigger('click');
    await flushPromises();
  };
  return { page, calls, press };
};

afterEach(() => {
  document.body.innerHTML = '';
});

describe('O2-1: showing an oxygen cell fresh air', () => {
  it('first outside, then settled, then calibrated: nothing is sent before', async () => {
    const { page, calls, press } = await open(last);
    expect(page.find('[data-step=calibrate]').exists()).toBe(false);
    await press('It is outside');
    expect(page.get('[data-settling]').text()).toBe('Watching it for five minutes.');
    expect(calls).toEqual([]);
    await press('Calibrate it now');
    expect(calls.map(({ body }) => body)).toEqual([{ kind: 'fresh-air' }]);
    expect(page.get('[data-step=calibrate]').text()).toContain('times 1.01');
  });

  it.each([
    ['not-outdoors', 'that is not outdoor air'],
    ['not-steady', 'It still moves.'],
    ['too-few', 'It was not heard well for five minutes.'],
    ['no-climate', 'Warmth or humidity beside it is missing.'],
    ['span', 'off by more than 15 %'],
    ['worn-out', 'Replace it.'],
    ['a new word', 'It cannot be calibrated now.'],
  ])('a refusal is said in words: %s', async (detail, words) => {
    const body = { type: '/problems/calibration-refused', title: 'x', status: 409, detail };
    const { page, press } = await open(() => ({ status: 409, body }));
    await press('It is outside');
    await press('Calibrate it now');
    expect(page.get('[role=alert]').text()).toContain(words);
    expect(page.findAll('[role=alert]')).toHaveLength(1);
  });
});

describe('how a cell settles', () => {
  const over = (values: readonly number[], everyMs: number) =>
    values.map((value, place) => ({ at: NOW - (values.length - 1 - place) * everyMs, value }));
  it.each([
    ['nothing heard', [], 10_000, 'watching'],
    ['too short', Array(20).fill(20.9), 10_000, 'watching'],
    ['too few', [20.9, 20.9, 20.9], 100_000, 'watching'],
    ['steady', Array(28).fill(20.9), 10_000, 'settled'],
    ['at the edge', [20.8, ...Array(27).fill(20.9)], 10_000, 'settled'],
    ['moving', Array.from({ length: 28 }, (_, n) => 20.5 + 0.01 * n), 10_000, 'moving'],
    ['moved long ago', [...Array(10).fill(19), ...Array(31).fill(20.9)], 10_000, 'settled'],
  ] as const)('%s', (_, values, everyMs, settling) => {
    expect(settlingOf(over(values, everyMs), NOW)).toBe(settling);
  });
});
