import { expect, it } from 'vitest';
import { announced, houseWith, lamp, oxygen, SENSOR } from '../../../test/builders.ts';
import type { EntityConfig } from '../entity.ts';
import { announcementOf } from './announcement.ts';

const shownOf = (config: object) => {
  const entity = announced('x', { config: { ...SENSOR, ...config } as EntityConfig });
  return announcementOf(houseWith({ n: [entity] }).devices, 'n').entities[0]?.config;
};

it('shows all that a device announced, as it was read', () => {
  const house = houseWith({ n: [oxygen(), lamp()], other: [oxygen()] });
  const { entities } = announcementOf(house.devices, 'n');
  expect(entities.map(({ id, component }) => [id, component])).toEqual([
    ['n.o2', 'sensor'],
    ['n.lamp', 'switch'],
  ]);
  expect(entities[0]).toMatchObject({
    discoveryTopic: 'homeassistant/device/n/config',
    config: { stateTopic: 't/state', unit: '%', expireAfterMs: null, availability: [] },
  });
  expect(announcementOf(house.devices, 'nobody')).toEqual({ entities: [] });
});

it.each<[what: string, config: object, hidden: object]>([
  ['a code', { settings: { code: '4711' } }, { settings: { code: '***' } }],
  ['a password', { wifiPassword: 'hunter2' }, { wifiPassword: '***' }],
  [
    'the code in what a lock is sent',
    {
      component: 'lock',
      commandTemplate: '{"pin":"4711"}',
      settings: { payloadUnlock: '4711', payloadLock: 'LOCK' },
    },
    { commandTemplate: '***', settings: { payloadUnlock: '***', payloadLock: 'LOCK' } },
  ],
  [
    'a login in an address',
    { settings: { urlTopic: 'a/b', url: 'rtsp://me:secret@10.0.0.2/cam' } },
    { settings: { urlTopic: 'a/b', url: 'rtsp://***@10.0.0.2/cam' } },
  ],
  [
    'a key in an address',
    { settings: { url: 'http://cam/?size=1&token=abc&x=1' } },
    { settings: { url: 'http://cam/?size=1&token=***&x=1' } },
  ],
])('hides %s', (_what, config, hidden) => {
  expect(shownOf(config)).toMatchObject(hidden);
});

it('does not hide the form of a code, nor topics with figures', () => {
  const config = { component: 'lock', commandTopic: 'lock/7/set', settings: { codeFormat: '^\\d{4}$' } };
  expect(shownOf(config)).toMatchObject(config);
});
