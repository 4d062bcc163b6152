import { type Kind, kindOf } from './templateValue.ts';

const isKind =
  (...kinds: readonly Kind[]) =>
  (value: unknown): boolean =>
    kinds.includes(kindOf(value));

/** Tests after `is` that a template may use; none takes an argument. Meanings: Jinja's. */
export const TESTS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['defined', (value) => kindOf(value) !== 'undefined'],
  ['undefined', isKind('undefined')],
  ['none', isKind('none')],
  ['number', isKind('bool', 'int', 'float')],
  ['integer', isKind('int')],
  ['float', isKind('float')],
  ['boolean', isKind('bool')],
  ['true', (value) => value === true],
  ['false', (value) => value === false],
  ['string', isKind('string')],
  ['mapping', isKind('map')],
  ['sequence', isKind('list', 'string', 'map', 'undefined')],
]);
