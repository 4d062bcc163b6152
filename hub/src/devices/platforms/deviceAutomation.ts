import { BadOption, readShort, readTemplate, requireTopic } from '../announcements/announcedOption.ts';
import { isRecord } from '../json.ts';
import { type Decoded, dropped, MAX_VALUE_CHARS } from '../told.ts';
import type { Platform } from './definition.ts';
import type { TagSettings, TriggerSettings } from './settings.ts';
import { statePart } from './statePart.ts';

/** Several triggers share a topic: what means another one says nothing of this one. */
const NOT_MEANT: Decoded = { kind: 'told', told: {} };

function triggerFrom(text: string, retained: boolean, { event, payload }: TriggerSettings): Decoded {
  if (payload !== null && text !== payload) return NOT_MEANT;
  return retained ? dropped('retained-event') : { kind: 'event', event, attributes: {} };
}

/** Source: ha-mqtt-discovery 9.20. A key of a remote, mostly. */
export const deviceAutomation: Platform<TriggerSettings> = {
  announced(options) {
    if (!isRecord(options.device)) throw new BadOption('device');
    const type = readShort(options, 'type');
    const subtype = readShort(options, 'subtype');
    if (options.automation_type !== 'trigger') throw new BadOption('automation_type');
    if (type === null || subtype === null) throw new BadOption(type === null ? 'type' : 'subtype');
    return {
      stateTopic: requireTopic(options, 'topic'),
      valueTemplate: readTemplate(options, 'value_template'),
      settings: {
        component: 'device_automation',
        // Zigbee2MQTT calls the type of every key "action".
        event: (type === 'action' ? subtype : `${type} ${subtype}`).slice(0, MAX_VALUE_CHARS),
        payload: readShort(options, 'payload'),
      },
    };
  },
  parts: ({ config, settings }) =>
    statePart(config, (text, retained) => triggerFrom(text, retained, settings)),
};

function tagFrom(text: string, retained: boolean): Decoded {
  if (retained) return dropped('retained-event');
  const id = text.trim();
  return id.length <= MAX_VALUE_CHARS
    ? { kind: 'event', event: id, attributes: {} }
    : dropped('text-too-long');
}

/** Source: ha-mqtt-discovery 9.21. */
export const tag: Platform<TagSettings> = {
  announced: (options) => ({
    stateTopic: requireTopic(options, 'topic'),
    valueTemplate: readTemplate(options, 'value_template'),
    settings: { component: 'tag' },
  }),
  parts: ({ config }) => statePart(config, tagFrom),
};
