import { readShort, readSpanMs, readTemplate, requireTopic } from '../announcements/announcedOption.ts';
import type { Platform } from './definition.ts';
import { onOffFrom } from './onOff.ts';
import type { BinarySensorSettings } from './settings.ts';
import { statePart } from './statePart.ts';

/** Source: ha-mqtt-discovery 9.2. */
export const binarySensor: Platform<BinarySensorSettings> = {
  announced: (options) => ({
    stateTopic: requireTopic(options, 'state_topic'),
    valueTemplate: readTemplate(options, 'value_template'),
    expireAfterMs: readSpanMs(options, 'expire_after'),
    offDelayMs: readSpanMs(options, 'off_delay'),
    settings: {
      component: 'binary_sensor',
      stateOn: readShort(options, 'payload_on') ?? 'ON',
      stateOff: readShort(options, 'payload_off') ?? 'OFF',
    },
  }),
  parts: ({ config, settings }) => statePart(config, (text) => onOffFrom(text, settings)),
};
