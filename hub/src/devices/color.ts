/** Hue in degrees 0..360, saturation in % 0..100. */
export type HueSaturation = { readonly hue: number; readonly saturation: number };

/** 0..255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** CIE 1931 chromaticity. */
export type Xy = readonly [x: number, y: number];

const MIREDS_PER_KELVIN = 1_000_000;

/** Mireds as kelvin and back, whole numbers. */
export const reciprocalOf = (value: number): number => Math.round(MIREDS_PER_KELVIN / value);

const oneDigit = (value: number): number => Math.round(value * 10) / 10;

export function hueSaturationOf([red, green, blue]: Rgb): HueSaturation {
  const max = Math.max(red, green, blue);
  const spread = max - Math.min(red, green, blue);
  if (spread === 0) return { hue: 0, saturation: 0 };
  const sector =
    max === red
      ? (green - blue) / spread
      : max === green
        ? 2 + (blue - red) / spread
        : 4 + (red - green) / spread;
  return { hue: oneDigit(((sector + 6) % 6) * 60), saturation: oneDigit((spread / max) * 100) };
}

/** The colour at full brightness, or at `brightness` %. */
export function rgbOf({ hue, saturation }: HueSaturation, brightness = 100): Rgb {
  const full = (255 * brightness) / 100;
  const part = (shift: number): number => {
    const at = (shift + hue / 60) % 6;
    const fade = Math.max(0, Math.min(at, 4 - at, 1));
    return Math.round(full * (1 - (saturation / 100) * fade));
  };
  return [part(5), part(3), part(1)];
}

/** sRGB's gamma, and back. Source: IEC 61966-2-1. */
const toLinear = (value: number): number =>
  value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const fromLinear = (value: number): number =>
  value <= 0.003_130_8 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;

/** Chromaticity of a colour, four digits. Matrix of sRGB's primaries with D65 (IEC 61966-2-1). */
export function xyOf(color: HueSaturation): Xy {
  const [red, green, blue] = rgbOf(color).map((value) => toLinear(value / 255)) as [number, number, number];
  const x = 0.412_4 * red + 0.357_6 * green + 0.180_5 * blue;
  const y = 0.212_6 * red + 0.715_2 * green + 0.072_2 * blue;
  const z = 0.019_3 * red + 0.119_2 * green + 0.950_5 * blue;
  const sum = x + y + z;
  const digits = (value: number): number => Math.round(value * 10_000) / 10_000;
  return sum === 0 ? [0.312_7, 0.329] : [digits(x / sum), digits(y / sum)];
}

/** The nearest colour that sRGB has. A y of 0 is no colour: white. */
export function fromXy([x, y]: Xy): HueSaturation {
  if (!(y > 0)) return { hue: 0, saturation: 0 };
  const [bigX, bigZ] = [x / y, (1 - x - y) / y];
  const linear = [
    3.240_6 * bigX - 1.537_2 - 0.498_6 * bigZ,
    -0.968_9 * bigX + 1.875_8 + 0.041_5 * bigZ,
    0.055_7 * bigX - 0.204 + 1.057 * bigZ,
  ].map((value) => Math.max(0, value));
  const max = Math.max(...linear);
  if (!(max > 0) || !Number.isFinite(max)) return { hue: 0, saturation: 0 };
  const rgb = linear.map((value) => fromLinear(value / max) * 255) as [number, number, number];
  return hueSaturationOf(rgb);
}
