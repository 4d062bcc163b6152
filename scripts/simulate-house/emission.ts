import { NO_SOURCES, type Sources } from './air.ts';

/** What a person is doing, as far as the air notices. */
export type Activity = 'sleep' | 'rest' | 'active' | 'cook' | 'shower';

export type Fuel = 'propane' | 'methane';

/** L/min to m³/s. */
export const LITRES_PER_MINUTE = 1 / 60_000;

/** Oxygen an adult uses, L/min at 1.0, 1.2 and 2 met. Source: Persily & de Jonge 2017 by safety.md §2.1. */
const OXYGEN_LPM: Readonly<Record<Activity, number>> = {
  sleep: 0.25,
  rest: 0.33,
  active: 0.55,
  cook: 0.55,
  shower: 0.45,
};

/** CO2 breathed out per O2 used, by volume (safety.md §2.1). */
const RESPIRATORY_QUOTIENT = 0.85;

/** Water a person gives to the air, g/h: about 40 asleep, 55 awake (usual building-physics figures, not checked). */
const BREATH_WATER_GH: Readonly<Record<Activity, number>> = {
  sleep: 40,
  rest: 55,
  active: 90,
  cook: 90,
  shower: 90,
};

/** Water from pots and from the shower, g/min; assumptions: ten minutes of shower bring 250 g into the air. */
const STEAM_GMIN: Readonly<Partial<Record<Activity, number>>> = { cook: 8, shower: 25 };

const BODY_HEAT_W = 75;

/**
 * What a person does to the air of a room.
 * @param share of an adult's metabolism, 0..1; an eight-year-old 0.7 (safety.md §2.1: 0.17–0.21 L/min)
 */
export function personSources(activity: Activity, share: number): Sources {
  const oxygenM3s = OXYGEN_LPM[activity] * share * LITRES_PER_MINUTE;
  return {
    ...NO_SOURCES,
    o2: -oxygenM3s,
    co2: oxygenM3s * RESPIRATORY_QUOTIENT,
    water: (BREATH_WATER_GH[activity] * share) / 3_600 + (STEAM_GMIN[activity] ?? 0) / 60,
    heatW: BODY_HEAT_W * share,
  };
}

/** Oxygen that a flame uses, L/min per kW: 13.1 MJ per kg O2 (Huggett 1980, by safety.md §2.1). */
const FLAME_OXYGEN_LPM_PER_KW = 3.4;

/** O2 used per CO2 made, by volume (safety.md §2.1). */
const OXYGEN_PER_CO2: Readonly<Record<Fuel, number>> = { propane: 1.67, methane: 2 };

/** Water vapour made per O2 used, by volume: C3H8 + 5 O2 → 3 CO2 + 4 H2O; CH4 + 2 O2 → CO2 + 2 H2O. */
const VAPOUR_PER_OXYGEN: Readonly<Record<Fuel, number>> = { propane: 0.8, methane: 1 };

/** Water vapour, g per m³ at 20 °C: 18 g/mol in 24.05 L/mol. */
const VAPOUR_GM3 = 748;

/** CO per CO2 of a clean flame in good air; an assumption, a tenth of the 0.004 that appliance standards tolerate. */
const CLEAN_CO_RATIO = 0.0004;

/** How steeply the CO of a flame grows with each % vol of oxygen that is missing; an assumption: 20-fold at 19.5 %. */
const CO_GROWTH_PER_PCT = 2.07;

/** CO per CO2 at which a starved flame stops getting worse; an assumption. */
const WORST_CO_RATIO = 0.1;

/** Oxygen fraction under which a flame goes out; about 16 % for hydrocarbons in still air (general knowledge). */
const FLAME_OUT = 0.16;

/** CO made per CO2 made, by volume, by a flame in air with this fraction of oxygen. */
export function coRatio(oxygen: number): number {
  const missingPct = Math.max(0, 0.2095 - oxygen) * 100;
  return Math.min(WORST_CO_RATIO, CLEAN_CO_RATIO * Math.exp(CO_GROWTH_PER_PCT * missingPct));
}

/** What a burner without a flue does to the air of its room, all its heat and all its gases staying there. */
export function burnerSources(powerKw: number, fuel: Fuel, oxygen: number): Sources {
  if (powerKw <= 0 || oxygen < FLAME_OUT) return NO_SOURCES;
  const oxygenM3s = powerKw * FLAME_OXYGEN_LPM_PER_KW * LITRES_PER_MINUTE;
  const co2 = oxygenM3s / OXYGEN_PER_CO2[fuel];
  return {
    ...NO_SOURCES,
    o2: -oxygenM3s,
    co2,
    co: co2 * coRatio(oxygen),
    water: oxygenM3s * VAPOUR_PER_OXYGEN[fuel] * VAPOUR_GM3,
    heatW: powerKw * 1_000,
  };
}
