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

it('forgets what is too old, at the last moment still takes it, and is empty afterwards', () => {
  const queue = createUnsentQueue();
  queue.add(message('late', { until: 99 }));
  queue.add(message('just', { until: 100 }));
  expect(queue.take(100)).toMatchObject({ messages: [{ topic: 'just' }], stale: 1 });
  expect(queue.take(100)).toEqual({ messages: [], stale: 0 });
});
