import type { Quantity } from '../devices/schema.ts';
import type { Table } from '../house/table.ts';
import { Refusal } from '../shared/errors.ts';
import { DAY_MS, type Millis, type Moment } from '../shared/time.ts';
import type { AirContext } from './context.ts';
import type { Limit } from './limits/limit.ts';
import type { CalibrationRow } from './oxygen/calibration.ts';
import type { WhatIf } from './schema.ts';
import type { AirSettings } from './settings.ts';
import { createTrial, type Episode } from './whatIf.ts';
import {
  type AskPast,
  companionsOf,
  createStream,
  type PastSensor,
  type Stream,
  standsMs,
  warmUpOf,
} from './whatIfPast.ts';

export type WhatIfPorts = {
  readonly settings: () => AirSettings;
  readonly calibrations: () => Table<CalibrationRow>;
  readonly now: () => Moment;
  /** Whatever measures that now. */
  readonly sensorsOf: (quantity: Quantity) => readonly PastSensor[];
  readonly context: () => AirContext;
  readonly past: AskPast;
  /** Milliseconds that never run backwards. */
  readonly steady: () => Millis;
  /** Lets everything else have its turn. */
  readonly rest: () => Promise<void>;
};

/** What is looked through. Source: the contract. */
export const WHAT_IF_MS: Millis = 30 * DAY_MS;

/** Longest piece of work on the thread of the alarms, ms. Source: DESIGN §5 allows 10. */
const SLICE_MS: Millis = 4;

/** Readings that are gone through at most; where there are more, their hours. Some 20 s on a small computer. */
const MOST_READINGS = 1_000_000;

/** Who waits for a turn, at most: each is somebody at a screen. */
const MOST_WAITING = 4;
const RETRY_AFTER_S = 5;

const EPISODES = 20;

/** What is known of one sensor's days. */
type Looked = {
  readonly wished: readonly Episode[];
  readonly times: number;
  readonly timesNow: number;
  readonly heardMs: Millis;
  readonly first: Millis | null;
};

/** Looks at what limits would have done, for one asker at a time. */
export function createWhatIf(ports: WhatIfPorts) {
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function look(held: Limit, wished: Limit, gone: AbortSignal): Promise<WhatIf> {
    const { utc } = ports.now();
    const sensors = ports.sensorsOf(held.quantity);
    const looked: Looked[] = [];
    for (const sensor of sensors)
      looked.push(await lookAt(ports, sensor, held, wished, sensors.length, utc, gone));
    return answerOf(looked, utc);
  }

  /** @throws Refusal `history-busy` when too many wait; `history-paused` when there is nothing to read from */
  return async (held: Limit, wished: Limit, gone: AbortSignal): Promise<WhatIf> => {
    if (waiting >= MOST_WAITING) throw new Refusal('history-busy', { retryAfterS: RETRY_AFTER_S });
    waiting += 1;
    const mine = turn
      .then(() => look(held, wished, gone))
      .finally(() => {
        waiting -= 1;
      });
    turn = mine.catch(() => undefined);
    return mine;
  };
}

export type AskWhatIf = ReturnType<typeof createWhatIf>;

/** Nobody waits for the answer any more. */
const left = (): Refusal => new Refusal('history-paused');

function streamsOf(ports: WhatIfPorts, sensor: PastSensor, held: Limit, all: number, utc: Millis): Stream[] {
  const parts = companionsOf(held);
  const beside = parts.flatMap((quantity) => companion(ports, sensor, quantity));
  const from = utc - WHAT_IF_MS - warmUpOf(held);
  const most = Math.floor(MOST_READINGS / all / (1 + beside.length));
  // What is measured beside it comes first: of the same moment, it is known before.
  return [...beside, sensor].map((each) => createStream(each, held, ports.past, { from, to: utc, most }));
}

/** Who measures that beside the sensor: its own device, else its room. */
function companion(
  { context, sensorsOf }: WhatIfPorts,
  sensor: PastSensor,
  quantity: Quantity,
): PastSensor[] {
  const { deviceOf, roomOf } = context();
  const all = sensorsOf(quantity);
  const own = all.filter(({ entityId }) => deviceOf(entityId) === deviceOf(sensor.entityId));
  const near = all.filter(({ entityId }) => roomOf(entityId) === roomOf(sensor.entityId));
  return (own.length > 0 ? own : near).slice(0, 1);
}

async function lookAt(
  ports: WhatIfPorts,
  sensor: PastSensor,
  held: Limit,
  wished: Limit,
  all: number,
  utc: Millis,
  gone: AbortSignal,
): Promise<Looked> {
  const { entityId } = sensor;
  const now = ports.now();
  const trial = createTrial({
    entityId,
    held,
    wished,
    settings: ports.settings(),
    calibrations: ports.calibrations(),
    context: ports.context(),
    houseLessUtc: now.mono - now.utc,
  });
  const streams = streamsOf(ports, sensor, held, all, utc);
  const heard = createHeard(utc - WHAT_IF_MS);
  let began = ports.steady();
  for (let next = await earliest(streams); next !== null; next = await earliest(streams)) {
    const reading = next.head();
    next.shift();
    if (reading === null) continue;
    trial.take(reading);
    if (reading.entityId === entityId) heard.take(reading.at, standsMs(reading));
    if (ports.steady() - began < SLICE_MS) continue;
    await ports.rest();
    if (gone.aborted) throw left();
    began = ports.steady();
  }
  trial.end(utc);
  const episodes = since(trial.wished(), utc - WHAT_IF_MS);
  return {
    wished: episodes,
    times: episodes.length,
    timesNow: since(trial.held(), utc - WHAT_IF_MS).length,
    ...heard.until(utc),
  };
}

/** What stood at some time after the beginning, as far as it lies after it: an alarm that stands all month is no quiet month. */
const since = (episodes: readonly Episode[], begin: Millis): Episode[] =>
  episodes
    .filter(({ to }) => to === null || to > begin)
    .map((episode) => ({ ...episode, from: Math.max(begin, episode.from) }));

/** The stream whose reading is next. Null: all are over. */
async function earliest(streams: readonly Stream[]): Promise<Stream | null> {
  let first: Stream | null = null;
  for (const stream of streams) {
    if (stream.head() === null && !stream.isOver()) await stream.load();
    const at = stream.head()?.at;
    if (at !== undefined && (first === null || at < (first.head()?.at ?? 0))) first = stream;
  }
  return first;
}

/** Adds up in how much of the time a sensor was heard. */
function createHeard(begin: Millis) {
  let first: Millis | null = null;
  let last: { at: Millis; stands: Millis } | null = null;
  let heardMs = 0;
  const add = (to: Millis): void => {
    if (last !== null) heardMs += Math.max(0, Math.min(to, last.at + last.stands) - last.at);
  };
  return {
    take(at: Millis, stands: Millis): void {
      if (at < begin) return;
      add(at);
      first ??= at;
      last = { at, stands };
    },
    until(now: Millis): Pick<Looked, 'first' | 'heardMs'> {
      add(now);
      return { first, heardMs };
    },
  };
}

const NIGHT = { from: 22, to: 7 } as const;

/** By the clock of the hub, in the time zone of its system: the hub stands in the house. Source: the contract, 22 to 7 o'clock. */
export function isAtNight(utc: Millis): boolean {
  const hour = new Date(utc).getHours();
  return hour >= NIGHT.from || hour < NIGHT.to;
}

function answerOf(looked: readonly Looked[], utc: Millis): WhatIf {
  const sum = (of: (one: Looked) => number): number => looked.reduce((all, one) => all + of(one), 0);
  const first = looked.reduce((least, one) => Math.min(least, one.first ?? utc), utc);
  const spanMs = utc - first;
  const wished = looked.flatMap((one) => one.wished).sort((a, b) => a.from - b.from);
  return {
    days: Math.round((10 * spanMs) / DAY_MS) / 10,
    coverage: spanMs === 0 ? 0 : Math.min(1, sum(({ heardMs }) => heardMs) / (spanMs * looked.length)),
    times: sum(({ times }) => times),
    atNight: wished.filter(({ from }) => isAtNight(from)).length,
    timesNow: sum(({ timesNow }) => timesNow),
    episodes: wished.slice(-EPISODES),
  };
}
