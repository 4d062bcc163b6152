import type { Options } from '../abbreviations.ts';
import { BadOption, readFlag, readNumber, readTexts } from '../announcements/announcedOption.ts';
import { type HueSaturation, reciprocalOf } from '../color.ts';
import { type Command, switching } from '../command.ts';
import type { EntityConfig } from '../entity.ts';
import type { Known, Told } from '../told.ts';
import { isAssumed } from './onOff.ts';
import type { LightRange } from './settings.ts';

/** Most effects of one light. WLED has some 190. */
const MAX_EFFECTS = 256;

/** Coldest and warmest white of a light that does not say, mireds. Source: Home Assistant's own defaults. */
const MIREDS = { min: 153, max: 500 };

/** Kelvin that may be announced; beyond it is no light. */
const MIN_KELVIN = 500;
const MAX_KELVIN = 50_000;

/** Kelvin from the option in kelvin, else from the one in mireds. */
function kelvinOf(options: Options, kelvinKey: string, miredsKey: string, mireds: number): number {
  const kelvin =
    options[kelvinKey] == null
      ? reciprocalOf(readNumber(options, miredsKey, mireds))
      : readNumber(options, kelvinKey, 0);
  if (!(kelvin >= MIN_KELVIN && kelvin <= MAX_KELVIN)) throw new BadOption(kelvinKey);
  return kelvin;
}

/** What every schema announces. Throws `BadOption`. */
export function readRange(options: Options): LightRange {
  const brightnessScale = readNumber(options, 'brightness_scale', 255);
  if (brightnessScale < 1) throw new BadOption('brightness_scale');
  const minKelvin = kelvinOf(options, 'min_kelvin', 'max_mireds', MIREDS.max);
  const maxKelvin = kelvinOf(options, 'max_kelvin', 'min_mireds', MIREDS.min);
  if (minKelvin > maxKelvin) throw new BadOption('min_kelvin and max_kelvin');
  return {
    component: 'light',
    brightnessScale,
    inKelvin: readFlag(options, 'color_temp_kelvin', false),
    minKelvin,
    maxKelvin,
    effects: readTexts(options, 'effect_list', MAX_EFFECTS) ?? [],
  };
}

type Attributes = NonNullable<Told['attributes']>;

/** The device's brightness in %, at least 1 of what is not 0. */
export function brightnessTold({ brightnessScale }: LightRange, value: number): Attributes {
  const percent = Math.min(100, Math.max(0, (value / brightnessScale) * 100));
  return { brightness: percent === 0 ? 0 : Math.max(1, Math.round(percent)) };
}

/** The device's number for a brightness in %: never 0, which would be off. */
export const brightnessFor = ({ brightnessScale }: LightRange, percent: number): number =>
  Math.max(1, Math.round((brightnessScale * percent) / 100));

/** White of that temperature: the light has no other colour now. */
export function colorTempTold({ inKelvin }: LightRange, value: number): Attributes | null {
  if (!(value > 0)) return null;
  const colorTempK = inKelvin ? Math.round(value) : reciprocalOf(value);
  return { colorTempK, hue: null, saturation: null };
}

/** The device's number for a colour temperature, within what it announced. */
export function colorTempFor(range: LightRange, kelvin: number): number {
  const within = Math.min(range.maxKelvin, Math.max(range.minKelvin, kelvin));
  return range.inKelvin ? Math.round(within) : reciprocalOf(within);
}

/** A colour: the light has no temperature of white now. */
export const colorTold = ({ hue, saturation }: HueSaturation): Attributes => ({
  hue,
  saturation,
  colorTempK: null,
});

/** What is shown of an effect; none is no effect. */
export const effectTold = (effect: string): Attributes => ({
  effect: effect === '' || effect.toLowerCase() === 'none' ? null : effect,
});

/** What a light is asked to become. A brightness of 0 is off. */
export type Asked = {
  readonly on: boolean;
  readonly brightness: number | undefined;
  readonly colorTempK: number | undefined;
  readonly color: HueSaturation | undefined;
  readonly effect: string | undefined;
  readonly transitionS: number | undefined;
};

export function askedOf(command: Command, known: Known): Asked | null {
  const asked = switching(command);
  if (asked === null) return null;
  const { brightness, colorTempK, hue, saturation, effect, transitionS } = asked;
  const on = asked.on && brightness !== 0;
  if (!on) {
    const nothing = { brightness: undefined, colorTempK: undefined, color: undefined, effect: undefined };
    return { on, ...nothing, transitionS };
  }
  const color = hue === undefined && saturation === undefined ? undefined : colorFrom(hue, saturation, known);
  return { on, brightness, colorTempK, color, effect, transitionS };
}

/** Hue and saturation belong together; the one that was not asked for stays. */
function colorFrom(
  hue: number | undefined,
  saturation: number | undefined,
  { attributes }: Known,
): HueSaturation {
  const held = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);
  return { hue: hue ?? held(attributes.hue, 0), saturation: saturation ?? held(attributes.saturation, 100) };
}

/**
 * Whether the light tells what was asked. Colours are not compared: lights tell the nearest one that they have.
 * @param tellsBrightness whether it ever says how bright it is
 */
export function isLightAnswer(
  range: LightRange,
  command: Command,
  known: Known,
  tellsBrightness: boolean,
): boolean {
  const asked = askedOf(command, known);
  if (asked === null || known.value !== asked.on) return false;
  const { brightness } = known.attributes;
  if (asked.brightness === undefined || !tellsBrightness || typeof brightness !== 'number') return true;
  // One step of the device's own scale to either side.
  return Math.abs(brightness - asked.brightness) <= Math.max(2, 100 / range.brightnessScale);
}

/** What is taken for true of a light that never answers. */
export function assumedLight(config: EntityConfig, range: LightRange, command: Command): Told | null {
  const asked = askedOf(command, { value: null, attributes: {} });
  if (asked === null || !isAssumed(config)) return null;
  const { brightness, colorTempK, color, effect } = asked;
  const white =
    colorTempK === undefined ? null : Math.min(range.maxKelvin, Math.max(range.minKelvin, colorTempK));
  const attributes: Attributes = {
    ...(brightness === undefined ? {} : { brightness }),
    ...(white === null ? {} : { colorTempK: white, hue: null, saturation: null }),
    ...(color === undefined ? {} : colorTold(color)),
    ...(effect === undefined ? {} : effectTold(effect)),
  };
  return { value: asked.on, attributes };
}
