import { expect, it } from 'vitest';
import { describeTooOld, isNewEnough } from './node-version.mjs';

it.each([
  ['14.21.3', false],
  ['18.20.4', false],
  ['20.19.5', false],
  ['20.20.0', true],
  ['22.1.0', true],
  ['24.0.0', true],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});

it('says which Node is needed and which one this is', () => {
  expect(describeTooOld('18.20.4')).toMatch(/needs Node\.js 20\.20 or newer; this is Node\.js 18\.20\.4/);
});
