import { expect, test } from 'vitest';
import { CONTACT, SENSOR, SWITCH } from '../test/builders.ts';
import { seriesOf } from './composeSeries.ts';
import type { Entity, EntityConfig } from './devices/entity.ts';

const entity = (config: Partial<EntityConfig>, quantity: Entity['quantity']): Entity =>
  ({ config: { ...SENSOR, ...config }, quantity, ownQuantity: null }) as Entity;

test.each([
  ['a sensor in a foreign unit', entity({ unit: '°F' }, 'temperature'), { states: false, unit: '°C' }],
  // What is set stays in the unit in which it is set, as its live readings do.
  [
    'a number that is set',
    entity({ component: 'number', unit: '°F' }, 'temperature'),
    { states: false, unit: '°F' },
  ],
  ['a contact', entity({ ...CONTACT, unit: 'x' }, 'other'), { states: true, unit: null }],
  ['a switch', entity(SWITCH, 'other'), { states: true, unit: null }],
  ['a text', entity({ component: 'text' }, 'other'), null],
  ['a button', entity({ component: 'button' }, 'other'), null],
])('%s', (_what, of, series) => {
  expect(seriesOf(of)).toEqual(series);
});
