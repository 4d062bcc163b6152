import type { Quantity } from '../devices/schema.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';
import type { Limit } from './limits/limit.ts';
import { isUpper, type PastReading } from './whatIf.ts';

/** A page of the history of one sensor: `hours` where its readings are kept no more, or are too many. */
export type PastPage = {
  readonly source: 'readings' | 'hours';
  /** Epoch ms: of a reading, or of the beginning of an hour. */
  readonly times: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
};

/** Whose past it is. */
export type PastSensor = {
  readonly entityId: string;
  readonly quantity: Quantity;
  readonly lostAfterMs: Millis | null;
};

/** An hour stands as so many readings side by side, so that a delay or a gap means what it means. */
const EVERY_MS: Millis = 15 * MINUTE_MS;

/** Measures that follow from all readings of an hour rather than from its worst. */
const OF_ALL: ReadonlySet<Limit['measure']> = new Set(['mean', 'nowCast', 'dose', 'cohb', 'surfaceHumidity']);

/**
 * The readings of a page in the order of time. Of an hour only three numbers are known: for what is compared with single readings
 * all of it counts as its worst, because nobody knows how long that lasted; for means as its mean.
 */
export function* readingsOf(page: PastPage, sensor: PastSensor, limit: Limit): Generator<PastReading> {
  const { times } = page;
  if (page.source === 'readings') {
    const lostAfterMs = lostAfterIn(times, sensor.lostAfterMs);
    for (let at = 0; at < times.length; at++) {
      yield { ...sensor, lostAfterMs, at: times[at] as number, value: page.mean[at] as number };
    }
    return;
  }
  const isOfAll = OF_ALL.has(limit.measure) || sensor.quantity !== limit.quantity;
  const worst = isUpper(limit) ? page.high : page.low;
  const column = isOfAll ? page.mean : worst;
  for (let at = 0; at < times.length; at++) {
    for (let since = 0; since < HOUR_MS; since += EVERY_MS) {
      const begin = (times[at] as number) + since;
      yield { ...sensor, at: begin, value: column[at] as number, lostAfterMs: EVERY_MS };
    }
  }
}

/** Fewer gaps say nothing of what is usual. */
const ENOUGH = 20;

/**
 * A past that came from elsewhere may tell a value only when it changes: what stands longer than the sensor may be silent today was
 * not silence then. Half as long again as nineteen of twenty gaps; ours.
 */
function lostAfterIn(times: Float64Array, lostAfterMs: Millis | null): Millis | null {
  if (lostAfterMs === null || times.length <= ENOUGH) return lostAfterMs;
  const gaps = times.slice(1).map((time, at) => time - (times[at] as number));
  const usual = gaps.toSorted()[Math.floor(0.95 * gaps.length)] as number;
  return Math.min(UNSUPERVISED_MS, Math.max(lostAfterMs, 1.5 * usual));
}

/** What must be known of the air beside a sensor before a limit can be held against it. Source: safety.md §2.2, §1.1. */
export function companionsOf({ quantity, measure }: Limit): readonly Quantity[] {
  if (quantity === 'oxygen') return ['temperature', 'humidity', 'pressure', 'carbon_dioxide'];
  if (measure === 'heatIndex') return ['humidity'];
  return measure === 'surfaceHumidity' ? ['temperature'] : [];
}

/** So far before the days that are looked through the past must be known for what is compared, ms. */
export function warmUpOf({ measure, windowMs }: Limit): Millis {
  if (measure === 'surfaceHumidity') return 8 * DAY_MS;
  // What was breathed half a day ago still counts (safety.md CO-3: half-life 130 min).
  if (measure === 'dose' || measure === 'cohb') return DAY_MS / 2;
  return Math.max(HOUR_MS, windowMs ?? 0);
}

/** How long a reading stands at most, as far as it is said whether a sensor was heard, ms. */
export const standsMs = ({ lostAfterMs }: PastReading): Millis => lostAfterMs ?? UNSUPERVISED_MS;

/** One that announces no limit of its silence. Source: safety.md §3.2: lost after 130 min. */
const UNSUPERVISED_MS: Millis = 130 * MINUTE_MS;

/** Where a history goes on. */
export type PastPlace = { readonly series: number; readonly key: number };

export type PastQuestion = {
  readonly entity: string;
  /** Epoch ms; `to` is not included. */
  readonly from: Millis;
  readonly to: Millis;
  /** Null: from the beginning. */
  readonly after: PastPlace | null;
  /** Where there are more readings than this, hours will do. */
  readonly most: number;
};

/** The history. Null: it has nothing of that sensor. */
export type AskPast = (
  question: PastQuestion,
) => Promise<(PastPage & { readonly next: PastPlace | null }) | null>;

/** The past of one sensor, read page by page. */
export function createStream(
  sensor: PastSensor,
  limit: Limit,
  ask: AskPast,
  span: Omit<PastQuestion, 'entity' | 'after'>,
) {
  let readings: Iterator<PastReading> = [].values();
  let head: PastReading | null = null;
  let after: PastPlace | null = null;
  let isOver = false;

  function shift(): void {
    const { value, done } = readings.next();
    head = done === true ? null : value;
  }

  return {
    /** The next reading; null: `load` the next page first, or it is over. */
    head: (): PastReading | null => head,
    isOver: (): boolean => isOver && head === null,
    shift,
    async load(): Promise<void> {
      while (head === null && !isOver) {
        const page = await ask({ entity: sensor.entityId, ...span, after });
        after = page?.next ?? null;
        isOver = after === null;
        if (page !== null) readings = readingsOf(page, sensor, limit);
        shift();
      }
    },
  };
}

export type Stream = ReturnType<typeof createStream>;
