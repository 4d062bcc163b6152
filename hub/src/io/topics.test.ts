import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filterCovers, filtersMeet, topicMatches } from './topics.ts';

it.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/c', false],
  ['a/b', 'a', false],
  ['a/b', 'a/b/c', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/', true],
  ['a/+', 'a', false],
  ['a/+', 'a/b/c', false],
  ['+/b', 'a/b', true],
  ['+', '', true],
  ['+', 'a/b', false],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['a/#', 'ab', false],
  ['a/+/#', 'a', false],
  ['a/+/#', 'a/b', true],
  ['#', 'a/b', true],
  ['#', '/', true],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['$SYS/#', '$SYS/x', true],
  ['homeward/12/#', 'homeward/123/state', false],
  ['homeassistant/+/12/#', 'homeassistant/sensor/12/co/config', true],
])('the filter %s on the topic %s: %s', (filter, topic, matches) => {
  expect(topicMatches(filter, topic)).toBe(matches);
});

it.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/+', false],
  ['a/b', 'a/#', false],
  ['a/b', '#', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/+', true],
  ['a/+', 'a/#', false],
  ['a/+', 'a', false],
  ['a/#', 'a', true],
  ['a/#', 'a/#', true],
  ['a/#', 'a/+/c', true],
  ['a/#', 'a/+/#', true],
  ['a/#', '+/b', false],
  ['a/#', '#', false],
  ['a/+/#', 'a/#', false],
  ['a/+/#', 'a/b', true],
  ['+/b', 'a/b', true],
  ['+/b', '#', false],
  ['#', '#', true],
  ['#', '+/+', true],
  ['#', '$SYS/#', false],
  ['#', '$share/all/#', false],
  ['+/x', '$SYS/x', false],
  ['homeward/12/#', 'homeward/+/state', false],
  ['homeward/12/#', 'homeward/12/../13/#', true],
])('the right to %s covers the wish for %s: %s', (allowed, requested, covers) => {
  expect(filterCovers(allowed, requested)).toBe(covers);
});

const level = fc.constantFrom('a', 'b', '', '$x');
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filter = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 3 }), fc.boolean())
  .map(([levels, all]) => (all || levels.length === 0 ? [...levels, '#'] : levels).join('/'));

it('no topic reaches a client by a wish that its rights cover, but not by its rights', () => {
  fc.assert(
    fc.property(filter, filter, topic, (allowed, requested, said) => {
      if (filterCovers(allowed, requested) && topicMatches(requested, said)) {
        expect(topicMatches(allowed, said)).toBe(true);
      }
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  ['homeassistant/+/+/config', 'homeassistant/+/hall/#', true],
  ['homeassistant/+/+/+/config', 'homeassistant/+/hall/#', true],
  ['homeassistant/+/hall/#', 'homeassistant/+/bath/#', false],
  ['zigbee2mqtt/#', 'homeward/hall/#', false],
  ['a/b', 'a', false],
  ['a/#', 'a', true],
  ['a/+', 'a', false],
  ['+/b', 'a/+', true],
  ['#', 'a', true],
])('the filters %s and %s meet: %s', (one, other, meet) => {
  expect([filtersMeet(one, other), filtersMeet(other, one)]).toEqual([meet, meet]);
});

it('filters that match one topic meet', () => {
  const level = fc.constantFrom('a', 'b', '+', '#');
  const levels = fc.array(level, { minLength: 1, maxLength: 4 });
  const filter = levels.map((all) => all.slice(0, all.indexOf('#') + 1 || all.length).join('/'));
  const topic = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(filter, filter, topic, (one, other, at) => {
      const said = at.join('/');
      if (topicMatches(one, said) && topicMatches(other, said)) expect(filtersMeet(one, other)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
