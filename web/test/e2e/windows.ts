/** [ppm, minutes to a full dose] */
type Curve = readonly (readonly [ppm: number, minutes: number])[];

/** Earliest and latest alarm of EN 50291-1, by safety.md §1.3. From 300 ppm on it may come at once. */
const SOONEST: Curve = [
  [50, 60],
  [100, 10],
  [300, 0.01],
];
const LATEST: Curve = [
  [50, 90],
  [100, 40],
  [300, 3],
];

/** Minutes to a full dose at that concentration, between the tabulated ones on a log-log line; under 50 ppm never. */
function fullAfter(ppm: number, curve: Curve): number {
  if (ppm < (curve[0]?.[0] ?? 0)) return Number.POSITIVE_INFINITY;
  for (let at = 1; at < curve.length; at++) {
    const [[low, slow], [high, fast]] = [curve[at - 1], curve[at]] as [Curve[number], Curve[number]];
    if (ppm > high) continue;
    const share = Math.log(ppm / low) / Math.log(high / low);
    return Math.exp(Math.log(slow) + share * Math.log(fast / slow));
  }
  return curve.at(-1)?.[1] ?? 0;
}

/** A reading, and minutes since the beginning. */
export type Sample = { readonly at: number; readonly value: number };

/** A stretch between two readings, with what is breathed in it. */
type Stretch = { readonly from: number; readonly to: number; readonly ppm: number };

function fullIn(stretches: readonly Stretch[], curve: Curve): Stretch | undefined {
  let dose = 0;
  return stretches.find(({ from, to, ppm }) => {
    dose += (to - from) / fullAfter(ppm, curve);
    return dose >= 1;
  });
}

/** Between which minutes a detector that follows the standard sounds, as these readings, ppm, came. */
export function windowOf(samples: readonly Sample[]): { readonly soonest: number; readonly latest: number } {
  const pairs = samples.slice(1).map((sample, at) => [samples[at] as Sample, sample] as const);
  const worse = pairs.map(([a, b]) => ({ from: a.at, to: b.at, ppm: Math.max(a.value, b.value) }));
  const first = pairs.map(([a, b]) => ({ from: a.at, to: b.at, ppm: a.value }));
  return {
    soonest: fullIn(worse, SOONEST)?.from ?? Number.POSITIVE_INFINITY,
    latest: fullIn(first, LATEST)?.to ?? Number.POSITIVE_INFINITY,
  };
}

/**
 * Minute at which an on-delay has passed: every reading was so for that long, minutes, or nothing else was heard since the first of them.
 * Infinity: it never has.
 */
export function heldAt(
  samples: readonly Sample[],
  is: (value: number) => boolean,
  forMinutes: number,
): number {
  let since: number | null = null;
  for (const { at, value } of samples) {
    if (since !== null && at - since >= forMinutes) return since + forMinutes;
    since = is(value) ? (since ?? at) : null;
  }
  return since === null ? Number.POSITIVE_INFINITY : since + forMinutes;
}
