import { expect, test } from 'vitest';
import { hostOf, isLoopback, isOwnHost, shellOf, turnedAway } from './origin.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['192.168.1.5', false],
  ['::ffff:192.168.1.5', false],
  ['fe80::1', false],
  ['127.0.0.1.evil.example', false],
  [undefined, false],
])('the peer %s is this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test.each([
  ['homeward.local:8443', true],
  ['HUB.LOCAL', true],
  ['hub.local.', true],
  ['192.168.1.20', true],
  ['[fd00::1]:8443', true],
  ['homeward', true],
  ['localhost:8080', true],
  ['hub.home.arpa', true],
  ['hub.lan', true],
  ['house.example.org', true],
  ['evil.example', false],
  ['local.evil.example', false],
  ['192.168.1.20.evil.example', false],
  ['evil.example:80@hub.local', false],
  ['', false],
  [undefined, false],
  ['x'.repeat(400), false],
])('the Host header %s names this hub: %s', (header, expected) => {
  expect(isOwnHost(hostOf(header), (name) => name === 'house.example.org')).toBe(expected);
});

test('plain HTTP is for this machine, and a foreign page is for nobody', () => {
  const here = { peer: '::1', secure: false, host: 'localhost:8080', origin: undefined };
  expect(turnedAway(here)).toBeNull();
  expect(turnedAway({ ...here, origin: 'http://LOCALHOST:8080' })).toBeNull();
  expect(turnedAway({ ...here, origin: 'https://localhost:8080' })).toBe('origin');
  expect(turnedAway({ ...here, peer: '10.0.0.9' })).toBe('plain');
  expect(turnedAway({ ...here, peer: '10.0.0.9', secure: true })).toBeNull();
  expect(turnedAway({ ...here, host: 'evil.example' })).toBe('host');
});

test.each([
  ['https://localhost', true],
  ['capacitor://localhost', true],
  ['http://localhost', false],
  ['https://localhost:8100', false],
  ['https://localhost.evil.example', false],
  ['https://LOCALHOST', false],
  ['capacitor://localhost:8080', false],
  ['capacitor://evil', false],
  ['ionic://localhost', false],
  ['null', false],
  ['*', false],
  ['', false],
])('a page of the origin %s is one of the phone app: %s', (origin, expected) => {
  const from = { peer: '10.0.0.9', secure: true, host: '10.0.0.2:8443', origin };
  expect(shellOf(from)).toBe(expected ? origin : null);
  expect(turnedAway(from)).toBe(expected ? null : 'origin');
  expect(turnedAway({ ...from, peer: '::1', secure: false })).toBe('origin');
});

test('a hub on the usual port of this machine is its own page there, not the phone app', () => {
  const from = { peer: '::1', secure: true, host: 'localhost', origin: 'https://localhost' };
  expect([shellOf(from), turnedAway(from)]).toEqual([null, null]);
});
