const toFahrenheit = (celsius: number): number => celsius * 1.8 + 32;
const toCelsius = (fahrenheit: number): number => (fahrenheit - 32) / 1.8;

/**
 * Felt temperature in the shade, °C, of air of that temperature (°C) and relative humidity (%). Under 80 °F the simple form,
 * else Rothfusz's regression with its two adjustments. Source: US National Weather Service, "The Heat Index Equation" (SR 90-23).
 */
export function heatIndex(temperature: number, humidity: number): number {
  const t = toFahrenheit(temperature);
  const r = Math.min(100, Math.max(0, humidity));
  const simple = (t + (61 + (t - 68) * 1.2 + r * 0.094)) / 2;
  return toCelsius(simple < 80 ? simple : rothfusz(t, r) + adjustment(t, r));
}

const rothfusz = (t: number, r: number): number =>
  -42.379 +
  2.04901523 * t +
  10.14333127 * r -
  0.22475541 * t * r -
  6.83783e-3 * t * t -
  5.481717e-2 * r * r +
  1.22874e-3 * t * t * r +
  8.5282e-4 * t * r * r -
  1.99e-6 * t * t * r * r;

/** Very dry air feels cooler, very damp air warmer than the regression says. °F. */
function adjustment(t: number, r: number): number {
  if (r < 13 && t >= 80 && t <= 112) return -((13 - r) / 4) * Math.sqrt((17 - Math.abs(t - 95)) / 17);
  return r > 85 && t >= 80 && t <= 87 ? ((r - 85) / 10) * ((87 - t) / 5) : 0;
}
