import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTopicRate, type TopicRate } from './topicRate.ts';

/** How many of so many messages at the same moment pass. */
const passing = ({ mayPass }: TopicRate, topic: string, now: number, messages: number) =>
  Array.from({ length: messages }, () => mayPass(topic, now)).filter(Boolean).length;

it.each([
  [50, 200],
  [1, 4],
  [0.5, 2],
  [1_000, 4_000],
])('at %d messages a second %d may come at once, and not one more', (perSecond, burst) => {
  expect(passing(createTopicRate(perSecond), 't', 0, burst + 5)).toBe(burst);
});

it('after a burst one passes per fiftieth of a second, not before', () => {
  const rate = createTopicRate(50);
  passing(rate, 't', 0, 200);
  expect(rate.mayPass('t', 19)).toBe(false);
  expect(rate.mayPass('t', 20)).toBe(true);
  expect(rate.mayPass('t', 39)).toBe(false);
  expect(rate.mayPass('t', 40)).toBe(true);
});

it('a topic that was quiet for four seconds may burst anew, and no more than that for four hours', () => {
  const rate = createTopicRate(50);
  passing(rate, 't', 0, 500);
  expect(passing(rate, 't', 4_000, 500)).toBe(200);
  expect(passing(rate, 't', 14_400_000, 500)).toBe(200);
});

it('topics do not share their rate: a flood of one lets all others pass', () => {
  const rate = createTopicRate(50);
  passing(rate, 'flood', 0, 100_000);
  expect(rate.mayPass('smoke', 0)).toBe(true);
});

it('a topic at its rate is never refused', () => {
  const rate = createTopicRate(50);
  for (let n = 0; n < 5_000; n++) expect(rate.mayPass('t', n * 20)).toBe(true);
});

it('never lets more pass than burst and rate allow, however they come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 400, size: 'max' }), (spans) => {
      const rate = createTopicRate(10);
      let now = 0;
      let passed = 0;
      for (const span of spans) {
        now += span;
        if (rate.mayPass('t', now)) passed++;
      }
      expect(passed).toBeLessThanOrEqual(40 + now / 100 + 1e-6);
    }),
  );
});

it('invented topics without number are forgotten again: the first of them is forgiven', () => {
  const rate = createTopicRate(1);
  passing(rate, 'first', 0, 10);
  expect(rate.mayPass('first', 0)).toBe(false);
  for (let n = 0; n < 50_000; n++) rate.mayPass(`t${n}`, 0);
  expect(rate.mayPass('first', 0)).toBe(true);
});

it('of topics that speak within their rate nothing is kept for long', () => {
  const rate = createTopicRate(50);
  for (let n = 0; n < 20_000; n++) rate.mayPass(`t${n}`, n);
  expect(rate.size()).toBeLessThan(2_000);
});

it('tells how long the next message has to wait, and then it may pass', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(300), fc.nat(1_000), (perSecond, messages, now) => {
      const rate = createTopicRate(perSecond);
      passing(rate, 't', now, messages);
      expect(rate.mayPass('t', now + rate.waitMs('t', now))).toBe(true);
    }),
  );
});
