/** Air pressure of the simulated house, hPa: sea level. */
export const PRESSURE_HPA = 1013.25;

/** Pressure of saturated water vapour, hPa, by Magnus (WMO coefficients over water, −45..60 °C). */
export function saturationHpa(temperatureC: number): number {
  return 6.112 * Math.exp((17.62 * temperatureC) / (243.12 + temperatureC));
}

/** Most water that air can hold, g/m³: ideal gas, 216.7 g·K/J × hPa / K. */
export function saturationGM3(temperatureC: number): number {
  return (216.7 * saturationHpa(temperatureC)) / (temperatureC + 273.15);
}

/** Relative humidity, %, 0..100, of air with so much water in it. */
export function relativeHumidity(waterGM3: number, temperatureC: number): number {
  return Math.min(100, Math.max(0, (100 * waterGM3) / saturationGM3(temperatureC)));
}

/** Water in air of this relative humidity (%), g/m³. */
export function waterGM3(humidityPct: number, temperatureC: number): number {
  return (humidityPct / 100) * saturationGM3(temperatureC);
}

/**
 * Oxygen as a cell in moist air reads it, % vol: vapour takes the place of dry air. safety.md §2.2:
 * 20 °C and 40 % make 20.75 of clean air's 20.95, 35 °C and 90 % make 19.90.
 */
export function wetOxygenPct(dryPct: number, humidityPct: number, temperatureC: number): number {
  return dryPct * (1 - ((humidityPct / 100) * saturationHpa(temperatureC)) / PRESSURE_HPA);
}
