import type { Incident } from '@homeward/hub/api';
import { Incident as Schema } from '@homeward/hub/api';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ToIncident from '../../src/alarms/ToIncident.vue';
import { useHouse } from '../../src/hub/house.ts';
import IncidentPage from '../../src/journal/IncidentPage.vue';
import { speak } from '../../src/text/i18n.ts';
import { aDevice, aHouse, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { anIncident, aStep, SINCE } from './incidents.ts';
import { aPerson, mountInApp } from './mount.ts';
import { aRange } from './pasts.ts';

vi.mock('@ionic/vue', () => ({
  useIonRouter: () => ({ navigate: vi.fn() }),
  IonPage: { template: '<div><slot /></div>' },
  IonContent: { template: '<div><slot /></div>' },
}));
vi.mock('vue-router', () => ({ useRoute: () => ({ params: { id: 'al1' }, query: {}, path: '' }) }));

/** What is drawn: this browser has no canvas. */
const drawn = vi.hoisted((): unknown[] => []);
vi.mock('../../src/history/plot.ts', () => ({
  createPlot: (_: HTMLElement, picture: unknown) => {
    drawn.push(picture);
    const nothing = (): void => undefined;
    return {
      area: document.createElement('div'),
      ...{
        draw: nothing,
        look: nothing,
        shade: nothing,
        resize: nothing,
        repaint: nothing,
        destroy: nothing,
      },
    };
  },
}));

const HOUSE = aHouse({
  devices: [
    aDevice(),
    aDevice({ id: 's1', name: 'Siren', roomId: 'kit' }, [
      anEntity({ id: 's1.siren', component: 'siren', quantity: 'siren', unit: null, value: false }),
    ]),
  ],
});
const MINUTES = 25;
const RANGE = aRange(
  Array.from({ length: MINUTES }, (_, minute) => (minute < 10 ? 3 : minute < 16 ? 84 : 8)),
  {
    t0: SINCE - 600_000,
  },
);
const LIMITS = { profile: 'EN', sensitivePeople: false, limits: [] };

let page: VueWrapper;
const open = async (incident: Incident | null): Promise<VueWrapper> => {
  const problem = { type: '/problems/not-found', title: 'No.', status: 404 };
  hubAnswers({
    'GET /api/alarms/al1/incident': () =>
      incident === null ? { status: 404, body: problem } : { body: Schema.parse(incident) },
    'GET /api/history/a1.co': RANGE,
    'GET /api/air/limits': LIMITS,
  });
  page = mountInApp(IncidentPage);
  useHouse().take(HOUSE);
  await flushPromises();
  await flushPromises();
  return page;
};
const said = (part: string): string =>
  page
    .get(`[data-part=${part}]`)
    .text()
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\u00a0/g, ' ');

afterEach(async () => {
  page?.unmount();
  drawn.length = 0;
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  await speak('en');
});

describe('an incident in short', () => {
  it('says what it was, how long, how bad, who sounded, who was on it and who was told', async () => {
    await open(anIncident());
    expect(page.get('h1').text()).toBe('Incident: Carbon monoxide, Bedroom');
    for (const sentence of [
      'It lasted 5 min.',
      'At worst: highest alarm.',
      'It was raised at 84 ppm.',
      'The first siren was told to sound within a second.',
      'Mona was on it after 42 s.',
      'Nobody was told outside these screens: this hub has no way to do so yet.',
    ])
      expect(said('head')).toContain(sentence);
    expect(said('head')).toMatch(/It began on .+ UTC|It began on .+ GMT/);
  });

  it('says what was not done, and claims nothing that it cannot know', async () => {
    const { alarm, rows } = anIncident();
    const quiet = rows.filter(({ type }) => type !== 'commandSent' && type !== 'alarmAcknowledged');
    const unanswered = { ...alarm, transitions: alarm.transitions.slice(0, 1) };
    await open(anIncident({ rows: quiet, alarm: unanswered }));
    expect(said('head')).toContain('No siren was told to sound.');
    expect(said('head')).toContain('Nobody said “I’m on it”.');
    page.unmount();
    // it sounded for another alarm already, or not all rows are here
    const other = rows.map((row) => (row.type === 'commandSent' ? { ...row, who: 'smoke.x.y.1' } : row));
    await open(anIncident({ rows: other }));
    expect(said('head')).not.toMatch(/siren/);
    page.unmount();
    await open(anIncident({ rows: quiet, moreRows: true }));
    expect(said('head')).not.toMatch(/siren/);
  });

  it('is told by the time of the house when somebody set the clock meanwhile', async () => {
    const { rows, alarm } = anIncident();
    const leapt = rows.map((row) => (row.seq >= 13 ? { ...row, at: row.at - 7_200_000 } : row));
    await open(anIncident({ rows: leapt, alarm: { ...alarm, endedAt: SINCE - 6_900_000 } }));
    expect(said('head')).toContain('It lasted 5 min.');
    expect(said('head')).toContain('Mona was on it after 42 s.');
  });

  it('of an alarm that goes on says so', async () => {
    const { alarm, rows } = anIncident();
    await open(
      anIncident({ isOver: false, alarm: { ...alarm, endedAt: null }, rows: rows.slice(0, 4), to: NOW }),
    );
    expect(said('head')).toContain('It is not back to normal yet. So far it has lasted 15 min.');
  });

  it('that nobody knows of any more says so', async () => {
    await open(null);
    expect(page.text()).toContain('Nothing is known of this alarm any more');
    expect(page.get('a.btn').attributes('href')).toBe('/alarms');
  });
});

describe('its steps', () => {
  it('stand in order with both times, and what else happened only when it is wanted', async () => {
    await open(anIncident());
    const steps = () => page.findAll('[data-part=incident-steps] [data-seq]');
    expect(steps().map((one) => one.attributes('data-seq'))).toEqual(['11', '12', '13', '14']);
    expect(steps()[0]?.text()).toContain('the alarm');
    expect(steps()[0]?.text()).toMatch(/\d\d:\d\d:\d\d/);
    expect(steps()[1]?.text()).toContain('What the house did');
    expect(steps()[1]?.text()).toContain('The house asked');
    expect(steps()[2]?.text()).toContain('42 s after');
    expect(steps()[2]?.text()).toContain('Mona is on it.');
    await page.get('[data-part=incident-steps] input').setValue(true);
    expect(steps()[0]?.attributes('data-seq')).toBe('10');
    expect(steps()[0]?.text()).toContain('1 min before');
  });

  it('say that there were more, or that none is left', async () => {
    await open(anIncident({ moreRows: true }));
    expect(said('incident-steps')).toContain('There was more; it stands in the journal.');
    page.unmount();
    await open(anIncident({ rows: [] }));
    expect(said('incident-steps')).toContain('Nothing of that time is in the journal any more.');
  });
});

describe('its curves, doors and people', () => {
  it('draw ten minutes before and after, with the moment of the alarm, and say the same in words and rows', async () => {
    await open(anIncident());
    const picture = drawn[0] as { shown: unknown; marks: unknown; curve: { avg: number[] } };
    expect(picture.shown).toEqual({ from: SINCE - 600_000, to: SINCE + 900_000 });
    expect(picture.marks).toEqual([
      { at: SINCE, label: 'Alarm' },
      { at: SINCE + 300_000, label: 'End' },
    ]);
    expect(Math.max(...picture.curve.avg)).toBe(84);
    const curve = page.get('[data-series="a1.co"]');
    expect(curve.text()).toContain('This raised the alarm');
    expect(curve.text().replace(/[\u2066-\u2069]/g, '')).toMatch(/From .+ to .+: 2–85\sppm/);
    const details = curve.get('details').element as HTMLDetailsElement;
    details.open = true;
    await curve.get('details').trigger('toggle');
    expect(curve.findAll('tbody tr').length).toBeGreaterThan(4);
  });

  it('tell of doors what held and each change, and what is not known', async () => {
    const [door] = anIncident().contacts;
    if (door === undefined) throw new Error('the incident has a door');
    await open(
      anIncident({
        contacts: [
          door,
          { ...door, entityId: 'd2.lock', quantity: 'lock', before: null, changes: [], isWhole: false },
        ],
        moreContacts: 2,
      }),
    );
    const [first, second] = page.findAll('[data-contact]').map((one) => one.text());
    expect(first).toMatch(/At the beginningClosed\d\d:\d\d:\d\dOpen/);
    expect(second).toContain('Not known');
    expect(second).toContain('Not all of it is known any more.');
    expect(said('doors')).toContain('2 more are not shown.');
  });

  it('tell who was logged in and who was told', async () => {
    await open(anIncident({ told: [{ at: SINCE, houseMs: 1, who: 'Omar', way: 'push' }], toldWhy: null }));
    expect(said('people')).toMatch(/\d\d:\d\d:\d\d Omar, push/);
    expect(said('people')).toContain('Mona');
    expect(said('head')).toContain('Told outside these screens: one person.');
  });

  it('are read in Arabic', async () => {
    await speak('ar');
    await open(anIncident({ rows: [...anIncident().rows, aStep(15, 400_000, { type: 'moonRose' })] }));
    expect(page.get('h1').text()).toMatch(/^الحادثة: /);
    expect(said('head')).toContain('تولّى Mona الأمر');
    expect(page.text()).not.toMatch(/journal\.\w|incident\.\w/);
  });
});

describe('the way to an incident', () => {
  it.each([
    [['journal.see'], true],
    [['alarms.past'], false],
  ] as const)('with the rights %j is shown: %s', async (rights, isShown) => {
    page = mountInApp(ToIncident, { alarmId: 'co.a1.co.x' }, aPerson({ rights: [...rights] }));
    await flushPromises();
    expect(page.find('a[href="/alarms/co.a1.co.x/incident"]').exists()).toBe(isShown);
  });
});
