import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import type { AirProfile } from './schema.ts';

/** One corner of an alarm curve: that concentration, in ppm, fills the dose in that many minutes. */
type Corner = readonly [ppm: number, minutes: number];

type Curve = {
  /** Milder first. Between them time and concentration are straight on a double logarithmic sheet; above the last one it is flat. */
  readonly corners: readonly [Corner, Corner, Corner];
  /** Under this many ppm nothing adds up. */
  readonly fromPpm: number;
  readonly source: string;
};

/** Alarm curves. Source: safety.md CO-1; each corner lies inside the window that its standard prints. */
export const CURVES: Readonly<Record<AirProfile, Curve>> = {
  EN: {
    corners: [
      [50, 75],
      [100, 25],
      [300, 1.25],
    ],
    fromPpm: 40,
    source:
      'EN 50291-1: 30 ppm not before 120 min, 50 ppm 60-90 min, 100 ppm 10-40 min, 300 ppm within 3 min',
  },
  US: {
    corners: [
      [70, 120],
      [150, 22],
      [400, 8],
    ],
    fromPpm: 60,
    source: 'UL 2034: 70 ppm 60-240 min, 150 ppm 10-50 min, 400 ppm 4-15 min',
  },
};

/** In clean air the dose falls to 1/e in this time. Source: safety.md CO-1. */
export const DECAY_MS: Millis = 30 * MINUTE_MS;

/** Under this a falling dose is none: it would fall for ever, and each step would be written down. Ours: 1 % of an alarm. */
const NOTHING = 0.01;

/** A full dose stays full while the air has this many ppm. Source: safety.md §1.1: clear is under 25 ppm … */
export const CLEAR_PPM = 25;

/** … for 5 min. A dose that was full fills again at once when the air gets worse in that time. */
const CLEARED_DOSE = Math.exp((-5 * MINUTE_MS) / DECAY_MS);

/** How much of the dose at which a siren sounds has been breathed. */
export type Dose = {
  /** 0..1; 1 is full. */
  readonly share: number;
  /** It was full, and the air has not been clear for 5 minutes since. */
  readonly full: boolean;
};

export const NO_DOSE: Dose = { share: 0, full: false };

/** How long that concentration takes to fill an empty dose, ms; null: for ever. */
export function fillsInMs(ppm: number, profile: AirProfile): Millis | null {
  const { corners, fromPpm } = CURVES[profile];
  if (ppm < fromPpm) return null;
  const [mild, middle, strong] = corners;
  if (ppm >= strong[0]) return strong[1] * MINUTE_MS;
  return (ppm < middle[0] ? between(mild, middle, ppm) : between(middle, strong, ppm)) * MINUTE_MS;
}

/** Minutes on the straight line through two corners of a double logarithmic sheet; beyond the milder one the line goes on. */
function between([ppmA, minutesA]: Corner, [ppmB, minutesB]: Corner, ppm: number): number {
  const steepness = Math.log(minutesB / minutesA) / Math.log(ppmB / ppmA);
  return minutesA * (ppm / ppmA) ** steepness;
}

/**
 * The dose after `spanMs` of that concentration. The same dose when nothing moved.
 * @param ppm finite, from 0
 */
export function breathe(dose: Dose, ppm: number, spanMs: Millis, profile: AirProfile): Dose {
  const fillsMs = fillsInMs(ppm, profile);
  if (dose.full && ppm >= CLEAR_PPM) return dose.share === 1 ? dose : { share: 1, full: true };
  if (fillsMs !== null) return fill(dose, spanMs / fillsMs);
  return dose.share === 0 ? dose : decay(dose, spanMs);
}

function fill(dose: Dose, more: number): Dose {
  // A billionth short is full: ten thousand small steps add up to a little less than one large one.
  const share = dose.share + more;
  return share >= 1 - 1e-9 ? { share: 1, full: true } : { share, full: dose.full };
}

function decay(dose: Dose, spanMs: Millis): Dose {
  const share = dose.share * Math.exp(-spanMs / DECAY_MS);
  if (share < NOTHING) return NO_DOSE;
  return { share, full: dose.full && share > CLEARED_DOSE };
}

/** A sensor is expected to speak this often, ms. Source: safety.md CO-2. */
export const SAMPLE_MS: Millis = 10 * SECOND_MS;
