import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AlarmTakeover from '../../src/alarms/AlarmTakeover.vue';
import EntityRow from '../../src/devices/EntityRow.vue';
import { isSirenNeeded } from '../../src/devices/groups.ts';
import HomeBanners from '../../src/home/HomeBanners.vue';
import VerdictCard from '../../src/home/VerdictCard.vue';
import { HubRefusal } from '../../src/hub/client.ts';
import { useHouse } from '../../src/hub/house.ts';
import Refused from '../../src/people/Refused.vue';
import { i18n, speak } from '../../src/text/i18n.ts';
import { drawCells } from '../../src/ui/houseCells.ts';
import Measure from '../../src/ui/Measure.vue';
import Sentence from '../../src/ui/Sentence.vue';
import Tile from '../../src/ui/Tile.vue';
import { aDevice, aHouse, anAlarm, anEntity, NOW } from './houses.ts';
import { mountInApp } from './mount.ts';

vi.mock('@ionic/vue', () => ({ useIonRouter: () => ({ navigate: vi.fn() }) }));

const plugins = { global: { plugins: [i18n] } };

afterEach(async () => {
  document.body.innerHTML = '';
  await speak('en');
});

describe('Measure and Sentence', () => {
  it('never turn a number round and never part it from its unit', async () => {
    await speak('ar');
    const bdi = mount(Measure, { props: { value: 23.4, unit: '°C', quantity: 'temperature' } }).get('bdi');
    expect(bdi.attributes('dir')).toBe('ltr');
    expect(bdi.text()).toBe('23.4\u00a0°C');
    const sentence = mount(Sentence, { props: { text: 'CO₂ الآن \u20662,140\u00a0ppm\u2069.' } });
    expect(sentence.get('bdi').text()).toBe('2,140\u00a0ppm');
  });
});

describe('Tile', () => {
  it('shows value, unit and age', () => {
    const tile = mount(Tile, {
      ...plugins,
      props: { entity: anEntity({ value: 12 }), state: 'safe', now: NOW },
    });
    expect(tile.text()).toContain('12\u00a0ppm');
    expect(tile.get('.age').text()).toBe('3 s ago');
  });

  it('shows no number when blind, but when it was heard', () => {
    const entity = anEntity({ value: 12, available: false, at: NOW - 26 * 60_000 });
    const tile = mount(Tile, { ...plugins, props: { entity, state: 'blind', now: NOW } });
    expect(tile.text()).not.toContain('12');
    expect(tile.get('.v').text()).toContain('–');
    expect(tile.get('.age').text()).toBe('26 min ago');
  });
});

describe('VerdictCard', () => {
  const view = {
    state: 'safe',
    why: [{ key: 'home.why.heard', n: 3 }],
    urgent: false,
    next: { key: 'home.step.nothing' },
    action: null,
  };

  it('says the word, why and the next step', () => {
    const card = mountInApp(VerdictCard, { view, cells: [] });
    expect(card.get('h2').text()).toBe('Safe');
    expect(card.text()).toContain('All 3 sensors heard just now.');
    expect(card.text()).toContain('Nothing to do.');
  });

  it('is announced when the word changes, not at every tick', async () => {
    const card = mountInApp(VerdictCard, { view, cells: [] });
    const spoken = card.get('[aria-live]');
    await card.setProps({ view: { ...view, why: [{ key: 'home.why.heard', n: 4 }] } });
    expect(spoken.text()).toBe('');
    await card.setProps({ view: { ...view, state: 'blind', why: [{ key: 'home.why.blind' }] } });
    expect(spoken.text()).toBe('Blind. We cannot tell if the air there is safe.');
  });
});

describe('HomeBanners', () => {
  const alarm = (id: string) =>
    aDevice({ id, name: 'Bedroom smoke alarm' }, [anEntity({ id: `${id}.smoke`, supervised: false })]);
  const banners = (count: number, verdictIsMute = false) =>
    mountInApp(HomeBanners, {
      house: aHouse({ devices: ['s1', 's2', 's3'].slice(0, count).map(alarm) }),
      now: NOW,
      verdictIsBlind: false,
      verdictIsMute,
    });

  it('say which sensor could die unnoticed, unless the verdict does', async () => {
    const one = banners(1).get('[data-part=mute]');
    expect(one.get('b').text()).toBe('Bedroom smoke alarm never says that it is there.');
    expect(one.text()).toContain('Press its test button now and then.');
    expect(banners(3).get('[data-part=mute] b').text()).toBe('3 sensors never say that they are there.');
    expect(banners(1, true).find('[data-part=mute]').exists()).toBe(false);
    await speak('ar');
    expect(banners(1).get('[data-part=mute]').text()).toContain('اضغطوا زر اختباره من حين إلى آخر.');
  });
});

describe('AlarmTakeover', () => {
  const open = async (alarm = anAlarm()) => {
    const wrapper = mountInApp(AlarmTakeover);
    useHouse().take(
      aHouse({ verdict: 'alarm', devices: [aDevice({}, [anEntity({ value: 84 })])], alarms: [alarm] }),
    );
    await nextTick();
    await nextTick();
    return wrapper;
  };

  it('says what, where, value and four steps, and offers the call', async () => {
    const wrapper = await open();
    const panel = wrapper.get('[role=alertdialog]');
    expect(panel.get('h1').text()).toBe('Carbon monoxide');
    expect(panel.text()).toContain('Bedroom');
    expect(panel.findAll('ol li')).toHaveLength(4);
    expect(panel.get('a').attributes('href')).toBe('tel:112');
    expect(panel.text()).toContain('The alarm stays until the air is clear.');
  });

  it('cannot be left before somebody answers', async () => {
    const wrapper = await open();
    const words = wrapper.findAll('button').map((button) => button.text());
    expect(words).toEqual(['I’m on it']);
  });

  it('tells who knows, and can be left then', async () => {
    const wrapper = await open();
    useHouse().take(
      aHouse({
        verdict: 'alarm',
        alarms: [anAlarm({ state: 'acknowledged', acknowledgedBy: 'Salma', acknowledgedAt: NOW })],
      }),
    );
    await nextTick();
    expect(wrapper.get('.told').text()).toContain('Salma');
    expect(wrapper.findAll('button').map((button) => button.text())).toEqual(['Back to the app']);
  });

  it('keeps the focus inside', async () => {
    const wrapper = await open();
    const stops = wrapper.findAll<HTMLElement>('a, button');
    const last = stops.at(-1);
    last?.element.focus();
    await last?.trigger('keydown', { key: 'Tab' });
    expect(document.activeElement).toBe(stops[0]?.element);
    await stops[0]?.trigger('keydown', { key: 'Tab', shiftKey: true });
    expect(document.activeElement).toBe(last?.element);
  });
});

describe('EntityRow', () => {
  const row = (given: Parameters<typeof anEntity>[0], more = {}) =>
    mountInApp(EntityRow, {
      entity: anEntity(given),
      entityKey: 'co',
      deviceId: 'a1',
      now: NOW,
      live: true,
      noSwitching: false,
      sirenNeeded: false,
      ...more,
    });
  const siren: Parameters<typeof anEntity>[0] = {
    component: 'siren',
    quantity: 'siren',
    value: true,
    control: { is: 'siren', tones: [] },
  };

  it.each([
    ['unsupported-template: filter "foo"', 'It describes its values in a way that we do not understand.'],
    ['foreign-topic', 'It speaks on a topic that is not its own, so it is not believed.'],
    ['something-new', 'It cannot be read.'],
  ])('words %s, and keeps the code in small print', (fault, words) => {
    const said = row({ fault }).get('[data-part=fault]');
    expect(said.text()).toContain(words);
    expect(said.get('small').text()).toBe(fault);
  });

  it('offers to stop a siren, but not while people may be in danger', () => {
    const words = (more = {}) =>
      row(siren, more)
        .findAll('.control button')
        .map((button) => button.text());
    expect(words()).toEqual(['Sound it', 'Stop it']);
    expect(words({ sirenNeeded: true })).toEqual(['Sound it']);
    expect(row(siren, { sirenNeeded: true }).text()).toContain('A siren stays on while there is danger.');
  });

  it.each([
    [anAlarm(), true],
    [anAlarm({ level: 'critical', kind: 'smoke' }), true],
    [anAlarm({ level: 'warning' }), false],
    [anAlarm({ active: false, state: 'latched' }), false],
    [anAlarm({ kind: 'intrusion' }), false],
  ])('needs the siren for what endangers life, and as long as it does (%#)', (alarm, needed) => {
    expect(isSirenNeeded(aHouse({ alarms: [alarm] }))).toBe(needed);
  });
});

describe('Refused', () => {
  it('words the refusal, with the time to wait', () => {
    const failure = new HubRefusal('too-many-tries', { retryAfterS: 30 });
    const refused = mount(Refused, { ...plugins, props: { failure } });
    expect(refused.get('[role=alert]').text()).toBe('Too many tries. Try again in 30 s.');
  });

  it('says nothing when nothing was refused', () => {
    expect(mount(Refused, { ...plugins, props: { failure: null } }).text()).toBe('');
  });
});

describe('the drawn rooms', () => {
  it('stand three to a floor and never outside the house', () => {
    for (let count = 0; count <= 40; count += 1) {
      const cells = drawCells(Array.from({ length: count }, () => 'empty' as const));
      expect(cells.length).toBeLessThanOrEqual(12);
      for (const { x, y, width, height } of cells) {
        expect(x + width).toBeLessThanOrEqual(130.1);
        expect(y + height).toBeLessThanOrEqual(120.1);
      }
    }
  });

  it('fold what does not fit into the last cell, which shows the worst', () => {
    const cells = drawCells([...Array.from({ length: 14 }, () => 'empty' as const), 'danger', 'blind']);
    expect(cells).toHaveLength(12);
    expect(cells.at(-1)?.state).toBe('danger');
  });
});
