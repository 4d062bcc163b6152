import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';

/**
 * Carboxyhaemoglobin by the equation of Coburn, Forster and Kane (1965), in its non-linear form: the share of blood that carbon monoxide
 * occupies. It models a person in this room and is no medical value (safety.md CO-4). Source of the constants: safety.md CO-3.
 */

/** ml of carbon monoxide that a body makes in a minute. */
const OWN_ML_PER_MIN = 0.007;
const BLOOD_ML = 5_500;
/** How much more readily haemoglobin takes carbon monoxide than oxygen. */
const AFFINITY = 218;
/** Oxygen in the capillaries of the lungs, mmHg. */
const CAPILLARY_O2_MMHG = 100;
/** ml of gas that one ml of blood can carry. */
const CAPACITY = 0.2;
/** Air in the lungs without its water vapour: 760 − 47 mmHg. */
const LUNG_MMHG = 760 - 47;

/** Longest step of the integration, ms. Source: safety.md CO-3 (dt at most 6 s). */
const STEP_MS: Millis = 6 * SECOND_MS;

/** So many steps at most: after a longer gap they are longer. 130 min in 100 steps of 78 s is still stable at 10 000 ppm. */
export const MAX_STEPS = 100;

/** Of somebody who has breathed clean air, %. Source: safety.md CO-3. Nobody in the room is taken to have less. */
export const CLEAN_COHB = 0.8;

/** Blood is never modelled fuller than this, %: the equation divides by what is left. */
const FULLEST_COHB = 99;

/** How much somebody breathes: ventilation and diffusing capacity of the lungs. Source: safety.md CO-3. */
export type Body = { readonly airMlPerMin: number; readonly diffusion: number };

export const AT_REST: Body = { airMlPerMin: 6_000, diffusion: 30 };
export const LIGHT_WORK: Body = { airMlPerMin: 12_000, diffusion: 35 };
export const HEAVY_WORK: Body = { airMlPerMin: 20_000, diffusion: 45 };

/** For whom warnings are meant: somebody who moves about. */
const USUAL = LIGHT_WORK;
/** Children, somebody pregnant: half as much air again. Source: safety.md CO-3. */
const SENSITIVE: Body = { ...LIGHT_WORK, airMlPerMin: 1.5 * LIGHT_WORK.airMlPerMin };

export const bodyOf = (sensitivePeople: boolean): Body => (sensitivePeople ? SENSITIVE : USUAL);

/**
 * The COHb, %, after `spanMs` in air of that many ppm.
 * @param cohb 0 … 99 %, before
 * @param ppm finite, from 0
 */
export function cohbAfter(cohb: number, ppm: number, spanMs: Millis, body: Body): number {
  if (spanMs <= 0) return cohb;
  const steps = Math.min(Math.ceil(spanMs / STEP_MS), MAX_STEPS);
  const minutes = spanMs / steps / MINUTE_MS;
  const resistance = BLOOD_ML * (1 / body.diffusion + LUNG_MMHG / body.airMlPerMin);
  const gain = OWN_ML_PER_MIN / BLOOD_ML + (ppm * 1e-6 * LUNG_MMHG) / resistance;
  const loss = CAPILLARY_O2_MMHG / AFFINITY / resistance;
  const fullest = (CAPACITY * FULLEST_COHB) / 100;
  let x = (CAPACITY * cohb) / 100;
  for (let step = 0; step < steps; step++) x = Math.min(fullest, rungeKutta(x, minutes, gain, loss));
  return (100 * x) / CAPACITY;
}

/** One step of the classic fourth order. `x`: ml of carbon monoxide in one ml of blood. */
function rungeKutta(x: number, minutes: number, gain: number, loss: number): number {
  const k1 = gain - (loss * x) / room(x);
  const x2 = x + (minutes / 2) * k1;
  const k2 = gain - (loss * x2) / room(x2);
  const x3 = x + (minutes / 2) * k2;
  const k3 = gain - (loss * x3) / room(x3);
  const x4 = x + minutes * k3;
  const k4 = gain - (loss * x4) / room(x4);
  return Math.max(0, x + (minutes / 6) * (k1 + 2 * k2 + 2 * k3 + k4));
}

/** What is left for oxygen; never nothing, so that a coarse step that overshoots stays finite. */
const room = (x: number): number => Math.max(CAPACITY - x, CAPACITY * (1 - FULLEST_COHB / 100));
