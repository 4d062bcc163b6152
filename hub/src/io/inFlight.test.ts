import { expect, it } from 'vitest';
import { createInFlight } from './inFlight.ts';
import type { Unsent } from './unsent.ts';

const message = (topic: string, more: Partial<Unsent> = {}): Unsent => ({
  topic,
  payload: '',
  retain: false,
  until: 100,
  ...more,
});
const urgent = (topic: string) => message(topic, { urgent: true });

it('lets no more through when too many are not acknowledged, but what is urgent', () => {
  const flight = createInFlight(2);
  flight.add(1, message('a'));
  flight.add(2, urgent('s'));
  expect(flight.mayAdd(message('b'))).toBe(true);
  flight.add(3, message('b'));
  expect(flight.mayAdd(message('c'))).toBe(false);
  expect(flight.mayAdd(urgent('s'))).toBe(true);
  flight.remove(1);
  expect(flight.mayAdd(message('c'))).toBe(true);
});

it('gives up the older urgent message of a topic, and the oldest when they are too many', () => {
  const flight = createInFlight(1, 2);
  expect(flight.add(1, urgent('s1'))).toBeNull();
  expect(flight.add(2, urgent('s2'))).toBeNull();
  expect(flight.add(3, urgent('s1'))).toBe(1);
  expect(flight.add(4, urgent('s3'))).toBe(2);
  flight.remove(3);
  expect(flight.add(5, urgent('s4'))).toBeNull();
  expect(flight.takeAll().map(([id]) => id)).toEqual([4, 5]);
});

it('is empty when everything was taken out, oldest first', () => {
  const flight = createInFlight(2);
  flight.add(7, message('a'));
  flight.add(3, urgent('s'));
  flight.add(5, message('b'));
  expect(flight.takeAll().map(([id, { topic }]) => `${id} ${topic}`)).toEqual(['7 a', '3 s', '5 b']);
  expect(flight.takeAll()).toEqual([]);
  expect(flight.mayAdd(message('c'))).toBe(true);
  expect(flight.add(8, urgent('s'))).toBeNull();
});
