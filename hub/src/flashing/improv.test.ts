import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../test/contractFile.ts';
import { type BoardIdentity, beginData, crc32, identityBytes, pieceData } from './identity.ts';
import { type Call, callPacket, NOTHING_READ, type Packet, readPackets, wifiData } from './improv.ts';

const golden = new Map(readContract('improv.csv').map(({ what = '', hex = '' }) => [what, hex]));
const bytesOf = (what: string): Uint8Array => {
  const hex = golden.get(what);
  if (hex === undefined) throw new Error(`improv.csv holds no ${what}`);
  return Uint8Array.from(Buffer.from(hex, 'hex'));
};
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** A packet of ours, without its newline. */
const called = (call: Call, data?: Uint8Array): string => {
  const packet = callPacket(call, data);
  expect(packet.at(-1)).toBe(0x0a);
  return hexOf(packet.subarray(0, -1));
};
const read = (...parts: (Uint8Array | string)[]): Packet[] => {
  const all = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return readPackets(NOTHING_READ, all).packets;
};

const authority = (): string => {
  const lines = [0, 1, 2, 3, 4, 5].map((n) => `${`MIIBexample0${n}`.repeat(4)}=`);
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
};
const IDENTITY: BoardIdentity = {
  host: 'homeward.local',
  port: 8883,
  tls: true,
  ca: authority(),
  username: 'kitchen-air-48213',
  password: 'not-a-secret-0123456789abcdefghij',
};

describe('a call over the serial port', () => {
  it.each([
    ['call wifi', 'wifi', wifiData('MyWirelessAP', 'mysecurepassword')],
    ['call wifi open', 'wifi', wifiData('Café2', '')],
    ['call state', 'state', undefined],
    ['call info', 'info', undefined],
    ['call scan', 'scan', undefined],
    ['call keep', 'keep', undefined],
  ] as const)('is as boards expect it: %s', (what, call, data) => {
    expect(called(call, data)).toBe(golden.get(what));
  });

  it('that does not fit into a packet is never sent', () => {
    expect(() => callPacket('wifi', new Uint8Array(254))).toThrow('too many');
    expect(callPacket('wifi', new Uint8Array(253))).toHaveLength(9 + 255 + 2);
  });

  it('carries an identity in pieces, each after the one before', () => {
    const identity = identityBytes(IDENTITY);
    expect(hexOf(identity)).toBe(golden.get('identity'));
    expect(called('begin', beginData(identity))).toBe(golden.get('call begin'));
    let held = 0;
    for (let n = 1; held < identity.length; n++) {
      const data = pieceData(identity, held);
      if (data === null) throw new Error('a piece is missing');
      expect(called('piece', data)).toBe(golden.get(`call piece ${n}`));
      const [answer] = read(bytesOf(`result piece ${n}`));
      held += data.length - 2;
      expect(answer).toEqual({ is: 'result', of: 'piece', texts: [String(held)] });
    }
    expect(pieceData(identity, identity.length)).toBeNull();
  });

  it('leaves the authority out of an identity without TLS', () => {
    const plain = { ...IDENTITY, host: '192.168.1.10', port: 1883, tls: false, username: 'hall-70311' };
    expect(hexOf(identityBytes(plain))).toBe(golden.get('identity plain'));
    expect(hexOf(identityBytes({ ...plain, ca: null }))).toBe(golden.get('identity plain'));
  });

  it.each([
    ['host', ''],
    ['host', 'h'.repeat(254)],
    ['username', 'u'.repeat(65)],
    ['password', 'p'.repeat(129)],
    ['ca', 'c'.repeat(4_097)],
  ])('has no room for such a %s', (name, text) => {
    expect(() => identityBytes({ ...IDENTITY, [name]: text })).toThrow(`The ${name} must have`);
  });

  it('is summed up as everywhere else', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
  });
});

const SAID: readonly (readonly [string, Packet])[] = [
  ['state locked', { is: 'state', state: 'locked' }],
  ['state ready', { is: 'state', state: 'ready' }],
  ['state joining', { is: 'state', state: 'joining' }],
  ['state joined', { is: 'state', state: 'joined' }],
  ['error none', { is: 'error', error: null }],
  ['error malformed', { is: 'error', error: 'malformed' }],
  ['error unknown call', { is: 'error', error: 'unknown-call' }],
  ['error no wifi', { is: 'error', error: 'no-wifi' }],
  ['error identity', { is: 'error', error: 'identity' }],
  ['error other', { is: 'error', error: 'other' }],
  ['result wifi', { is: 'result', of: 'wifi', texts: [] }],
  ['result wifi url', { is: 'result', of: 'wifi', texts: ['https://homeward.local:8443/devices'] }],
  [
    'result info',
    { is: 'result', of: 'info', texts: ['Homeward air', '1.0.0', 'ESP32', 'kitchen-air-48213'] },
  ],
  ['result scan network', { is: 'result', of: 'scan', texts: ['MyWirelessAP', '-60', 'YES'] }],
  ['result scan end', { is: 'result', of: 'scan', texts: [] }],
  ['result begin', { is: 'result', of: 'begin', texts: [] }],
  ['result keep', { is: 'result', of: 'keep', texts: ['kitchen-air-48213'] }],
];

describe('what a board says', () => {
  it.each(SAID)('is read: %s', (what, packet) => {
    expect(read(bytesOf(what))).toEqual([packet]);
  });

  it('is found among lines of log, and though it comes byte by byte', () => {
    const wire = Buffer.concat([
      Buffer.from('rst:0x1 (POWERON)\r\nI'),
      bytesOf('state ready'),
      Buffer.from('\nIMPROV? no\n'),
      bytesOf('result info'),
    ]);
    let unread = NOTHING_READ;
    const packets: Packet[] = [];
    for (const byte of wire) {
      const next = readPackets(unread, Uint8Array.of(byte));
      unread = next.unread;
      packets.push(...next.packets);
    }
    expect(packets.map(({ is }) => is)).toEqual(['state', 'result']);
  });

  it('is passed over when a byte is wrong, and what follows is not', () => {
    const wrong = bytesOf('result info');
    wrong[15] = (wrong[15] ?? 0) ^ 1;
    expect(read(wrong, bytesOf('state joined'))).toEqual([{ is: 'state', state: 'joined' }]);
  });

  it('is passed over when it was cut off by the next one', () => {
    const whole = bytesOf('result info');
    expect(read(whole.subarray(0, 20), bytesOf('state ready'), '\n'.repeat(60))).toEqual([
      { is: 'state', state: 'ready' },
    ]);
  });

  it('of another version, of a state or a call that nobody knows, says nothing', () => {
    const other = bytesOf('state ready');
    other[6] = 2;
    const packetOf = (type: number, ...data: number[]): Uint8Array => {
      const bytes = [...Buffer.from('IMPROV'), 1, type, data.length, ...data];
      return Uint8Array.from([...bytes, bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0)]);
    };
    expect(read(other, packetOf(1, 9), packetOf(1), packetOf(2), packetOf(9, 1))).toEqual([]);
    expect(read(packetOf(4, 0x42, 0), packetOf(4, 3, 9), packetOf(4, 3, 2, 9, 0))).toEqual([]);
  });

  it('is never kept without end, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 }), (parts) => {
        let unread = NOTHING_READ;
        for (const part of parts) {
          unread = readPackets(unread, part).unread;
          expect(unread.length).toBeLessThan(9 + 255 + 1);
        }
      }),
    );
  });

  it('is found behind any noise that holds no beginning of one', () => {
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => bytes.filter((byte) => byte !== 0x49));
    fc.assert(
      fc.property(noise, fc.constantFrom(...SAID), (before, [what, packet]) => {
        expect(read(before, bytesOf(what))).toEqual([packet]);
      }),
    );
  });
});
