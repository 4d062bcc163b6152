import { expect, it } from 'vitest';
import { createUnsentQueue, type Unsent } from './unsent.ts';

const message = (topic: string, more: Partial<Unsent> = {}): Unsent => ({
  topic,
  payload: '',
  retain: false,
  until: Number.POSITIVE_INFINITY,
  ...more,
});

it('gives up the oldest message when it is full', () => {
  const queue = createUnsentQueue(2);
  expect(queue.add(message('a'))).toBe(true);
  expect(queue.add(message('b'))).toBe(true);
  expect(queue.add(message('c'))).toBe(false);
  expect(queue.take(0).messages.map(({ topic }) => topic)).toEqual(['b', 'c']);
});

it('keeps only the last retained message of a topic, but each one that is not retained', () => {
  const queue = createUnsentQueue();
  queue.add(message('t', { payload: '1', retain: true }));
  queue.add(message('t', { payload: '2' }));
  queue.add(message('t', { payload: '3', retain: true }));
  expect(queue.take(0).messages.map(({ payload }) => payload)).toEqual(['2', '3']);
});

it('keeps what is urgent beside all others, of each topic the newest, and lets it go first', () => {
  const queue = createUnsentQueue(1);
  queue.add(message('s', { payload: 'ON', urgent: true }));
  queue.add(message('a'));
  queue.add(message('s2', { payload: 'ON', urgent: true }));
  expect(queue.add(message('b'))).toBe(false);
  queue.add(message('s', { payload: 'OFF', urgent: true }));
  expect(queue.take(0).messages.map(({ topic, payload }) => `${topic} ${payload}`)).toEqual([
    's2 ON',
    's OFF',
    'b ',
  ]);
  expect(queue.take(0).messages).toEqual([]);
});

it('gives up the oldest urgent message when there are too many topics of them', () => {
  const queue = createUnsentQueue();
  for (let n = 0; n < 256; n++) expect(queue.add(message(`s${n}`, { urgent: true }))).toBe(true);
  expect(queue.add(message('one more', { urgent: true }))).toBe(false);
  const { messages } = queue.take(0);
  expect([messages.length, messages[0]?.topic, messages.at(-1)?.topic]).toEqual([256, 's1', 'one more']);
});

it('takes back what was sent in vain: it is older than what waits', () => {
  const queue = createUnsentQueue(2);
  queue.add(message('b'));
  queue.add(message('s', { payload: 'OFF', urgent: true }));
  expect(queue.putBack([message('z'), message('a'), message('s', { payload: 'ON', urgent: true })])).toBe(1);
  expect(queue.take(0).messages.map(({ topic, payload }) => topic + payload)).toEqual(['sOFF', 'a', 'b']);
});

it('forgets what is too old, at the last moment still takes it, and is empty afterwards', () => {
  const queue = createUnsentQueue();
  queue.add(message('late', { until: 99 }));
  queue.add(message('just', { until: 100 }));
  expect(queue.take(100)).toMatchObject({ messages: [{ topic: 'just' }], stale: 1 });
  expect(queue.take(100)).toEqual({ messages: [], stale: 0 });
});
