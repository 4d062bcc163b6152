import { setTimeout as sleep } from 'node:timers/promises';
import { type Contestant, contactTopic, type Place, sensorTopics, sirenTopic } from './contestant.ts';
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
  /** Readings found in the history; null: the system keeps none. */
  readonly stored: number | null;
  /** Processor time of all its threads for one reading, µs. */
  readonly cpuUs: number;
  /** Why the rate was not sustained; null: it was. */
  readonly why: 'lags' | 'not stored' | 'not offered' | null;
};

/** With this much in line after the last reading a system is behind, ms: a tenth of five seconds. */
const LAG_LIMIT_MS = 500;
/** The siren is waited for this long before the system counts as lost, ms. */
const LOST_MS = 60_000;
/** What was taken in has to be in the history by then, ms: three times its longest batch. */
const STORED_WITHIN_MS = 3_000;
/** … and after a rate that was too high the next one waits so long at most until all is written, ms. */
const WRITTEN_WITHIN_MS = 30_000;
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
  const before = contestant.stored(place);
  const cpuBefore = cpuMs(pid);
  const readings = perSecond * seconds;
  const load = await startLoad({ brokerPort, topics: sensorTopics(place), perSecond, readings, qos });
  const sent = await load.done;
  const [lag] = await witness.raise([contactTopic(place, nth)], sirenTopic(place), 0, LOST_MS);
  const stored = await storedSince(contestant, place, before, sent.readings);
  if (stored !== null && stored < sent.readings) await untilWritten(contestant, place);
  await sleep(REST_MS);
  const trial = {
    perSecond,
    offeredPerS: sent.perSecond,
    readings: sent.readings,
    lagMs: lag === undefined ? null : rounded(lag, 1),
    stored,
    cpuUs: rounded((1_000 * (cpuMs(pid) - cpuBefore)) / sent.readings, 1),
  };
  return { ...trial, why: whyNot(trial) };
}

async function storedSince(contestant: Contestant, place: Place, before: number | null, readings: number) {
  const end = performance.now() + STORED_WITHIN_MS;
  for (;;) {
    const now = contestant.stored(place);
    const stored = now === null ? null : now - (before ?? 0);
    if (stored === null || stored >= readings || performance.now() > end) return stored;
    await sleep(100);
  }
}

/** The next rate is not made to pay for this one. */
async function untilWritten(contestant: Contestant, place: Place): Promise<void> {
  const end = performance.now() + WRITTEN_WITHIN_MS;
  let last = -1;
  for (let now = contestant.stored(place) ?? -1; now !== last && performance.now() < end; ) {
    last = now;
    await sleep(1_000);
    now = contestant.stored(place) ?? -1;
  }
}

function whyNot({ perSecond, offeredPerS, readings, lagMs, stored }: Omit<Trial, 'why'>): Trial['why'] {
  if (lagMs === null || lagMs > LAG_LIMIT_MS) return 'lags';
  if (stored !== null && stored !== readings) return 'not stored';
  return offeredPerS < OFFERED_SHARE * perSecond ? 'not offered' : null;
}
