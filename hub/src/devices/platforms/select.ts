import { refused } from '../../shared/result.ts';
import { BadOption, readTemplate, readTexts, requireTopic } from '../announcements/announcedOption.ts';
import { type Command, messageOf } from '../command.ts';
import { dropped, toldValue, UNKNOWN } from '../told.ts';
import type { Platform } from './definition.ts';
import { isAssumed } from './onOff.ts';
import type { SelectSettings } from './settings.ts';
import { readAnswering, statePart } from './statePart.ts';

/** Most options of one select. WLED's effects are some 190. */
const MAX_OPTIONS = 256;

const askedOf = (command: Command): string | null =>
  'set' in command && typeof command.set === 'string' ? command.set : null;

/** Source: ha-mqtt-discovery 9.14. */
export const select: Platform<SelectSettings> = {
  announced(options) {
    const choices = readTexts(options, 'options', MAX_OPTIONS);
    if (choices === null) throw new BadOption('options');
    return {
      ...readAnswering(options),
      commandTopic: requireTopic(options, 'command_topic'),
      commandTemplate: readTemplate(options, 'command_template'),
      valueTemplate: readTemplate(options, 'value_template'),
      settings: { component: 'select', options: choices },
    };
  },
  parts: ({ config, settings }) =>
    statePart(config, (text) => {
      if (settings.options.includes(text)) return toldValue(text);
      return UNKNOWN.has(text) || text.toLowerCase() === 'none' ? toldValue(null) : dropped('not-an-option');
    }),
  control: ({ settings }) => ({ is: 'select', options: [...settings.options] }),
  encode({ config }, command) {
    const asked = askedOf(command);
    return asked === null
      ? refused('no-command')
      : messageOf(config.commandTopic, config.commandTemplate, asked);
  },
  answers: (_context, command, { value }) => askedOf(command) === value,
  assumed({ config }, command) {
    const asked = askedOf(command);
    return asked !== null && isAssumed(config) ? { value: asked } : null;
  },
};
