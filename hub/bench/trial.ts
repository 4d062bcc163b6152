import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Contestant,
  contactTopic,
  countTopics,
  type Place,
  sensorTopics,
  sirenTopic,
} from './contestant.ts';
import { rounded } from './figures.ts';
import { startLoad } from './load.ts';
import { cpuMs } from './program.ts';
import type { Witness } from './witness.ts';

/** One rate, tried for some seconds. */
export type Trial = {
  /** Readings a second that were asked for. */
  readonly perSecond: number;
  /** … and that went out. */
  readonly offeredPerS: number;
  readonly readings: number;
  /** How late the siren came for smoke that stood in line behind the last reading, ms; null: not at all. */
  readonly lagMs: number | null;
  /** Readings that were taken in, by the system's own count; of one that keeps them, all that stand in its history. */
  readonly taken: number;
  /** Processor time of all its threads for one reading, µs. */
  readonly cpuUs: number;
  /** Why the rate was not sustained; null: it was. */
  readonly why: 'lags' | 'not taken in' | 'not offered' | null;
};

/** With this much in line after the last reading a system is behind, ms: a twentieth of twenty seconds. */
const LAG_LIMIT_MS = 1_000;
/** The siren is waited for this long before the system counts as lost, ms. */
const LOST_MS = 60_000;
/** What was taken in has to be in the history by then, ms: three times its longest batch. */
const TAKEN_WITHIN_MS = 3_000;
/** … and after a rate that was too high the next one waits so long at most until all is written, ms. */
const ALL_TAKEN_WITHIN_MS = 30_000;
/** A sender that brings less than this share of what was asked is the limit itself. */
const OFFERED_SHARE = 0.95;
const REST_MS = 500;

export type TrialPlace = {
  readonly contestant: Contestant;
  readonly place: Place;
  readonly pid: number;
  readonly witness: Witness;
};

/**
 * Readings at one rate, then smoke: the siren's delay is what is still in line. The broker has read all readings before
 * the smoke comes, and hands them on in order.
 * @param nth which contact is raised: each can be raised once
 */
export async function tryRate(
  { contestant, place, pid, witness }: TrialPlace,
  { perSecond, seconds, qos }: { readonly perSecond: number; readonly seconds: number; readonly qos: 0 | 1 },
  nth: number,
): Promise<Trial> {
  const { brokerPort } = place;
  const count = () => takenBy(contestant, place, witness);
  const before = await count();
  const cpuBefore = cpuMs(pid);
  const readings = perSecond * seconds;
  const load = await startLoad({ brokerPort, topics: sensorTopics(place), perSecond, readings, qos });
  const sent = await load.done;
  const [lag] = await witness.raise([contactTopic(place, nth)], sirenTopic(place), 0, LOST_MS);
  const taken = await takenSince(before, sent.readings, count);
  if (taken < sent.readings) await untilAllTaken(count);
  await sleep(REST_MS);
  const trial = {
    perSecond,
    offeredPerS: sent.perSecond,
    readings: sent.readings,
    lagMs: lag === undefined ? null : rounded(lag, 1),
    taken,
    cpuUs: rounded((1_000 * (cpuMs(pid) - cpuBefore)) / sent.readings, 1),
  };
  return { ...trial, why: whyNot(trial) };
}

/** Numbers in the history, or what the system says on the broker. */
async function takenBy({ stored }: Contestant, place: Place, witness: Witness): Promise<number> {
  const { asked, told } = countTopics(place);
  return stored(place) ?? Number((await witness.ask(asked, told)) ?? Number.NaN);
}

type Count = () => Promise<number>;

async function takenSince(before: number, readings: number, count: Count): Promise<number> {
  const end = performance.now() + TAKEN_WITHIN_MS;
  for (;;) {
    const taken = (await count()) - before;
    if (taken >= readings || performance.now() > end) return taken;
    await sleep(100);
  }
}

/** The next rate is not made to pay for this one. */
async function untilAllTaken(count: Count): Promise<void> {
  const end = performance.now() + ALL_TAKEN_WITHIN_MS;
  let last = -1;
  for (let now = await count(); now !== last && performance.now() < end; ) {
    last = now;
    await sleep(1_000);
    now = await count();
  }
}

function whyNot({ perSecond, offeredPerS, readings, lagMs, taken }: Omit<Trial, 'why'>): Trial['why'] {
  if (lagMs === null || lagMs > LAG_LIMIT_MS) return 'lags';
  if (taken !== readings) return 'not taken in';
  return offeredPerS < OFFERED_SHARE * perSecond ? 'not offered' : null;
}
