import { expect, it } from 'vitest';
import { entrancesOf, welcomeOf } from './entrances.ts';

const DOORS = {
  certificate: {
    names: ['pi', 'pi.local', 'homeward.local', 'localhost'],
    addresses: ['192.168.1.20', '10.0.0.3', 'fd00::5', '127.0.0.1', '::1'],
  },
  // Nobody may vouch for the third: it is public.
  addresses: ['fd00::5', '192.168.1.20', '203.0.113.7', '10.0.0.3'],
  httpsPort: 8443,
  httpPort: 8080,
};

it('names what most devices can open first, and nothing that only this machine can', () => {
  expect(entrancesOf(DOORS)).toEqual([
    'https://192.168.1.20:8443/',
    'https://10.0.0.3:8443/',
    'https://pi.local:8443/',
    'https://homeward.local:8443/',
  ]);
});

it('leaves out the port that is meant without one', () => {
  expect(entrancesOf({ ...DOORS, addresses: [], httpsPort: 443 })[0]).toBe('https://pi.local/');
});

it.each([
  ['it listens to itself only', { httpsPort: null }],
  ['it has no certificate', { certificate: null }],
])('names none when %s', (_, more) => {
  expect(entrancesOf({ ...DOORS, ...more })).toEqual([]);
});

it.each([
  ['http://192.168.1.20:8080/trust', {}],
  ['http://192.168.1.20/trust', { httpPort: 80 }],
  ['http://pi.local:8080/trust', { addresses: ['fd00::5'] }],
  [null, { httpPort: null }],
  [null, { httpsPort: null }],
  [null, { addresses: [], certificate: null }],
])('welcomes a device that does not trust it yet at %s', (welcome, more) => {
  expect(welcomeOf({ ...DOORS, ...more })).toBe(welcome);
});
