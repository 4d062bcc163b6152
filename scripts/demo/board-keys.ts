import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import type { Board } from '../simulate-house/boards.ts';
import type { HubClient } from './hub-client.ts';

/** What a board got when it was paired. */
export type BoardKey = { readonly deviceId: string; readonly username: string; readonly password: string };

/** Keys by board id, and the hub that gave them. */
type KeyFile = { readonly hubId: string; readonly boards: Readonly<Record<string, BoardKey>> };

/**
 * The keys of all boards: those of the last run that the hub still knows, new ones for the others.
 * @param file 0600, written anew when a board was paired
 */
export async function pairBoards(
  hub: HubClient,
  hubId: string,
  boards: readonly Board[],
  file: string,
): Promise<ReadonlyMap<string, BoardKey>> {
  const stored = readKeys(file);
  const known = stored?.hubId === hubId ? stored.boards : {};
  const paired = await hub.deviceIds();
  const keys = new Map<string, BoardKey>();
  for (const { id, name } of boards) {
    const key = known[id];
    if (key !== undefined && paired.has(key.deviceId)) {
      keys.set(id, key);
      continue;
    }
    const { deviceId, mqtt } = await hub.pair(name);
    keys.set(id, { deviceId, username: mqtt.username, password: mqtt.password });
    // Each at once: a password is shown only once, and the demo may be stopped at any moment.
    writeKeys(file, { hubId, boards: { ...known, ...Object.fromEntries(keys) } });
  }
  return keys;
}

function readKeys(file: string): KeyFile | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeyFile;
  } catch {
    return null;
  }
}

function writeKeys(file: string, keys: KeyFile): void {
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}
