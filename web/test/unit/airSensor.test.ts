import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import SensorPage from '../../src/air/SensorPage.vue';
import { useHouse } from '../../src/hub/house.ts';
import { speak } from '../../src/text/i18n.ts';
import { aFinding, aHealth, aLimit, anAir, aTrace } from './airs.ts';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => ({ params: { id: 'a1.co2' } }) }));

const MINUTE = 60_000;
const ENTITY = anEntity({
  id: 'a1.co2',
  quantity: 'carbon_dioxide',
  value: 1_180,
  safety: false,
  air: anAir({ trend: 'rising' }),
  health: aHealth({
    state: 'suspect',
    findings: { battery: aFinding({ detail: 9 }) },
    madeOn: '2025-04',
    lifeMonths: 84,
  }),
});
const limit = (level: 'warning' | 'alarm' | 'critical', given = {}) =>
  aLimit({ id: `carbon_dioxide/co2/${level}/x`, level, ...given });
const TRACES = [
  aTrace(),
  aTrace({
    limit: limit('warning', { limit: 2_000, onDelayMs: 5 * MINUTE }),
    phase: 'pending',
    now: 2_310,
    since: NOW - MINUTE,
    endsAt: NOW + 4 * MINUTE,
  }),
  aTrace({
    limit: limit('alarm', { windowMs: 480 * MINUTE, limit: 5_000 }),
    phase: 'not-computable',
    now: null,
    coverage: 0.4,
  }),
  aTrace({
    limit: limit('critical', { measure: 'value', windowMs: null, latching: true }),
    phase: 'holds',
    since: NOW - MINUTE,
    suppressors: ['hushed'],
  }),
];
const trace = (given = {}) => ({
  entityId: 'a1.co2',
  quantity: 'carbon_dioxide',
  limits: TRACES,
  air: null,
  calibration: null,
  ...given,
});

const open = async (answers: Record<string, unknown> = {}, entity = ENTITY) => {
  const calls = hubAnswers({
    'GET /api/air/sensors/a1.co2': trace(),
    'GET /api/air/limits': { profile: 'EN', sensitivePeople: false, limits: TRACES.map((one) => one.limit) },
    'PATCH /api/entities/a1.co2/upkeep': entity,
    ...answers,
  });
  const page = mountInApp(SensorPage);
  useHouse().take(aHouse({ devices: [aDevice({}, [entity])] }));
  useHouse().linkUp = true;
  await flushPromises();
  return { page, calls };
};
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

afterEach(async () => {
  document.body.innerHTML = '';
  await speak('en');
});

describe('why (not)?', () => {
  it('what is raised comes first, then what is on its way, then what cannot be told', async () => {
    const { page } = await open();
    const rows = page.findAll('[data-part=trace] > li');
    expect(rows.map((row) => row.attributes('data-phase'))).toEqual([
      'holds',
      'pending',
      'not-computable',
      'clear',
    ]);
  });

  it('says what is compared, what it is now, and which delay runs until when', async () => {
    const { page } = await open();
    const words = plain(page.get('[data-phase=pending]').text());
    expect(words).toContain('Warning: stale air');
    expect(words).toContain('Mean over 10 min: 2,000 ppm or more, for 5 min.');
    expect(words).toContain('Now 2,310 ppm.');
    expect(words).toMatch(
      /It is over the limit since .*\d\d:\d\d:\d\d.* If it stays so, it is raised at .*\d\d:\d\d:\d\d/,
    );
  });

  it('AIR-4: what cannot be computed says what is missing, and is not called clear', async () => {
    const { page } = await open();
    const words = plain(page.get('[data-phase=not-computable]').text());
    expect(words).toContain('40 % of that time was heard, 75 % are needed. That is not the same as clear.');
    expect(words).not.toContain('It is clear.');
  });

  it('says what keeps it from being told, how it ends and where it comes from', async () => {
    const { page } = await open();
    const raised = page.get('[data-phase=holds]');
    expect(raised.get('[data-suppressor=hushed]').text()).toContain('It is silent for now. It still holds.');
    expect(raised.text()).toContain('Then it waits until somebody has seen it.');
    expect(raised.get('[lang=en]').text()).toBe('ventilation practice');
  });

  it('of a silent sensor nothing is said to be so now', async () => {
    const contact = limit('alarm', { id: 'smoke', crosses: 'on' });
    const silent = [
      aTrace({ suppressors: ['silent'] }),
      aTrace({ limit: contact, now: 0, suppressors: ['silent'] }),
    ];
    const { page } = await open({ 'GET /api/air/sensors/a1.co2': trace({ limits: silent }) });
    const words = page.findAll('[data-limit]').map((one) => plain(one.text()));
    expect(words[0]).toContain('At last 812 ppm. It was clear when it was last heard.');
    expect(words[1]).toContain('At last the detector reported nothing.');
    for (const said of words) expect(said).not.toMatch(/\bNow\b|It is clear/);
  });

  it('ALM-3: each alarm that it can raise can be put aside beforehand', async () => {
    const { page } = await open();
    expect(page.get('[data-part=ahead]').text()).toContain('Put an alarm aside beforehand');
    expect(page.find('[data-part=ahead] form').exists()).toBe(true);
    const nothing = await open({ 'GET /api/air/sensors/a1.co2': trace({ limits: [] }) });
    expect(nothing.page.find('[data-part=ahead]').exists()).toBe(false);
  });

  it('is said in Arabic too', async () => {
    await speak('ar');
    const { page } = await open();
    expect(page.get('[data-phase=holds]').text()).toContain('مُطلق منذ');
  });

  it('a refusal is said in words', async () => {
    const { page } = await open({
      'GET /api/air/sensors/a1.co2': () => ({
        status: 500,
        body: { type: '/problems/bug', title: 'x', status: 500 },
      }),
    });
    expect(page.text()).toContain('Something in the hub is broken.');
  });
});

describe('the upkeep of a sensor', () => {
  const sent = (calls: ReturnType<typeof hubAnswers>) =>
    calls.filter(({ call }) => call.startsWith('PATCH')).map(({ body }) => body);

  it('sends only what was changed', async () => {
    const { page, calls } = await open();
    const [madeOn] = page.get('[data-part=upkeep]').findAll('input');
    await madeOn?.setValue('٢٠٢٦-٠٣');
    await page.get('[data-part=upkeep]').trigger('submit');
    await flushPromises();
    expect(sent(calls)).toEqual([{ madeOn: '2026-03' }]);
  });

  it.each([
    ['2026-13', '84', 'Write year and month like 2026-03.'],
    ['2026-03', '0', 'Write whole months, from 1 to 240.'],
    ['2026-03', 'old', 'Write whole months, from 1 to 240.'],
  ])('%s and %s months are asked again', async (month, life, words) => {
    const { page, calls } = await open();
    const [madeOn, lives] = page.get('[data-part=upkeep]').findAll('input');
    await madeOn?.setValue(month);
    await lives?.setValue(life);
    await page.get('[data-part=upkeep]').trigger('submit');
    expect(page.get('[data-part=upkeep]').text()).toContain(words);
    expect(sent(calls)).toEqual([]);
  });

  const tested = { ...ENTITY, health: aHealth({ lifeMonths: 84, testHour: 10 }) };

  it.each([
    ['18', [{ testHour: 18 }]],
    ['٧', [{ testHour: 7 }]],
    ['', [{ testHour: null }]],
    ['10', []],
    ['24', []],
    ['at noon', []],
  ])('the hour at which its test is asked for: "%s"', async (hour, bodies) => {
    const { page, calls } = await open({}, tested);
    await page.get('[data-part=upkeep]').findAll('input').at(2)?.setValue(hour);
    await page.get('[data-part=upkeep]').trigger('submit');
    await flushPromises();
    expect(sent(calls)).toEqual(bodies);
    const isWrong = page.text().includes('Write a whole hour, from 0 to 23.');
    expect(isWrong).toBe(hour === '24' || hour === 'at noon');
  });

  it.each([
    ['2.6', [{ lowVolts: 2.6 }]],
    ['٢٫٦', [{ lowVolts: 2.6 }]],
    ['', [{ lowVolts: null }]],
    ['2.4', []],
    ['0.4', []],
    ['low', []],
  ])('the volts under which its battery is low: "%s"', async (written, bodies) => {
    const { page, calls } = await open({}, { ...ENTITY, health: aHealth({ lowVolts: 2.4 }) });
    await page.get('[data-part=upkeep]').findAll('input').at(2)?.setValue(written);
    await page.get('[data-part=upkeep]').trigger('submit');
    await flushPromises();
    expect(sent(calls)).toEqual(bodies);
    const isWrong = page.text().includes('Write volts, from 0.5 to 60.');
    expect(isWrong).toBe(written === '0.4' || written === 'low');
  });

  it('a sensor that nobody has to test is asked for no hour', async () => {
    const { page } = await open();
    expect(page.text()).not.toContain('Ask for its test');
    expect(page.text()).not.toContain('Its battery is low under');
  });

  it('tells that it was tested, and asks before it is taken out of use', async () => {
    const { page, calls } = await open();
    const press = async (words: string): Promise<void> => {
      const button = page.findAll('button').find((one) => one.text() === words);
      await button?.trigger('click');
      await flushPromises();
    };
    await press('I tested it just now');
    await press('Take it out of use');
    expect(sent(calls)).toEqual([{ tested: true }]);
    expect(page.text()).toContain('Dangerous values still alarm.');
    await press('Yes, take it out of use');
    expect(sent(calls)).toEqual([{ tested: true }, { disabled: true }]);
  });

  it('a sensor that alarms now is not taken out of use', async () => {
    const refused = { type: '/problems/sensor-alarming', title: 'x', status: 409 };
    const { page } = await open({
      'PATCH /api/entities/a1.co2/upkeep': () => ({ status: 409, body: refused }),
    });
    for (const words of ['Take it out of use', 'Yes, take it out of use']) {
      await page
        .findAll('button')
        .find((one) => one.text() === words)
        ?.trigger('click');
      await flushPromises();
    }
    expect(page.get('[role=alert]').text()).not.toBe('');
  });
});
