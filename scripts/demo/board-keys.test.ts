import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOARDS } from '../simulate-house/boards.ts';
import { pairBoards } from './board-keys.ts';
import type { HubClient } from './hub-client.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-demo-'));
  file = join(folder, 'boards.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A hub that pairs whatever is asked, until its `patience` is over. */
function pairingHub(patience = 100): { hub: HubClient; paired: Map<string, string> } {
  const paired = new Map<string, string>();
  const hub: HubClient = {
    hello: () => Promise.resolve(null),
    claim: () => Promise.resolve(),
    logIn: () => Promise.resolve(),
    deviceIds: () => Promise.resolve(new Set(paired.keys())),
    pair(name) {
      if (paired.size >= patience) return Promise.reject(new Error('stopped'));
      const deviceId = `device${paired.size}`;
      paired.set(deviceId, name);
      const broker = { host: '127.0.0.1', port: 1883, tls: false, plainPort: 1883, ca: null };
      return Promise.resolve({
        deviceId,
        mqtt: { ...broker, username: deviceId, password: `secret of ${name}` },
      });
    },
  };
  return { hub, paired };
}

describe('the keys of the demo boards', () => {
  it('are had by pairing each board once, and kept for the owner of the file only', async () => {
    const { hub, paired } = pairingHub();
    const keys = await pairBoards(hub, 'hub1', BOARDS, file);
    expect([...paired.values()]).toEqual(BOARDS.map(({ name }) => name));
    expect(keys.get('siren-hall')?.password).toBe('secret of Siren');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await pairBoards(hub, 'hub1', BOARDS, file)).toEqual(keys);
    expect(paired.size).toBe(BOARDS.length);
  });

  it('are had anew for a board that the owner removed', async () => {
    const { hub, paired } = pairingHub();
    const keys = await pairBoards(hub, 'hub1', BOARDS, file);
    paired.delete(keys.get('air-kitchen')?.deviceId ?? '');
    paired.set('filler', 'so that ids stay unique');
    const again = await pairBoards(hub, 'hub1', BOARDS, file);
    expect(again.get('air-kitchen')).not.toEqual(keys.get('air-kitchen'));
    expect(again.get('air-hall')).toEqual(keys.get('air-hall'));
  });

  it('of another hub are worth nothing', async () => {
    await pairBoards(pairingHub().hub, 'hub1', BOARDS, file);
    const { hub, paired } = pairingHub();
    await pairBoards(hub, 'hub2', BOARDS, file);
    expect(paired.size).toBe(BOARDS.length);
    expect(JSON.parse(readFileSync(file, 'utf8')).hubId).toBe('hub2');
  });

  it('are not lost when the demo is stopped half way', async () => {
    const { hub } = pairingHub(5);
    await expect(pairBoards(hub, 'hub1', BOARDS, file)).rejects.toThrow('stopped');
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).boards)).toHaveLength(5);
  });

  it('in a file that cannot be read count as none', async () => {
    writeFileSync(file, '{"hubId":');
    const { hub, paired } = pairingHub();
    await pairBoards(hub, 'hub1', BOARDS, file);
    expect(paired.size).toBe(BOARDS.length);
  });
});
