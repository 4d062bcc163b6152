import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { HistoryImport, HistoryRange } from '../../hub/src/api.ts';
import { pastOf } from '../simulate-house/past.ts';
import type { PastReading } from '../simulate-house/past-report.ts';
import type { BoardKey } from './board-keys.ts';
import type { HistoryClient } from './hub-client.ts';

const HOUR_MS = 3_600_000;

/** How far the history of the demo goes back, hours. */
const PAST_HOURS = 30 * 24;

/** An air node that the living house always has, by which it is seen what the history knows. */
const WITNESS = { boardId: 'air-living', key: 'co2' };

/** Boards announce themselves within this after they connected, ms. */
const ANNOUNCE_PATIENCE_MS = 60_000;

const FILE_NAME = 'past-of-the-demo.csv';

/** A stretch of time, epoch ms UTC; the end is not included. */
export type Stretch = { readonly from: number; readonly to: number };

export type PastParts = {
  readonly hub: HistoryClient;
  readonly keys: ReadonlyMap<string, BoardKey>;
  readonly seed: number;
  /** What the hub's clock says, epoch ms UTC. */
  readonly now: number;
};

/**
 * Writes what the house did in the last 30 days and the history does not know: at the first start all of it, later what
 * passed since. It goes the way of any history from elsewhere, whole or not at all, so that a demo that is stopped in the
 * middle begins anew the next time.
 * @returns readings that were written
 * @throws Error when the hub does not take it
 */
export async function bringPast(parts: PastParts): Promise<number> {
  const { hub, keys } = parts;
  const witness = idOf(keys, WITNESS.boardId, WITNESS.key);
  if (witness === null) throw new Error('The witness of the past is no board of this house.');
  const known = await announced(hub, witness);
  const gaps = await gapsOf(hub, witness, parts.now);
  if (gaps.length === 0) return 0;
  // A demo that was stopped in the middle has left word of it, which would be no news to anybody.
  for (const { id, fileName } of await hub.imports()) if (fileName === FILE_NAME) await hub.forgetImport(id);
  const named = new Set<string>();
  const brought = await hub.handIn(FILE_NAME, csvOf(parts, gaps, known, named));
  try {
    await whileIn(hub, brought.id, 'reading');
    await hub.startImport(brought.id, Object.fromEntries([...named].map((id) => [id, id])));
    return (await whileIn(hub, brought.id, 'importing')).rows;
  } finally {
    await hub.forgetImport(brought.id).catch(() => undefined);
  }
}

/** The id of an entity, as the hub makes it of a board and its component; null: the board is not paired. */
function idOf(keys: PastParts['keys'], boardId: string, key: string): string | null {
  const board = keys.get(boardId);
  return board === undefined ? null : `${board.deviceId}.${key}`;
}

/** All entities, once the boards have announced theirs. */
async function announced(hub: HistoryClient, witness: string): Promise<ReadonlySet<string>> {
  let known = await hub.entityIds();
  for (const until = performance.now() + ANNOUNCE_PATIENCE_MS; performance.now() < until; ) {
    const before = known.size;
    await sleep(500);
    known = await hub.entityIds();
    if (known.has(witness) && known.size === before) return known;
  }
  throw new Error('The boards did not announce themselves.');
}

/** What the history does not know of the last 30 days: whole quarters of an hour lately, whole hours before. */
async function gapsOf(hub: HistoryClient, witness: string, now: number): Promise<Stretch[]> {
  const end = Math.ceil(now / HOUR_MS) * HOUR_MS;
  const [first, lately] = [end - PAST_HOURS * HOUR_MS, end - (PAST_HOURS / 2) * HOUR_MS];
  const charts = [
    await hub.chart(witness, first, lately, PAST_HOURS / 2),
    await hub.chart(witness, lately, end, 4 * (PAST_HOURS / 2)),
  ];
  const edges = (from: number) => hub.chart(witness, from, from + HOUR_MS, 60);
  const gaps: Stretch[] = [];
  for (const { from, to } of joined(charts.flatMap(emptyStretches))) {
    // Beside it, it begins after the last reading and ends before the first.
    const before = await edges(from - HOUR_MS);
    const after = await edges(to);
    gaps.push({ from: endOf(before) ?? from, to: Math.min(beginOf(after) ?? to, now) });
  }
  return gaps.filter(({ from, to }) => from < to);
}

/** What ends where the next one begins is one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const whole: Stretch[] = [];
  for (const stretch of stretches) {
    const last = whole.at(-1);
    if (last !== undefined && last.to >= stretch.from)
      whole.splice(-1, 1, { from: last.from, to: stretch.to });
    else whole.push(stretch);
  }
  return whole;
}

/** Runs of buckets in which nothing was heard. */
export function emptyStretches({ t0, step, n }: Pick<HistoryRange, 't0' | 'step' | 'n'>): Stretch[] {
  const stretches: Stretch[] = [];
  let begin: number | null = null;
  for (let at = 0; at <= n.length; at++) {
    const isEmpty = n[at] === 0;
    if (isEmpty) begin ??= at;
    if (isEmpty || begin === null) continue;
    stretches.push({ from: t0 + begin * step, to: t0 + at * step });
    begin = null;
  }
  return stretches;
}

/** End of the last bucket in which something was heard; null: nothing was. */
function endOf({ t0, step, n }: HistoryRange): number | null {
  const last = n.findLastIndex((count) => count > 0);
  return last < 0 ? null : t0 + (last + 1) * step;
}

/** Begin of the first bucket in which something was heard; null: nothing was. */
function beginOf({ t0, step, n }: HistoryRange): number | null {
  const first = n.findIndex((count) => count > 0);
  return first < 0 ? null : t0 + first * step;
}

/** The past as a file, an hour of the house at a time: the living boards go on between. `named`: the series in it. */
async function* csvOf(
  { keys, seed }: PastParts,
  gaps: readonly Stretch[],
  known: ReadonlySet<string>,
  named: Set<string>,
): AsyncGenerator<Buffer> {
  const lineOf = ({ boardId, key, t, v }: PastReading): string => {
    const id = idOf(keys, boardId, key);
    if (id === null || !known.has(id)) return '';
    named.add(id);
    return `${id},${t},${v}\n`;
  };
  yield Buffer.from('entity,time,value\n');
  for (const { from, to } of gaps) {
    const offsetMs = -new Date(to).getTimezoneOffset() * 60_000;
    for (const readings of pastOf({ seed, from, to, offsetMs })) {
      yield Buffer.from(readings.map(lineOf).join(''));
      await turn();
    }
  }
}

/** The import once it is no more in that state. @throws Error when it failed */
async function whileIn(
  hub: HistoryClient,
  id: string,
  state: HistoryImport['state'],
): Promise<HistoryImport> {
  for (;;) {
    const now = await hub.importNow(id);
    if (now.state === 'failed') throw new Error(`The past was not taken in: ${now.failure}.`);
    if (now.state !== state) return now;
    await sleep(200);
  }
}
