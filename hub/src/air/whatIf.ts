import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import { getRow, type Table } from '../house/table.ts';
import { DAY_MS, type Millis, type Moment } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import type { AirContext } from './context.ts';
import { measuredFor } from './judged.ts';
import type { Limit } from './limits/limit.ts';
import type { LimitSet } from './limits/table.ts';
import { saidNow } from './measuredNow.ts';
import type { CalibrationRow } from './oxygen/calibration.ts';
import type { AirSettings } from './settings.ts';
import { type AirState, airFrom, EMPTY_AIR } from './state.ts';

/** What was said in the past. */
export type PastReading = {
  readonly entityId: string;
  readonly quantity: Quantity;
  readonly value: number;
  /** Epoch ms UTC. */
  readonly at: Millis;
  /** The sensor counts as lost when nothing follows for so long, ms; null: it is never lost. */
  readonly lostAfterMs: Millis | null;
};

/** A stretch in which an alarm would have stood. */
export type Episode = {
  readonly entityId: string;
  /** Epoch ms UTC. */
  readonly from: Millis;
  /** Null: it stands still. */
  readonly to: Millis | null;
  /** What was compared, at its worst. */
  readonly worst: number;
};

export type TrialOptions = {
  readonly entityId: string;
  /** The limit as it holds, and as somebody thinks of having it. */
  readonly held: Limit;
  readonly wished: Limit;
  readonly settings: AirSettings;
  readonly calibrations: Table<CalibrationRow>;
  readonly context: AirContext;
  /** House time less the wall clock, ms: spans of means lie as they lie in the house. */
  readonly houseLessUtc: Millis;
};

/** Both limits run at once, so each needs a name of its own. */
const HELD = 'held';
const WISHED = 'wished';

/** The past may lie before the house began, and house time must not be negative. Whole days: all spans of means lie as before. */
const BEFORE_MS: Millis = 20_000 * DAY_MS;

/**
 * One sensor's past, run through the machine of the living house with a limit as it holds and as it is wished; time is what the
 * readings say. Told in the order of time, with what was measured beside it.
 */
export function createTrial(options: TrialOptions) {
  const { entityId, held, wished, calibrations } = options;
  const context: AirContext = { ...options.context, doubtOf: () => null };
  const limits = setOf([
    { ...held, id: HELD },
    { ...wished, id: WISHED },
  ]);
  const monoLess = ((options.houseLessUtc % DAY_MS) + DAY_MS) % DAY_MS;
  // Wall clock 0 lies a whole number of days after house time 0, give or take what it does in the house.
  const momentAt = (utc: Millis): Moment => ({ mono: utc + monoLess + BEFORE_MS, utc });
  const utcOf = (mono: Millis): Millis => mono - monoLess - BEFORE_MS;
  let state: AirState = { ...airFrom(EMPTY_AIR), settings: options.settings, calibrations, limits };
  const lasts = createLasts();
  const episodes: Readonly<Record<typeof HELD | typeof WISHED, Episode[]>> = { [HELD]: [], [WISHED]: [] };
  const last = (id: typeof HELD | typeof WISHED): Episode | undefined => episodes[id].at(-1);

  function happen(fact: Fact, now: Moment): void {
    const before = state.rows;
    state = reduceAir(state, fact, now, context).state;
    if (state.rows !== before) for (const id of [HELD, WISHED] as const) note(id, now.utc);
  }

  /** An episode begins when the limit holds, and ends when it does not. */
  function note(id: typeof HELD | typeof WISHED, utc: Millis): void {
    const progress = getRow(state.rows, entityId)?.limits[id];
    const open = last(id)?.to === null ? last(id) : undefined;
    if (progress?.phase === 'holds') {
      if (open === undefined)
        episodes[id].push({ entityId, from: utc, to: null, worst: Number(progress.value) });
    } else if (open !== undefined) {
      episodes[id][episodes[id].length - 1] = { ...open, to: utc };
    }
  }

  /** Delays end by the clock, doses fill by it, and who is silent for too long is lost: in the order of time. */
  function pass(until: Millis): void {
    for (let lost = lasts.first(until); lost !== null; lost = lasts.first(until)) {
      wake(lost.at);
      lasts.forget(lost.entityId);
      happen({ type: 'entityLost', entityId: lost.entityId, deviceId: lost.entityId }, momentAt(lost.at));
    }
    wake(until);
  }

  function wake(until: Millis): void {
    let last: Millis | null = null;
    while (state.wakeAt !== null && state.wakeAt !== last && utcOf(state.wakeAt) <= until) {
      last = state.wakeAt;
      happen({ type: 'clockReached' }, momentAt(utcOf(last)));
    }
  }

  function noteWorst({ quantity, value, at }: PastReading): void {
    const open = last(WISHED);
    if (open === undefined || open.to !== null) return;
    const { measured } = saidNow(state, entityId, quantity, value, momentAt(at).mono);
    const compared = measuredFor(measured, wished)?.value ?? null;
    if (compared === null || !isWorse(wished, compared, open.worst)) return;
    episodes[WISHED][episodes[WISHED].length - 1] = { ...open, worst: compared };
  }

  return {
    take(reading: PastReading): void {
      pass(reading.at);
      lasts.note(reading);
      happen(factOf(reading), momentAt(reading.at));
      if (reading.entityId === entityId) noteWorst(reading);
    },
    /** Time runs on until then, and nothing more was said. */
    end: (utc: Millis): void => pass(utc),
    /** With the limit as it is wished, the earliest first. */
    wished: (): readonly Episode[] => episodes[WISHED],
    /** With the limit as it holds. */
    held: (): readonly Episode[] => episodes[HELD],
  };
}

/** When each was heard last. */
function createLasts() {
  const lasts = new Map<string, { readonly entityId: string; readonly at: Millis }>();
  return {
    note({ entityId, at, lostAfterMs }: PastReading): void {
      if (lostAfterMs === null) lasts.delete(entityId);
      else lasts.set(entityId, { entityId, at: at + lostAfterMs });
    },
    forget: (entityId: string): void => void lasts.delete(entityId),
    /** Who is lost first before then, and when. Null: nobody. */
    first(until: Millis): { readonly entityId: string; readonly at: Millis } | null {
      let first: { readonly entityId: string; readonly at: Millis } | null = null;
      for (const last of lasts.values()) {
        if (last.at < until && (first === null || last.at < first.at)) first = last;
      }
      return first;
    },
  };
}

const factOf = ({ entityId, quantity, value }: PastReading): Fact => ({
  type: 'reading',
  entityId,
  quantity,
  value,
  unit: null,
  retained: false,
  ageMs: 0,
});

const setOf = (all: readonly Limit[]): LimitSet => ({
  all,
  byId: new Map(all.map((limit) => [limit.id, limit])),
  ofNumbers: new Map(all.map(({ quantity }) => [quantity, all])),
  ofContacts: new Map(),
  unverified: new Map(),
});

/** Whether more of it is worse. */
export const isUpper = ({ crosses }: Limit): boolean => crosses === 'above' || crosses === 'atLeast';

const isWorse = (limit: Limit, value: number, than: number): boolean =>
  isUpper(limit) ? value > than : value < than;
