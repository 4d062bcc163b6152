import { expect, it } from 'vitest';
import { ownHost, reachableHost } from './addresses.ts';

it.each([
  [null, '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['192.168.1.7', '192.168.1.7'],
  ['::1', '[::1]'],
  ['fd00::7', '[fd00::7]'],
  ['localhost', 'localhost'],
])('listening on %s, this machine reaches itself at %s', (bind, host) => {
  expect(ownHost(bind)).toBe(host);
  expect(new URL(`mqtt://${ownHost(bind)}:1883`).port).toBe('1883');
});

it('others reach the one address that is listened on, as it is', () => {
  expect(reachableHost('fd00::7', 'attic')).toBe('fd00::7');
  expect(['0.0.0.0', '::']).not.toContain(reachableHost('::', 'attic'));
});
