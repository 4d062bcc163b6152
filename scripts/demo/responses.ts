import { setTimeout as sleep } from 'node:timers/promises';
import type { ResponseId } from '../../hub/src/api.ts';
import { BOARDS } from '../simulate-house/boards.ts';
import type { BoardKey } from './board-keys.ts';
import type { ResponseClient } from './hub-client.ts';

/** What the demo's owner would have chosen: the fan airs, and the lights show the way out. The gas valve the house finds by itself. */
const CHOSEN: readonly { readonly id: ResponseId; readonly kind: 'fan' | 'light' }[] = [
  { id: 'ventilate', kind: 'fan' },
  { id: 'way-out', kind: 'light' },
];

/** Boards announce themselves within this after they connected, ms. */
const PATIENCE_MS = 60_000;

export type ResponsesParts = {
  readonly hub: ResponseClient;
  readonly keys: ReadonlyMap<string, Pick<BoardKey, 'deviceId'>>;
};

/** Sets up what the house does by itself, as far as its owner has chosen nothing yet. Gives up when boards stay away. */
export async function setUpResponses({ hub, keys }: ResponsesParts): Promise<void> {
  for (const { id, kind } of CHOSEN) {
    const wanted = BOARDS.filter((board) => board.kind === kind).flatMap((board) => {
      const key = keys.get(board.id);
      return key === undefined ? [] : [`${key.deviceId}.${kind}`];
    });
    if ((await hub.used(id)).length === 0 && (await areThere(hub, wanted))) await hub.use(id, wanted);
  }
}

async function areThere(hub: ResponsesParts['hub'], wanted: readonly string[]): Promise<boolean> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(300)) {
    const known = await hub.entityIds();
    if (wanted.every((id) => known.has(id))) return true;
  }
  return false;
}
