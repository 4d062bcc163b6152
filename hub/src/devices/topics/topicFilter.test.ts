import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filtersMeet, topicMatches } from '../../io/topics.ts';
import { meet, reaches } from './topicFilter.ts';

it.each<[filter: string, topic: string, reaches: boolean]>([
  ['zigbee2mqtt/#', 'zigbee2mqtt/lamp/set', true],
  ['zigbee2mqtt/#', 'zigbee2mqtt', true],
  ['zigbee2mqtt/#', 'zigbee2mqtt2/lamp', false],
  ['tele/plug/#', 'tele/plug/LWT', true],
  ['tele/plug/#', 'tele/plug2/LWT', false],
  ['tele/+/STATE', 'tele/plug/STATE', true],
  ['tele/+/STATE', 'tele/plug/a/STATE', false],
  ['tele/+', 'tele', false],
  ['a/b', 'a/b/c', false],
])('%s and %s: %s', (filter, topic, expected) => {
  expect(reaches(filter, topic)).toBe(expected);
});

it('says what the broker says', () => {
  const level = fc.constantFrom('a', 'b', '', '+');
  const filter = fc
    .tuple(fc.array(level, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([levels, all]) => [...levels, ...(all ? ['#'] : [])].join('/'));
  fc.assert(
    fc.property(filter, filter, (one, other) => {
      expect(meet(one, other)).toBe(filtersMeet(one, other));
    }),
  );
  const topic = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 5 })
    .map((levels) => levels.join('/'));
  fc.assert(
    fc.property(filter, topic, (one, other) => {
      expect(reaches(one, other)).toBe(topicMatches(one, other));
    }),
  );
});
