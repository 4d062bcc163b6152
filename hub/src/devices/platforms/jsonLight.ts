import { ok, type Result, refused } from '../../shared/result.ts';
import type { Options } from '../abbreviations.ts';
import { BadOption, readFlag, readTexts } from '../announcements/announcedOption.ts';
import { fromXy, type HueSaturation, hueSaturationOf, rgbOf, xyOf } from '../color.ts';
import type { Command, Message } from '../command.ts';
import type { Control } from '../controlSchema.ts';
import { isRecord, parseJsonText } from '../json.ts';
import { type Decoded, dropped, type Known, MAX_VALUE_CHARS, type Told } from '../told.ts';
import type { Context, Part } from './definition.ts';
import {
  askedOf,
  brightnessFor,
  brightnessTold,
  colorTempFor,
  colorTempTold,
  colorTold,
  effectTold,
  readRange,
} from './lightRange.ts';
import type { ColorMode, JsonLightSettings } from './settings.ts';
import { statePart } from './statePart.ts';

const MODES: ReadonlySet<string> = new Set([
  'onoff',
  'brightness',
  'color_temp',
  'hs',
  'xy',
  'rgb',
  'rgbw',
  'rgbww',
  'white',
]);

/** Forms of a colour, the one that loses least first. */
const COLORS: readonly ColorMode[] = ['hs', 'xy', 'rgb', 'rgbw', 'rgbww'];

function readModes(options: Options): readonly string[] {
  const modes = readTexts(options, 'supported_color_modes', MODES.size) ?? legacyModes(options);
  if (modes.some((mode) => !MODES.has(mode))) throw new BadOption('supported_color_modes');
  const alone = modes.find((mode) => mode === 'onoff' || mode === 'brightness');
  if (alone !== undefined && modes.length > 1) throw new BadOption('supported_color_modes');
  return modes;
}

/** Before there were modes each had an option of its own; Tasmota's kin and old boards still announce them. */
const legacyModes = (options: Options): string[] =>
  ['color_temp', 'hs', 'xy', 'rgb'].filter((mode) => options[mode] === true);

/** Throws `BadOption`. */
export function readJsonLight(options: Options): JsonLightSettings {
  const modes = readModes(options);
  const range = readRange(options);
  return {
    ...range,
    effects: readFlag(options, 'effect', false) ? range.effects : [],
    schema: 'json',
    hasBrightness: readFlag(options, 'brightness', false) || modes.some((mode) => mode !== 'onoff'),
    hasColorTemp: modes.includes('color_temp'),
    color: COLORS.find((mode) => modes.includes(mode)) ?? null,
    hasTransition: readFlag(options, 'transition', true),
  };
}

const numberAt = (object: Readonly<Record<string, unknown>>, key: string): number | null => {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** Numbers under those keys; null when one is missing. */
function numbersAt(object: Readonly<Record<string, unknown>>, keys: readonly string[]): number[] | null {
  const numbers = keys.map((key) => numberAt(object, key)).filter((value) => value !== null);
  return numbers.length === keys.length ? numbers : null;
}

/** A colour in whichever form it is told. */
function colorIn(color: Readonly<Record<string, unknown>>): HueSaturation | null {
  const [hue, saturation] = numbersAt(color, ['h', 's']) ?? numbersAt(color, ['hue', 'saturation']) ?? [];
  if (hue !== undefined && saturation !== undefined) return { hue, saturation };
  const [x, y] = numbersAt(color, ['x', 'y']) ?? [];
  if (x !== undefined && y !== undefined) return fromXy([x, y]);
  const [red, green, blue] = numbersAt(color, ['r', 'g', 'b']) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  return hueSaturationOf([red, green, blue]);
}

type State = Readonly<Record<string, unknown>>;

/** White or a colour: the mode says which of the two counts, else the one that is there. */
function shadeIn(settings: JsonLightSettings, state: State): Told['attributes'] {
  const mode = Object.hasOwn(state, 'color_mode') ? state.color_mode : undefined;
  const colorTemp = numberAt(state, 'color_temp');
  const color = Object.hasOwn(state, 'color') && isRecord(state.color) ? colorIn(state.color) : null;
  const isWhite = mode === 'color_temp' || (mode === undefined && color === null);
  if (isWhite && settings.hasColorTemp && colorTemp !== null) return colorTempTold(settings, colorTemp) ?? {};
  if (settings.color === null || color === null || mode === 'color_temp') return {};
  return colorTold(color);
}

const STATES: ReadonlyMap<unknown, boolean | null> = new Map<unknown, boolean | null>([
  ['ON', true],
  ['OFF', false],
  [null, null],
]);

function stateFrom(text: string, settings: JsonLightSettings): Decoded {
  const json = parseJsonText(text);
  if (!json.ok) return dropped(json.reason);
  if (!isRecord(json.value)) return dropped('not-an-object');
  const state = json.value;
  const value = Object.hasOwn(state, 'state') ? STATES.get(state.state) : undefined;
  if (value === undefined && Object.hasOwn(state, 'state')) return dropped('unknown-state');
  const brightness = settings.hasBrightness ? numberAt(state, 'brightness') : null;
  const effect = settings.effects.length > 0 && Object.hasOwn(state, 'effect') ? state.effect : undefined;
  const attributes = {
    ...(brightness === null ? {} : brightnessTold(settings, brightness)),
    ...shadeIn(settings, state),
    ...(typeof effect === 'string' && effect.length <= MAX_VALUE_CHARS ? effectTold(effect) : {}),
  };
  return { kind: 'told', told: { ...(value === undefined ? {} : { value }), attributes } };
}

/** Without a template: the JSON is the state. */
export const jsonLightParts = ({ config, settings }: Context<JsonLightSettings>): readonly Part[] =>
  statePart(config, (text) => stateFrom(text, settings));

export const jsonLightControl = (settings: JsonLightSettings): Control => ({
  is: 'light',
  brightness: settings.hasBrightness,
  colorTempK: settings.hasColorTemp ? { min: settings.minKelvin, max: settings.maxKelvin } : null,
  color: settings.color !== null,
  effects: [...settings.effects],
});

/** The colour in the form that the light takes. Its white lamps stay off: the colour is whole without them. */
function colorFor(mode: ColorMode, color: HueSaturation): Record<string, number> {
  if (mode === 'hs') return { h: color.hue, s: color.saturation };
  if (mode === 'xy') {
    const [x, y] = xyOf(color);
    return { x, y };
  }
  const [r, g, b] = rgbOf(color);
  if (mode === 'rgb') return { r, g, b };
  return mode === 'rgbw' ? { r, g, b, w: 0 } : { r, g, b, c: 0, w: 0 };
}

/** One message of JSON, in which only what was asked stands. */
export function encodeJsonLight(
  { config, settings }: Context<JsonLightSettings>,
  command: Command,
  known: Known,
): Result<readonly Message[]> {
  const asked = askedOf(command, known);
  if (asked === null) return refused('no-command');
  if (config.commandTopic === null) return refused('no-command-topic');
  const { on, brightness, colorTempK, color, effect, transitionS } = asked;
  const body = {
    state: on ? 'ON' : 'OFF',
    ...(brightness === undefined ? {} : { brightness: brightnessFor(settings, brightness) }),
    ...(color === undefined || settings.color === null ? {} : { color: colorFor(settings.color, color) }),
    ...(colorTempK === undefined ? {} : { color_temp: colorTempFor(settings, colorTempK) }),
    ...(effect === undefined ? {} : { effect }),
    ...(transitionS === undefined || !settings.hasTransition ? {} : { transition: transitionS }),
  };
  return ok([{ topic: config.commandTopic, payload: JSON.stringify(body) }]);
}
