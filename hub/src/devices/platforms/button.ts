import { readShort, readTemplate, requireTopic } from '../announcements/announcedOption.ts';
import { messageOf } from '../command.ts';
import type { Platform } from './definition.ts';
import type { ButtonSettings } from './settings.ts';

/** Source: ha-mqtt-discovery 9.10. It tells nothing, so nothing is waited for. */
export const button: Platform<ButtonSettings> = {
  announced: (options) => ({
    commandTopic: requireTopic(options, 'command_topic'),
    commandTemplate: readTemplate(options, 'command_template'),
    optimistic: true,
    settings: { component: 'button', payloadPress: readShort(options, 'payload_press') ?? 'PRESS' },
  }),
  parts: () => [],
  control: () => ({ is: 'button' }),
  encode: ({ config, settings }) =>
    messageOf(config.commandTopic, config.commandTemplate, settings.payloadPress),
  answers: () => false,
  assumed: () => ({}),
};
