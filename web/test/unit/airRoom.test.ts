import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AirPage from '../../src/air/AirPage.vue';
import RoomPage from '../../src/air/RoomPage.vue';
import { useHouse } from '../../src/hub/house.ts';
import { speak } from '../../src/text/i18n.ts';
import { anAir, anOutlook } from './airs.ts';
import { aDevice, aHouse, anAlarm, anEntity } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => ({ params: { id: 'bed' } }) }));
vi.stubGlobal(
  'IntersectionObserver',
  class {
    observe(): void {}
    disconnect(): void {}
  },
);

const oxygen = (air = anAir()) => anEntity({ id: 'a1.o2', quantity: 'oxygen', unit: '%', value: 20.6, air });
const co = (air = anAir()) => anEntity({ id: 'a1.co', value: 31, air });
const co2 = (given = {}) =>
  anEntity({ id: 'a1.co2', quantity: 'carbon_dioxide', unit: 'ppm', value: 1180, safety: false, ...given });

const show = async (house: ReturnType<typeof aHouse>, page = RoomPage) => {
  hubAnswers({});
  const mounted = mountInApp(page);
  useHouse().take(house);
  useHouse().linkUp = true;
  await nextTick();
  await nextTick();
  return mounted;
};
const room = (entities: Parameters<typeof aDevice>[1], given: Parameters<typeof aHouse>[0] = {}) =>
  show(aHouse({ devices: [aDevice({}, entities)], ...given }));

afterEach(async () => {
  document.body.innerHTML = '';
  await speak('en');
});

describe('the air of a room', () => {
  it('is good, and says so, when all is within its limits', async () => {
    const page = await room([oxygen(), co()]);
    const verdict = page.get('[data-part=room-verdict]');
    expect(verdict.attributes('data-verdict')).toBe('safe');
    expect(verdict.text()).toContain('Good');
    expect(verdict.text()).toContain('Nothing to do.');
  });

  it('says what is wrong and what to do, and shows that value first', async () => {
    const page = await room([oxygen(), co2({ level: 'check', air: anAir({ trend: 'rising' }) })], {
      rooms: { bed: 'check' },
    });
    expect(page.get('[data-part=room-verdict]').text()).toContain('Check');
    const front = page.get('[data-chosen]');
    expect(front.attributes('data-chosen')).toBe('a1.co2');
    expect(front.text()).toMatch(/1,180\sppm/);
    expect(front.text()).toContain('Rising');
  });

  it('follows its own alarms only', async () => {
    const elsewhere = anAlarm({ room: { id: 'kit', name: 'Kitchen' } });
    const page = await room([oxygen(), co()], { alarms: [elsewhere] });
    expect(page.get('[data-part=room-verdict]').attributes('data-verdict')).toBe('safe');
    const here = await room([oxygen(), co()], { alarms: [anAlarm()], rooms: { bed: 'alarm' } });
    expect(here.get('[data-part=room-verdict]').text()).toContain('carbon monoxide');
  });

  it('never shows a number of what is silent', async () => {
    const page = await room([co2({ available: false }), oxygen()]);
    const strip = page.get('[data-chosen="a1.co2"]');
    expect(strip.text()).not.toContain('1,180');
    expect(strip.text()).toContain('Blind');
  });

  it('another value comes to the front when it is chosen, and takes the focus', async () => {
    const page = await room([oxygen(), co()]);
    await page.get('[data-strip="a1.co"] button').trigger('click');
    await nextTick();
    expect(page.get('[data-chosen]').attributes('data-chosen')).toBe('a1.co');
    expect(document.activeElement?.textContent).toBe('CO');
  });

  it('O2-4: tells where the oxygen is going as a range, never as one number', async () => {
    const outlook = anOutlook({
      state: 'falling',
      rule: 'main',
      perMinute: -0.0233,
      minutes: { soonest: 26, likely: 41, latest: 69 },
      dry: 20.61,
    });
    const page = await room([oxygen(anAir({ outlook })), co()]);
    const note = page.get('[data-part=outlook]');
    expect(note.text()).toMatch(/It is falling by 1\.4\s% an hour\./);
    expect(note.text()).toMatch(/under 19\.5\s% in about 40\smin \(25–70\smin\)\./);
    expect(note.classes()).toContain('is-warning');
  });

  it.each([
    [anOutlook({ state: 'off', why: 'no-climate' }), 'warmth and humidity are not measured'],
    [anOutlook({ state: 'off' }), 'It cannot be told now.'],
    [anOutlook({ state: 'learning' }), 'Still learning'],
    [anOutlook({ displacement: true }), 'Another gas may be pushing it out.'],
    [
      anOutlook({ state: 'falling', minutes: { soonest: 4, likely: 9, latest: null } }),
      'in 4 min at the soonest, perhaps never',
    ],
  ])('O2-5: %o is said in words', async (outlook, words) => {
    const page = await room([oxygen(anAir({ outlook })), co()]);
    expect(page.get('[data-part=outlook]').text().replaceAll('\u00a0', ' ')).toContain(words);
  });

  it('CO-4: what adds up is a share of the alarm dose and a model, never a medical value', async () => {
    const page = await room([co(anAir({ dose: 0.37, cohb: 2.14 })), oxygen()]);
    await page.get('[data-strip="a1.co"] button, [data-chosen="a1.co"]').trigger('click');
    await nextTick();
    const note = page.get('[data-part=exposure]');
    expect(note.get('[role=progressbar]').attributes('aria-valuenow')).toBe('37');
    expect(note.text()).toMatch(/Modelled exposure of a person in this room: 2\.14\s% COHb\./);
    expect(note.text()).toContain('not a medical value');
  });

  it('AIR-4: a mean that cannot be computed says so', async () => {
    const hour = 3_600_000;
    const means = {
      '1h': { windowMs: hour, mean: 12.25, coverage: 1 },
      '8h': { windowMs: 8 * hour, mean: null, coverage: 0.4 },
    };
    const page = await room([co(anAir({ means, aqi: 501, heatIndex: 28.4, mould: true }))]);
    const words = page.get('[data-part=measures]').text().replaceAll('\u00a0', ' ');
    expect(words).toContain('Mean over 1 h12.3 ppm');
    expect(words).toContain('Mean over 8 hNot known: only 40 % of it was heard');
    expect(words).toContain('Beyond its end, over 500');
    expect(words).toContain('damp for days');
  });
});

describe('the air of the house', () => {
  it('lists the rooms with their word, and leads to each', async () => {
    const page = await show(aHouse({ devices: [aDevice({}, [oxygen(), co()])] }), AirPage);
    const row = page.get('[data-room=bed]');
    expect(row.text()).toContain('Good');
    expect(row.text()).toMatch(/Oxygen 20\.6\s% · CO 31\sppm/);
    // Each keeps its own direction: in Arabic "CO 0 ppm" would drag what stands beside it along.
    expect(row.findAll('.fine > bdi').map((part) => part.text().slice(0, 6))).toEqual([
      'Oxygen',
      'CO 31\u00a0',
    ]);
    expect(row.get('a').attributes('href')).toBe('/air/rooms/bed');
    expect(page.get('[href="/air/health"]').text()).toContain('All that measures or sounds is well');
  });

  it('a sentence in the list may be broken into lines, as one run it would lie under the sign', async () => {
    const page = await show(
      aHouse({ devices: [aDevice({}, [oxygen(), { ...co(), available: false }])] }),
      AirPage,
    );
    const line = page.get('[data-room=bed] .fine');
    expect(line.text()).toContain('Not heard: CO');
    expect(line.find('bdi').exists()).toBe(false);
  });
});
