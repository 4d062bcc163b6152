import { refused } from '../../shared/result.ts';
import {
  BadOption,
  readNumber,
  readShort,
  readTemplate,
  readWord,
  requireTopic,
} from '../announcements/announcedOption.ts';
import { type Command, messageOf } from '../command.ts';
import { type Decoded, dropped, MAX_VALUE_CHARS, toldValue } from '../told.ts';
import type { Platform } from './definition.ts';
import { isAssumed } from './onOff.ts';
import type { TextSettings } from './settings.ts';
import { readAnswering, statePart } from './statePart.ts';

function readSize(options: Parameters<typeof readNumber>[0]): Pick<TextSettings, 'min' | 'max'> {
  const min = readNumber(options, 'min', 0);
  const max = readNumber(options, 'max', MAX_VALUE_CHARS);
  const isSize = Number.isInteger(min) && Number.isInteger(max) && min >= 0 && max <= MAX_VALUE_CHARS;
  if (!isSize || min >= max) throw new BadOption('min and max');
  return { min, max };
}

function textFrom(text: string, { secret }: TextSettings): Decoded {
  if (text.length > MAX_VALUE_CHARS) return dropped('text-too-long');
  return toldValue(secret ? null : text);
}

const askedOf = (command: Command): string | null =>
  'set' in command && typeof command.set === 'string' ? command.set : null;

/** Source: ha-mqtt-discovery 9.15. What a password is told as is forgotten at once, so no answer to it can be known. */
export const text: Platform<TextSettings> = {
  announced: (options) => ({
    ...readAnswering(options),
    commandTopic: requireTopic(options, 'command_topic'),
    commandTemplate: readTemplate(options, 'command_template'),
    valueTemplate: readTemplate(options, 'value_template'),
    settings: {
      component: 'text',
      ...readSize(options),
      pattern: readShort(options, 'pattern'),
      secret: readWord(options, 'mode', ['text', 'password']) === 'password',
    },
  }),
  parts: ({ config, settings }) =>
    statePart(config, (said) => textFrom(said, settings)).map((part) => ({ ...part, mayBeEmpty: true })),
  control: ({ settings: { min, max, pattern, secret } }) => ({ is: 'text', min, max, pattern, secret }),
  encode({ config }, command) {
    const asked = askedOf(command);
    return asked === null
      ? refused('no-command')
      : messageOf(config.commandTopic, config.commandTemplate, asked);
  },
  answers: ({ settings }, command, { value }) => !settings.secret && askedOf(command) === value,
  assumed({ config, settings }, command) {
    const asked = askedOf(command);
    if (asked === null || !(settings.secret || isAssumed(config))) return null;
    return settings.secret ? {} : { value: asked };
  },
};
