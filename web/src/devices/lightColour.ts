/** Colours that a household asks for by name. Hue in degrees, saturation in %. */
export const NAMED_COLOURS = {
  white: { hue: 0, saturation: 0 },
  red: { hue: 0, saturation: 100 },
  orange: { hue: 30, saturation: 100 },
  yellow: { hue: 55, saturation: 100 },
  green: { hue: 120, saturation: 100 },
  cyan: { hue: 180, saturation: 100 },
  blue: { hue: 235, saturation: 100 },
  purple: { hue: 280, saturation: 100 },
  pink: { hue: 325, saturation: 70 },
} as const;
export type ColourName = keyof typeof NAMED_COLOURS;
export const COLOUR_NAMES = Object.keys(NAMED_COLOURS) as readonly ColourName[];

/** Paler than this and it is white to the eye. %. */
const PALE = 12;

const apart = (a: number, b: number): number => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

/** What a household would call it. */
export const colourName = (hue: number, saturation: number): ColourName => {
  if (saturation < PALE) return 'white';
  let best: ColourName = 'red';
  for (const name of COLOUR_NAMES)
    if (name !== 'white' && apart(hue, NAMED_COLOURS[name].hue) < apart(hue, NAMED_COLOURS[best].hue))
      best = name;
  return best;
};

export const colourCss = (hue: number, saturation: number): string =>
  `hsl(${Math.round(hue)} ${Math.round(saturation)}% ${Math.round(100 - saturation / 2)}%)`;

/** kelvin. Where a lamp maker's "warm" ends and "cool" begins. Source: EN 12464-1:2021, table of colour appearance. */
const WARM_BELOW_K = 3_300;
const COOL_ABOVE_K = 5_300;

export const warmthWord = (kelvin: number): 'warm' | 'neutral' | 'cool' => {
  if (kelvin < WARM_BELOW_K) return 'warm';
  return kelvin > COOL_ABOVE_K ? 'cool' : 'neutral';
};
