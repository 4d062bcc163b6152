import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  announced,
  availableAt,
  deviceAnnounced,
  houseWith,
  play,
  SENSOR,
  smoke,
} from '../../../test/builders.ts';
import { rowsOf } from '../../house/table.ts';
import { createTopicIndex, type LateListener } from './topicIndex.ts';

const on = (key: string, stateTopic: string, ...availability: string[]) =>
  announced(key, { config: { ...SENSOR, stateTopic, availability: availability.map(availableAt) } });
const entitiesWith = (...entities: ReturnType<typeof on>[]) => houseWith({ n: entities }).devices.entities;
const whoIs = (late: readonly LateListener[]) => late.map(({ listener }) => listener.entity.id);
const NOTHING = { news: [], states: [], unsubscribe: [], late: [] };

it('asks for a topic once, however many want to hear it, and lets go of it with the last', () => {
  const index = createTopicIndex();
  const { late, ...asked } = index.follow(entitiesWith(on('a', 't'), on('b', 't')));
  expect(asked).toEqual({ news: [], states: ['t'], unsubscribe: [] });
  expect(whoIs(late)).toEqual(['n.b']);
  expect(index.hearing('t').map(({ entity }) => entity.id)).toEqual(['n.a', 'n.b']);
  expect(index.follow(entitiesWith(on('b', 't')))).toEqual(NOTHING);
  expect(index.hearing('t').map(({ entity }) => entity.id)).toEqual(['n.b']);
  expect(index.follow(entitiesWith())).toEqual({ news: [], states: [], unsubscribe: ['t'], late: [] });
  expect(index.hearing('t')).toEqual([]);
});

it('hears a pattern on every topic that it reaches, beside those who named the topic', () => {
  const index = createTopicIndex();
  const pattern = '+/+/ble/m1';
  expect(index.follow(entitiesWith(on('a', pattern), on('b', 'home/gw/ble/m1'))).states).toEqual([
    pattern,
    'home/gw/ble/m1',
  ]);
  expect(index.hearing('home/gw/ble/m1').map(({ entity }) => entity.id)).toEqual(['n.b', 'n.a']);
  expect(index.hearing('home/gw2/ble/m1').map(({ entity }) => entity.id)).toEqual(['n.a']);
  expect(index.hearing('home/gw/ble/m2')).toEqual([]);
  expect(index.follow(entitiesWith(on('b', 'home/gw/ble/m1'))).unsubscribe).toEqual([pattern]);
  expect(index.hearing('home/gw2/ble/m1')).toEqual([]);
});

it('tells who came late: not who has only changed, for it has heard its topic', () => {
  const index = createTopicIndex();
  index.follow(entitiesWith(on('a', 't'), on('b', 't')));
  const changed = { ...on('b', 't'), name: 'other' };
  expect(whoIs(index.follow(entitiesWith(on('a', 't'), changed)).late)).toEqual([]);
  expect(whoIs(index.follow(entitiesWith(on('a', 't'), changed, on('c', 't'))).late)).toEqual(['n.c']);
});

it('does nothing when nothing changed', () => {
  const index = createTopicIndex();
  const entities = entitiesWith(on('a', 't'));
  index.follow(entities);
  expect(index.follow(entities)).toEqual(NOTHING);
});

it('follows an entity from topic to topic, and does not let go of one that somebody else takes', () => {
  const index = createTopicIndex();
  index.follow(entitiesWith(on('a', 't'), on('b', 'u')));
  const { late, ...asked } = index.follow(entitiesWith(on('a', 'u'), on('b', 'v')));
  expect(asked).toEqual({ news: [], states: ['v'], unsubscribe: ['t'] });
  expect(whoIs(late)).toEqual(['n.a']);
  expect(index.hearing('u').map(({ entity }) => entity.id)).toEqual(['n.a']);
});

it('hears availability, also of an entity that cannot be read', () => {
  const index = createTopicIndex();
  const faulty = { ...on('a', 't', 'av'), fault: 'template: unsupported' };
  expect(index.follow(entitiesWith(faulty)).news).toEqual(['av']);
  expect(index.hearing('av')).toMatchObject([{ hears: 'availability' }]);
  expect(index.follow(entitiesWith())).toEqual({ news: [], states: [], unsubscribe: ['av'], late: [] });
});

it('hears one topic as state and as availability', () => {
  const index = createTopicIndex();
  expect(index.follow(entitiesWith(on('a', 't', 't'))).news).toEqual(['t']);
  expect(index.hearing('t').map(({ hears }) => hears)).toEqual(['state', 'availability']);
});

it.each(['homeward/n/state', 'homeward/n/alarm', 'homeward/n/availability'])('has %s already', (topic) => {
  const index = createTopicIndex();
  expect(index.follow(entitiesWith(on('a', topic)))).toMatchObject({ news: [], states: [], unsubscribe: [] });
  expect(index.hearing(topic)).toHaveLength(1);
  expect(index.follow(entitiesWith())).toEqual(NOTHING);
});

it('is subscribed to exactly what somebody wants to hear, whatever is announced', () => {
  const topic = fc.constantFrom('t', 'u', 'v', '__proto__');
  const entity = fc.tuple(
    fc.constantFrom('a', 'b', 'c'),
    topic,
    fc.array(topic, { maxLength: 2 }),
    fc.boolean(),
  );
  const announcement = fc.tuple(fc.array(entity, { maxLength: 3 }), fc.subarray(['a', 'b', 'c']));
  fc.assert(
    fc.property(fc.array(announcement, { maxLength: 20, size: 'max' }), (announcements) => {
      const index = createTopicIndex();
      const subscribed = new Set<string>();
      let house = houseWith({ n: [] });
      for (const [entities, removedKeys] of announcements) {
        const said = entities.map(([key, state, available, isOdd]) => ({
          ...on(key, state, ...available),
          fault: isOdd ? 'odd' : null,
        }));
        house = play(house, [[0, deviceAnnounced('n', said, { removedKeys })]]).house;
        const { news, states, unsubscribe } = index.follow(house.devices.entities);
        for (const each of unsubscribe) expect(subscribed.delete(each)).toBe(true);
        for (const each of states) expect(subscribed).not.toContain(each);
        for (const each of [...news, ...states]) subscribed.add(each);
        const wanted = [...rowsOf(house.devices.entities)].flatMap(([, { fault, config }]) => [
          ...(fault === null && config.stateTopic !== null ? [config.stateTopic] : []),
          ...config.availability.map((each) => each.topic),
        ]);
        expect(subscribed).toEqual(new Set(wanted));
      }
    }),
  );
});

it('asks again for a topic that begins to bring news: the contact of a smoke alarm shares it with a battery', () => {
  const index = createTopicIndex();
  expect(index.follow(entitiesWith(on('battery', 't')))).toMatchObject({ news: [], states: ['t'] });
  const alarm = smoke('smoke', { stateTopic: 't' });
  expect(index.follow(entitiesWith(on('battery', 't'), alarm))).toMatchObject({ news: ['t'], states: [] });
});

it('tells who came too late for what the broker remembers of an availability', () => {
  const index = createTopicIndex();
  expect(index.follow(entitiesWith(on('a', 't', 'av'))).late).toEqual([]);
  const { news, late } = index.follow(entitiesWith(on('a', 't', 'av'), on('b', 'u', 'av')));
  expect(news).toEqual([]);
  expect(late.map(({ topic, listener }) => [topic, listener.entity.id])).toEqual([['av', 'n.b']]);
});
