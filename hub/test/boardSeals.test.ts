import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { readContract } from './contractFile.ts';

const macOf = (key: string, ...lines: string[]): Buffer =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(lines.join('\n')).digest();

it('ACC-7 what the hub signs for a door is what its board expects', () => {
  const rows = readContract('commands.csv');
  expect(rows.length).toBeGreaterThan(0);
  for (const { key = '', cmd = '', door = '', nonce = '', counter = '', mac } of rows) {
    expect(macOf(key, 'homeward-command-1', cmd, door, nonce, counter).toString('hex')).toBe(mac);
  }
});

it('what was typed at a door is opened with the key of that door', () => {
  const rows = readContract('pins.csv');
  expect(rows.length).toBeGreaterThan(0);
  for (const { key = '', door = '', nonce = '', pin, sealed = '', mac } of rows) {
    expect(macOf(key, 'homeward-pin-1', door, nonce, sealed).toString('hex')).toBe(mac);
    const pad = macOf(key, 'homeward-pin-pad-1', door, nonce);
    const block = Buffer.from(sealed, 'hex').map((byte, n) => byte ^ (pad[n] ?? 0));
    expect(Buffer.from(block).toString('latin1').replace(/\0+$/, '')).toBe(pin);
  }
});
