import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AnnouncedBy from '../../src/devices/AnnouncedBy.vue';
import EntityForm from '../../src/devices/EntityForm.vue';
import EntityPicture from '../../src/devices/EntityPicture.vue';
import EntityRow from '../../src/devices/EntityRow.vue';
import { aDevice, anEntity, NOW } from './houses.ts';
import { hubAnswers } from './hubAnswers.ts';
import { mountInApp } from './mount.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the form of an entity', () => {
  const form = (given = {}) =>
    mountInApp(EntityForm, { entity: anEntity(given), entityKey: 'co', deviceId: 'a1' });

  it.each([
    [' Stove ', 'carbon_monoxide', { name: 'Stove' }],
    ['', 'gas', { quantity: 'gas' }],
    ['Stove', '', { name: 'Stove', quantity: null }],
  ])('asked "%s" and "%s" sends only what was changed', async (name, quantity, change) => {
    const calls = hubAnswers({ 'PATCH /api/devices/a1': aDevice() });
    const wrapper = form();
    await wrapper.get('input').setValue(name);
    await wrapper.get('select').setValue(quantity);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(calls.map(({ body }) => body)).toEqual([{ entities: { co: change } }]);
  });

  it('gives its own name back when the name is emptied', async () => {
    const calls = hubAnswers({ 'PATCH /api/devices/a1': aDevice() });
    const wrapper = form({ name: 'Stove' });
    await wrapper.get('input').setValue('');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(calls.map(({ body }) => body)).toEqual([{ entities: { co: { name: null } } }]);
  });

  it('sends nothing when nothing was changed, and warns where a life may depend on it', async () => {
    const calls = hubAnswers({});
    const wrapper = form();
    await wrapper.get('form').trigger('submit');
    expect(calls).toEqual([]);
    expect(wrapper.text()).toContain('A life may depend on this.');
  });

  it.each([
    ['temperature', true],
    ['humidity', true],
    ['carbon_dioxide', false],
  ] as const)('says of %s how it is taken out of the room: %s', (quantity, says) => {
    const wrapper = form({ quantity, safety: false });
    expect(wrapper.find('[data-part=no-room]').exists()).toBe(says);
  });
});

describe('the picture of a camera', () => {
  const camera = (at: number | null) =>
    anEntity({ id: 'cam.1', component: 'camera', quantity: 'picture', value: null, at });
  const picture = (at: number | null) =>
    mountInApp(EntityPicture, { entity: camera(at), name: 'Porch', now: NOW });

  it('is fetched anew when there is a new one, and says what it is and how old', async () => {
    const wrapper = picture(NOW - 60_000);
    const first = wrapper.get('img');
    expect(first.attributes('src')).toBe(`/api/entities/cam.1/picture?at=${NOW - 60_000}`);
    expect(first.attributes('alt')).toBe('Porch, picture heard 1 min ago');
    await wrapper.setProps({ entity: camera(NOW) });
    expect(wrapper.get('img').attributes('src')).toBe(`/api/entities/cam.1/picture?at=${NOW}`);
  });

  it('that is not there yet, or cannot be fetched, is said in words; the next one is tried again', async () => {
    expect(picture(null).text()).toBe('No picture yet.');
    const wrapper = picture(NOW - 1);
    await wrapper.get('img').trigger('error');
    expect(wrapper.text()).toContain('The picture could not be fetched.');
    await wrapper.setProps({ entity: camera(NOW) });
    expect(wrapper.find('img').exists()).toBe(true);
  });
});

describe('what was announced', () => {
  const CONFIG = {
    commandTopic: null,
    stateTopic: 'z/t',
    settings: { component: 'sensor', options: ['a'] },
    availability: [{ topic: 'z/s' }],
  };
  const ANSWER = {
    entities: [
      {
        id: 'a1.co',
        component: 'sensor',
        discoveryTopic: 'homeassistant/sensor/a1/co/config',
        config: CONFIG,
      },
    ],
  };

  it('is asked for when it is unfolded, and read part by part', async () => {
    const calls = hubAnswers({ 'GET /api/devices/a1/announcement': ANSWER });
    const wrapper = mountInApp(AnnouncedBy, { deviceId: 'a1' });
    await flushPromises();
    expect(calls).toEqual([]);
    const details = wrapper.get('details');
    (details.element as HTMLDetailsElement).open = true;
    await details.trigger('toggle');
    await flushPromises();
    const rows = wrapper.findAll('tr').map((row) => [row.get('th').text(), row.get('td').text()]);
    expect(rows).toEqual([
      ['stateTopic', 'z/t'],
      ['settings.component', 'sensor'],
      ['settings.options', '["a"]'],
      ['availability', '[{"topic":"z/s"}]'],
    ]);
    expect(JSON.parse(wrapper.get('#announced-all').text())).toEqual(ANSWER);
  });
});

describe('a row', () => {
  const row = (given: Parameters<typeof anEntity>[0]) =>
    mountInApp(EntityRow, {
      entity: anEntity({ safety: false, ...given }),
      entityKey: 'x',
      deviceId: 'a1',
      now: NOW,
      live: true,
      noSwitching: false,
      sirenNeeded: false,
    });

  it('a button that was never pressed is not blind; a sensor that was never heard is', () => {
    const button = row({
      component: 'button',
      quantity: 'button',
      value: null,
      at: null,
      control: { is: 'button' },
    });
    expect(button.find('.head .shape').exists()).toBe(false);
    expect(row({ value: null, at: null }).get('.value').text()).toContain('Blind');
  });

  it('an event says its last word and when', () => {
    const event = row({
      component: 'event',
      quantity: 'button',
      value: 'double',
      unit: null,
      at: NOW - 90_000,
      reportEveryMs: null,
    });
    expect(event.get('.value').text()).toBe('double');
    expect(event.get('.age').text()).toBe('1 min ago');
    expect(event.findAll('.fold').map((fold) => fold.text())).toEqual(['Name and kind']);
  });

  it('a secret text is never shown', () => {
    const secret = row({
      component: 'text',
      quantity: 'other',
      value: 'hush',
      unit: null,
      control: { is: 'text', min: 0, max: 20, pattern: null, secret: true },
    });
    expect(secret.html()).not.toContain('hush');
  });

  it('unfolds its form only when it is wanted', async () => {
    const wrapper = row({});
    expect(wrapper.find('form').exists()).toBe(false);
    await wrapper.findAll('.fold').at(-1)?.trigger('click');
    expect(wrapper.findAll('.fold').at(-1)?.attributes('aria-expanded')).toBe('true');
    expect(wrapper.find('form').exists()).toBe(true);
  });
});
