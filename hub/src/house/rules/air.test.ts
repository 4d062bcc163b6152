import { expect, test } from 'vitest';
import { announced, houseWith, ofType, play, reading } from '../../../test/builders.ts';
import { MINUTE_MS, type Millis } from '../../shared/time.ts';
import type { Fact } from '../facts.ts';

const thermometer = announced('t', { quantity: 'temperature' });

const says = (minute: number, value: number): readonly [Millis, Fact] => [
  minute * MINUTE_MS,
  reading('k.t', value, { quantity: 'temperature', unit: '°C' }),
];

test('ALM-6 the end of a condition says for how long it was clear already', () => {
  const warm = [22, 30, 38, 46, 46, 38, 30].map((value, minute) => says(minute, value));
  const { facts } = play(houseWith({ k: [thermometer] }), [
    ...warm,
    ...[7, 8, 9, 10].map((m) => says(m, 24)),
  ]);
  expect(ofType(facts, 'conditionMet')).toMatchObject([{ kind: 'heat', level: 'warning' }]);
  expect(ofType(facts, 'conditionEnded')).toEqual([
    { type: 'conditionEnded', entityId: 'k.t', kind: 'heat', offDelayMs: 5 * MINUTE_MS },
  ]);
});
