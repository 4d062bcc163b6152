import { refused } from '../../shared/result.ts';
import { asText, readFlag, readTemplate, readTexts, requireTopic } from '../announcements/announcedOption.ts';
import { messageOf, switching, type Variables } from '../command.ts';
import { isRecord, parseJsonText } from '../json.ts';
import type { CommandRequest } from '../requestSchema.ts';
import { type Decoded, dropped } from '../told.ts';
import type { Platform } from './definition.ts';
import { assumedOnOff, isSwitched, onOffFrom, type StateWords } from './onOff.ts';
import type { SirenSettings } from './settings.ts';
import { readAnswering, statePart } from './statePart.ts';
import { readOnOff } from './switch.ts';

/** Most tones that a siren may offer. */
const MAX_TONES = 32;

/** Longest duration that is sent. Seconds: a day. Every siren rule of ours ends far earlier. */
const MAX_DURATION_S = 86_400;

/**
 * How long a siren is told to sound when nobody said how long, where its template would put in a span of its own. Zigbee2MQTT's puts in
 * 10 s: an alarm that ends by itself while the smoke goes on. Seconds: half an hour, which the counter of every siren holds.
 */
const UNTIL_STOPPED_S = 1_800;

/** Whether an attribute of a siren's state is what Home Assistant lets pass; attributes that we do not know pass. */
const ATTRIBUTES: Readonly<Record<string, (value: unknown) => boolean>> = {
  tone: (value) => typeof value === 'string' || typeof value === 'number',
  duration: (value) => typeof value === 'number' && value >= 0,
  volume_level: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};

/** A siren's state: a plain word, or JSON with `state` and attributes. */
function sirenFrom(text: string, words: StateWords): Decoded {
  const plain = onOffFrom(text, words);
  if (plain.kind === 'told') return plain;
  const json = parseJsonText(text);
  if (!json.ok && json.reason !== 'not-json') return dropped(json.reason);
  if (!json.ok || !isRecord(json.value)) return plain;
  const object = json.value;
  const bad = Object.keys(ATTRIBUTES).find(
    (key) => Object.hasOwn(object, key) && !ATTRIBUTES[key]?.(object[key]),
  );
  if (bad !== undefined) return dropped('bad-attribute');
  const state = Object.hasOwn(object, 'state') ? asText(object.state) : undefined;
  return state === undefined ? dropped('no-state') : onOffFrom(state, words);
}

type Switching = Extract<CommandRequest, { on: boolean }>;

/**
 * Variables of a siren command, as Home Assistant names and orders them. What the siren does not support is left out, and so is a
 * tone that it did not announce: a siren in its own tone is better than a silent one.
 */
function variablesOf(settings: SirenSettings, command: Switching, state: string): Variables {
  const variables: Record<string, string | number> = { state };
  if (!command.on) return variables;
  const { tone, durationS, volume } = command;
  if (typeof tone === 'string' && settings.availableTones.includes(tone)) variables.tone = tone;
  if (settings.supportsDuration && typeof durationS === 'number' && durationS > 0) {
    variables.duration = Math.min(Math.ceil(durationS), MAX_DURATION_S);
  }
  if (settings.supportsVolume && typeof volume === 'number' && !Number.isNaN(volume)) {
    variables.volume_level = Math.min(Math.max(volume, 0), 1);
  }
  return variables;
}

/** Source: ha-mqtt-discovery 9.6. Without a template it gets JSON: `{"state":"ON","duration":10}`. */
export const siren: Platform<SirenSettings> = {
  announced: (options) => ({
    ...readAnswering(options),
    commandTopic: requireTopic(options, 'command_topic'),
    commandTemplate: readTemplate(options, 'command_template'),
    valueTemplate: readTemplate(options, 'state_value_template'),
    settings: {
      component: 'siren',
      ...readOnOff(options),
      commandOffTemplate: readTemplate(options, 'command_off_template'),
      availableTones: readTexts(options, 'available_tones', MAX_TONES) ?? [],
      supportsDuration: readFlag(options, 'support_duration', true),
      supportsVolume: readFlag(options, 'support_volume_set', true),
    },
  }),
  parts: ({ config, settings }) => statePart(config, (text) => sirenFrom(text, settings)),
  control: ({ settings }) => ({ is: 'siren', tones: [...settings.availableTones] }),
  encode({ config, settings }, command) {
    const asked = switching(command);
    if (asked === null) return refused('no-command');
    const { commandTopic, commandTemplate } = config;
    const state = asked.on ? settings.payloadOn : settings.payloadOff;
    const template = asked.on ? commandTemplate : (settings.commandOffTemplate ?? commandTemplate);
    const isSpanned = asked.on && asked.durationS === undefined && template?.includes('duration') === true;
    const variables = variablesOf(
      settings,
      isSpanned ? { ...asked, durationS: UNTIL_STOPPED_S } : asked,
      state,
    );
    if (template === null) return messageOf(commandTopic, null, JSON.stringify(variables));
    return messageOf(commandTopic, template, state, variables);
  },
  answers: (_context, command, known) => isSwitched(command, known),
  assumed: ({ config }, command) => assumedOnOff(config, command),
};
