import { expect, it } from 'vitest';
import { createTopicPatterns } from './topicPatterns.ts';

const SENSOR = '+/+/BTtoMQTT/A4C1';

it.each([
  ['home/OMG/BTtoMQTT/A4C1', [SENSOR]],
  ['home/OTHER/BTtoMQTT/A4C1', [SENSOR]],
  ['home/OMG/BTtoMQTT/A4C2', []],
  ['OMG/BTtoMQTT/A4C1', []],
  ['a/home/OMG/BTtoMQTT/A4C1', []],
  ['homeward/kitchen/BTtoMQTT/A4C1', []],
  ['homeassistant/sensor/BTtoMQTT/A4C1', []],
  ['$SYS/broker/BTtoMQTT/A4C1', []],
  ['A4C1', []],
])('%s is reached by %j', (topic, expected) => {
  const patterns = createTopicPatterns();
  patterns.add(SENSOR);
  patterns.add(SENSOR);
  expect(patterns.reaching(topic)).toEqual(expected);
  patterns.remove(SENSOR);
  expect(patterns.reaching(topic)).toEqual([]);
});

it('several patterns may end alike', () => {
  const patterns = createTopicPatterns();
  for (const pattern of ['+/a/b', 'x/+/a/b', 'y/+/a/b']) patterns.add(pattern);
  expect(patterns.reaching('x/1/a/b')).toEqual(['x/+/a/b']);
  expect(patterns.reaching('z/a/b')).toEqual(['+/a/b']);
  patterns.remove('never/added/+/a/b');
  patterns.remove('+/a/b');
  expect(patterns.reaching('z/a/b')).toEqual([]);
  expect(patterns.reaching('y/1/a/b')).toEqual(['y/+/a/b']);
});
