import { refused } from '../../shared/result.ts';
import type { Options } from '../abbreviations.ts';
import { readShort, readTemplate, requireTopic } from '../announcements/announcedOption.ts';
import { messageOf, switching } from '../command.ts';
import type { Platform } from './definition.ts';
import { assumedOnOff, isSwitched, onOffFrom } from './onOff.ts';
import type { SwitchSettings } from './settings.ts';
import { readAnswering, statePart } from './statePart.ts';

/** What switches on and off, and how the state says so. */
export function readOnOff(options: Options): Omit<SwitchSettings, 'component'> {
  const payloadOn = readShort(options, 'payload_on') ?? 'ON';
  const payloadOff = readShort(options, 'payload_off') ?? 'OFF';
  return {
    payloadOn,
    payloadOff,
    stateOn: readShort(options, 'state_on') ?? payloadOn,
    stateOff: readShort(options, 'state_off') ?? payloadOff,
  };
}

/** Source: ha-mqtt-discovery 9.3. */
export const switchPlatform: Platform<SwitchSettings> = {
  announced: (options) => ({
    ...readAnswering(options),
    commandTopic: requireTopic(options, 'command_topic'),
    commandTemplate: readTemplate(options, 'command_template'),
    valueTemplate: readTemplate(options, 'value_template'),
    settings: { component: 'switch', ...readOnOff(options) },
  }),
  parts: ({ config, settings }) => statePart(config, (text) => onOffFrom(text, settings)),
  control: () => ({ is: 'switch' }),
  encode({ config, settings }, command) {
    const asked = switching(command);
    if (asked === null) return refused('no-command');
    const payload = asked.on ? settings.payloadOn : settings.payloadOff;
    return messageOf(config.commandTopic, config.commandTemplate, payload);
  },
  answers: (_context, command, known) => isSwitched(command, known),
  assumed: ({ config }, command) => assumedOnOff(config, command),
};
