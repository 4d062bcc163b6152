import { ok, type Result, refused } from '../../shared/result.ts';
import type { Options } from '../abbreviations.ts';
import { readShort, readTemplate, readTopic, readWord } from '../announcements/announcedOption.ts';
import { fromXy, type HueSaturation, hueSaturationOf, rgbOf, xyOf } from '../color.ts';
import { type Command, type Message, messageOf, renderCommand, type Variables } from '../command.ts';
import type { Control } from '../controlSchema.ts';
import { decimalOf } from '../decimal.ts';
import { type Decoded, dropped, type Known, MAX_VALUE_CHARS, type Told } from '../told.ts';
import type { Context, Part } from './definition.ts';
import {
  type Asked,
  askedOf,
  brightnessFor,
  brightnessTold,
  colorTempFor,
  colorTempTold,
  colorTold,
  effectTold,
  readRange,
} from './lightRange.ts';
import { onOffFrom } from './onOff.ts';
import type { BasicLightSettings, Channel, ColorMode } from './settings.ts';
import { statePart } from './statePart.ts';

const readChannel = (options: Options, name: string): Channel => ({
  commandTopic: readTopic(options, `${name}_command_topic`),
  commandTemplate: readTemplate(options, `${name}_command_template`),
  stateTopic: readTopic(options, `${name}_state_topic`),
  valueTemplate: readTemplate(options, `${name}_value_template`),
});

/** Throws `BadOption`. */
export const readBasicLight = (options: Options): BasicLightSettings => ({
  ...readRange(options),
  schema: 'basic',
  payloadOn: readShort(options, 'payload_on') ?? 'ON',
  payloadOff: readShort(options, 'payload_off') ?? 'OFF',
  onCommandType: readWord(options, 'on_command_type', ['last', 'first', 'brightness']),
  brightness: readChannel(options, 'brightness'),
  colorTemp: readChannel(options, 'color_temp'),
  effect: readChannel(options, 'effect'),
  hs: readChannel(options, 'hs'),
  rgb: readChannel(options, 'rgb'),
  rgbw: readChannel(options, 'rgbw'),
  rgbww: readChannel(options, 'rgbww'),
  xy: readChannel(options, 'xy'),
});

const COLORS: readonly ColorMode[] = ['hs', 'xy', 'rgb', 'rgbw', 'rgbww'];

/** In which form it takes a colour; null: in none. */
const colorMode = (settings: BasicLightSettings): ColorMode | null =>
  COLORS.find((mode) => settings[mode].commandTopic !== null) ?? null;

type Attributes = NonNullable<Told['attributes']>;

const toldOf = (attributes: Attributes | null): Decoded =>
  attributes === null ? dropped('not-a-number') : { kind: 'told', told: { attributes } };

/** Numbers with commas between; null when there are too few or too many, or one is none. */
function numbersIn(text: string, count: number, atMost = count): number[] | null {
  const numbers = text.split(',', atMost + 1).map((part) => decimalOf(part));
  const all = numbers.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const fits = all.length >= count && all.length <= atMost;
  return fits && all.length === numbers.length ? all : null;
}

/** How many numbers each form of a colour has, and which colour they make. */
const FORMS: Readonly<Record<ColorMode, readonly [count: number, of: (numbers: number[]) => HueSaturation]>> =
  {
    hs: [2, ([hue = 0, saturation = 0]) => ({ hue, saturation })],
    xy: [2, ([x = 0, y = 0]) => fromXy([x, y])],
    rgb: [3, ([red = 0, green = 0, blue = 0]) => hueSaturationOf([red, green, blue])],
    rgbw: [4, ([red = 0, green = 0, blue = 0]) => hueSaturationOf([red, green, blue])],
    rgbww: [5, ([red = 0, green = 0, blue = 0]) => hueSaturationOf([red, green, blue])],
  };

function colorFrom(text: string, mode: ColorMode, settings: BasicLightSettings): Decoded {
  const [count, of] = FORMS[mode];
  // Tasmota's HSBColor: the third is the brightness, which it tells by itself as well.
  const numbers = numbersIn(text, count, mode === 'hs' ? 3 : count);
  if (numbers === null) return toldOf(null);
  const isRgb = mode.startsWith('rgb');
  // A light without a brightness of its own tells it by its colour.
  const dims = isRgb && settings.brightness.stateTopic === null;
  const brightness = dims ? { brightness: Math.round((Math.max(...numbers) / 255) * 100) } : {};
  return toldOf({ ...colorTold(of(numbers)), ...brightness });
}

const numeric = (tell: (value: number) => Attributes | null) => (text: string) => {
  const value = decimalOf(text);
  return value === null || !Number.isFinite(value) ? toldOf(null) : toldOf(tell(value));
};

export function basicLightParts({ config, settings }: Context<BasicLightSettings>): readonly Part[] {
  const { payloadOn, payloadOff } = settings;
  const words = { stateOn: payloadOn, stateOff: payloadOff };
  const part = (name: string, channel: Channel, read: (text: string) => Decoded): Part[] =>
    channel.stateTopic === null
      ? []
      : [{ name, topic: channel.stateTopic, template: channel.valueTemplate, read }];
  return [
    ...statePart(config, (text) => onOffFrom(text, words)),
    ...part(
      'brightness',
      settings.brightness,
      numeric((value) => brightnessTold(settings, value)),
    ),
    ...part(
      'colorTemp',
      settings.colorTemp,
      numeric((value) => colorTempTold(settings, value)),
    ),
    ...COLORS.flatMap((mode) => part(mode, settings[mode], (text) => colorFrom(text, mode, settings))),
    ...part('effect', settings.effect, (text) =>
      text.length <= MAX_VALUE_CHARS ? toldOf(effectTold(text)) : dropped('text-too-long'),
    ),
  ];
}

/** A light that has no brightness of its own is dimmed by its colour. */
const isDimmedByColor = (settings: BasicLightSettings): boolean =>
  settings.brightness.commandTopic === null && (colorMode(settings)?.startsWith('rgb') ?? false);

export const basicLightControl = (settings: BasicLightSettings): Control => ({
  is: 'light',
  brightness: settings.brightness.commandTopic !== null || isDimmedByColor(settings),
  colorTempK:
    settings.colorTemp.commandTopic === null ? null : { min: settings.minKelvin, max: settings.maxKelvin },
  color: colorMode(settings) !== null,
  effects: settings.effect.commandTopic === null ? [] : [...settings.effects],
});

export const basicLightTopics = (settings: BasicLightSettings): readonly (string | null)[] =>
  [settings.brightness, settings.colorTemp, settings.effect, ...COLORS.map((mode) => settings[mode])].map(
    ({ commandTopic }) => commandTopic,
  );

/** Plain payload and variables of a colour in its form. */
function colorMessage(mode: ColorMode, color: HueSaturation, brightness: number): [string, Variables] {
  if (mode === 'hs') {
    const { hue, saturation } = color;
    return [`${hue},${saturation}`, { hue, sat: saturation }];
  }
  if (mode === 'xy') {
    const [x, y] = xyOf(color);
    return [`${x},${y}`, { x, y }];
  }
  const [red, green, blue] = rgbOf(color, brightness);
  const variables = { red, green, blue };
  if (mode === 'rgb') return [`${red},${green},${blue}`, variables];
  if (mode === 'rgbw') return [`${red},${green},${blue},0`, { ...variables, white: 0 }];
  return [`${red},${green},${blue},0,0`, { ...variables, cold_white: 0, warm_white: 0 }];
}

/** A number for a channel: a template gets it as a number. */
function numberMessage(channel: Channel, value: number): Result<readonly Message[]> {
  const { commandTopic: topic, commandTemplate } = channel;
  if (commandTemplate === null) return messageOf(topic, null, String(value));
  const payload = renderCommand(commandTemplate, {}, value);
  if (!payload.ok) return payload;
  return topic === null ? refused('no-command-topic') : ok([{ topic, payload: payload.value }]);
}

const numberHeld = (value: unknown, fallback: number): number =>
  typeof value === 'number' ? value : fallback;

/** The colour to send: that which was asked, or the present one where only the brightness changes. */
function colorToSend(
  settings: BasicLightSettings,
  asked: Asked,
  { attributes }: Known,
): HueSaturation | null {
  if (asked.color !== undefined) return asked.color;
  if (asked.brightness === undefined || !isDimmedByColor(settings)) return null;
  return { hue: numberHeld(attributes.hue, 0), saturation: numberHeld(attributes.saturation, 0) };
}

/** The messages of all that was asked but on and off. */
function* propertyMessages(
  settings: BasicLightSettings,
  asked: Asked,
  known: Known,
): Generator<Result<readonly Message[]>> {
  const mode = colorMode(settings);
  const color = colorToSend(settings, asked, known);
  const dims = isDimmedByColor(settings);
  const held = numberHeld(known.attributes.brightness, 100) || 100;
  if (color !== null && mode !== null) {
    const [plain, variables] = colorMessage(mode, color, dims ? (asked.brightness ?? held) : 100);
    yield messageOf(settings[mode].commandTopic, settings[mode].commandTemplate, plain, variables);
  }
  // The brightness stands for "on" where that is how the light is switched on.
  const brightness = asked.brightness ?? (settings.onCommandType === 'brightness' ? held : undefined);
  if (brightness !== undefined && settings.brightness.commandTopic !== null) {
    yield numberMessage(settings.brightness, brightnessFor(settings, brightness));
  }
  if (asked.colorTempK !== undefined) {
    yield numberMessage(settings.colorTemp, colorTempFor(settings, asked.colorTempK));
  }
  if (asked.effect !== undefined) {
    yield messageOf(settings.effect.commandTopic, settings.effect.commandTemplate, asked.effect);
  }
}

/** One message a property, and one for on or off where `on_command_type` wants it. It knows no transition: that is left out. */
export function encodeBasicLight(
  { config, settings }: Context<BasicLightSettings>,
  command: Command,
  known: Known,
): Result<readonly Message[]> {
  const asked = askedOf(command, known);
  if (asked === null) return refused('no-command');
  if (config.commandTopic === null) return refused('no-command-topic');
  if (!asked.on) return ok([{ topic: config.commandTopic, payload: settings.payloadOff }]);
  const messages: Message[] = [];
  for (const each of propertyMessages(settings, asked, known)) {
    if (!each.ok) return each;
    messages.push(...each.value);
  }
  const on = { topic: config.commandTopic, payload: settings.payloadOn };
  const { onCommandType } = settings;
  if (onCommandType === 'first') return ok([on, ...messages]);
  return onCommandType === 'brightness' && messages.length > 0 ? ok(messages) : ok([...messages, on]);
}
