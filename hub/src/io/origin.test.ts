import { expect, test } from 'vitest';
import { elsewherePage } from './elsewherePage.ts';
import { hostOf, isLoopback, isOwnHost, turnedAway } from './origin.ts';

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
  expect(isOwnHost(hostOf(header), ['house.example.org'])).toBe(expected);
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

test('the page for others shows only a name of this hub', () => {
  expect(elsewherePage('hub.local:8080', '::ffff:10.0.0.2', 8443)).toContain('"https://hub.local:8443/"');
  expect(elsewherePage('evil.example', '::ffff:10.0.0.2', 443)).toContain('"https://10.0.0.2/"');
  expect(elsewherePage('"><script>', 'fe80::2%eth0', 8443)).toContain('"https://[fe80::2]:8443/"');
});
