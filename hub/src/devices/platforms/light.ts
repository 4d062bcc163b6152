import type { Options } from '../abbreviations.ts';
import { BadOption, readTemplate, requireTopic } from '../announcements/announcedOption.ts';
import type { Control } from '../controlSchema.ts';
import {
  basicLightControl,
  basicLightParts,
  basicLightTopics,
  encodeBasicLight,
  readBasicLight,
} from './basicLight.ts';
import type { Context, Platform } from './definition.ts';
import { encodeJsonLight, jsonLightControl, jsonLightParts, readJsonLight } from './jsonLight.ts';
import { assumedLight, isLightAnswer } from './lightRange.ts';
import type { LightSettings } from './settings.ts';
import { readAnswering } from './statePart.ts';
import {
  encodeTemplateLight,
  readTemplateLight,
  templateLightControl,
  templateLightParts,
} from './templateLight.ts';

function readLight(options: Options): LightSettings {
  const schema = options.schema ?? 'basic';
  if (schema === 'json') return readJsonLight(options);
  if (schema === 'template') return readTemplateLight(options);
  if (schema !== 'basic') throw new BadOption('schema');
  return readBasicLight(options);
}

function controlOf(settings: LightSettings): Control {
  if (settings.schema === 'json') return jsonLightControl(settings);
  return settings.schema === 'template' ? templateLightControl(settings) : basicLightControl(settings);
}

function tellsBrightness(settings: LightSettings): boolean {
  if (settings.schema === 'json') return settings.hasBrightness;
  if (settings.schema === 'template') return settings.brightnessTemplate !== null;
  return settings.brightness.stateTopic !== null;
}

/** The same context, its settings known as those of one schema. */
const as = <S extends LightSettings>(context: Context<LightSettings>, settings: S): Context<S> => ({
  config: context.config,
  settings,
});

/** Source: ha-mqtt-discovery 9.5. Brightness in %, colour temperature in kelvin, colours by hue and saturation. */
export const light: Platform<LightSettings> = {
  announced(options) {
    const settings = readLight(options);
    const answering = readAnswering(options);
    const isMute = settings.schema === 'template' && settings.stateTemplate === null;
    return {
      stateTopic: answering.stateTopic,
      optimistic: answering.optimistic || isMute,
      commandTopic: requireTopic(options, 'command_topic'),
      valueTemplate:
        settings.schema === 'basic'
          ? (readTemplate(options, 'state_value_template') ?? readTemplate(options, 'value_template'))
          : null,
      settings,
    };
  },
  parts(context) {
    const { settings } = context;
    if (settings.schema === 'json') return jsonLightParts(as(context, settings));
    if (settings.schema === 'template') return templateLightParts(as(context, settings));
    return basicLightParts(as(context, settings));
  },
  control: ({ settings }) => controlOf(settings),
  moreTopics: ({ settings }) => (settings.schema === 'basic' ? basicLightTopics(settings) : []),
  encode(context, command, known) {
    const { settings } = context;
    if (settings.schema === 'json') return encodeJsonLight(as(context, settings), command, known);
    if (settings.schema === 'template') return encodeTemplateLight(as(context, settings), command, known);
    return encodeBasicLight(as(context, settings), command, known);
  },
  answers: ({ settings }, command, known) =>
    isLightAnswer(settings, command, known, tellsBrightness(settings)),
  assumed: ({ config, settings }, command) => assumedLight(config, settings, command),
};
