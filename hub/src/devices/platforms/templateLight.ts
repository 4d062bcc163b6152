import { ok, type Result, refused } from '../../shared/result.ts';
import type { Options } from '../abbreviations.ts';
import { BadOption, readTemplate } from '../announcements/announcedOption.ts';
import { hueSaturationOf, rgbOf } from '../color.ts';
import { type Command, type Message, renderCommand } from '../command.ts';
import type { Control } from '../controlSchema.ts';
import { decimalOf } from '../decimal.ts';
import { type Decoded, dropped, type Known, type Told, toldValue } from '../told.ts';
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
import type { TemplateLightSettings } from './settings.ts';

function requireTemplate(options: Options, key: string): string {
  const source = readTemplate(options, key);
  if (source === null) throw new BadOption(key);
  return source;
}

/** Throws `BadOption`. */
export const readTemplateLight = (options: Options): TemplateLightSettings => ({
  ...readRange(options),
  schema: 'template',
  // Of this schema Home Assistant knows no other scale.
  brightnessScale: 255,
  commandOnTemplate: requireTemplate(options, 'command_on_template'),
  commandOffTemplate: requireTemplate(options, 'command_off_template'),
  stateTemplate: readTemplate(options, 'state_template'),
  brightnessTemplate: readTemplate(options, 'brightness_template'),
  colorTempTemplate: readTemplate(options, 'color_temp_template'),
  redTemplate: readTemplate(options, 'red_template'),
  greenTemplate: readTemplate(options, 'green_template'),
  blueTemplate: readTemplate(options, 'blue_template'),
  effectTemplate: readTemplate(options, 'effect_template'),
});

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['on', true],
  ['off', false],
  ['None', null],
]);

const toldOf = (attributes: Told['attributes'] | null): Decoded =>
  attributes == null ? dropped('not-a-number') : { kind: 'told', told: { attributes } };

const numeric = (tell: (value: number) => Told['attributes'] | null) => (text: string) => {
  const value = decimalOf(text);
  return value === null || !Number.isFinite(value) ? toldOf(null) : toldOf(tell(value));
};

/** One template for all three, so that they are read together. */
function rgbTemplate({ redTemplate, greenTemplate, blueTemplate }: TemplateLightSettings): string | null {
  const each = [redTemplate, greenTemplate, blueTemplate];
  return each.every((source) => source !== null) ? each.join(',') : null;
}

function rgbFrom(text: string): Decoded {
  if (text === 'None,None,None') return toldOf({ hue: null, saturation: null });
  const [red, green, blue] = text.split(',').map((part) => decimalOf(part));
  if (red == null || green == null || blue == null) return toldOf(null);
  return toldOf(colorTold(hueSaturationOf([red, green, blue])));
}

/** Every property comes on the one state topic, each by its template. */
export function templateLightParts({ config, settings }: Context<TemplateLightSettings>): readonly Part[] {
  const topic = config.stateTopic;
  if (topic === null) return [];
  const all: readonly (readonly [string, string | null, (text: string) => Decoded])[] = [
    ['state', settings.stateTemplate, stateFrom],
    ['brightness', settings.brightnessTemplate, numeric((value) => brightnessTold(settings, value))],
    ['colorTemp', settings.colorTempTemplate, numeric((value) => colorTempTold(settings, value))],
    ['rgb', rgbTemplate(settings), rgbFrom],
    ['effect', settings.effectTemplate, (text) => toldOf(effectTold(text))],
  ];
  return all.flatMap(([name, template, read]) =>
    template === null ? [] : [{ name, topic, template, read }],
  );
}

function stateFrom(text: string): Decoded {
  const value = WORDS.get(text);
  return value === undefined ? dropped('unknown-state') : toldValue(value);
}

export const templateLightControl = (settings: TemplateLightSettings): Control => ({
  is: 'light',
  brightness: settings.brightnessTemplate !== null,
  colorTempK:
    settings.colorTempTemplate === null ? null : { min: settings.minKelvin, max: settings.maxKelvin },
  color: rgbTemplate(settings) !== null,
  effects: settings.effectTemplate === null ? [] : [...settings.effects],
});

export function encodeTemplateLight(
  { config, settings }: Context<TemplateLightSettings>,
  command: Command,
  known: Known,
): Result<readonly Message[]> {
  const asked = askedOf(command, known);
  if (asked === null) return refused('no-command');
  if (config.commandTopic === null) return refused('no-command-topic');
  const { on, brightness, colorTempK, color, effect, transitionS } = asked;
  const [red, green, blue] = color === undefined ? [] : rgbOf(color);
  const variables = {
    // As Home Assistant says it: a truth, not a word.
    state: on,
    ...(brightness === undefined ? {} : { brightness: brightnessFor(settings, brightness) }),
    ...(colorTempK === undefined ? {} : { color_temp: colorTempFor(settings, colorTempK) }),
    ...(color === undefined ? {} : { red, green, blue, hue: color.hue, sat: color.saturation }),
    ...(effect === undefined ? {} : { effect }),
    ...(transitionS === undefined ? {} : { transition: transitionS }),
  };
  const source = on ? settings.commandOnTemplate : settings.commandOffTemplate;
  const payload = renderCommand(source, variables, on ? 'on' : 'off');
  return payload.ok ? ok([{ topic: config.commandTopic, payload: payload.value }]) : payload;
}
