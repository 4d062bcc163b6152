import { BadOption, readShort, readTemplate, readTopic } from '../announcements/announcedOption.ts';
import { isRecord, parseJsonText } from '../json.ts';
import { type Decoded, dropped, MAX_VALUE_CHARS, toldValue } from '../told.ts';
import type { Part, Platform } from './definition.ts';
import type { TrackerSettings } from './settings.ts';
import { statePart } from './statePart.ts';

const HOME = 'home';
const NOT_HOME = 'not_home';

/** Home, away, or the name of a zone. */
function placeFrom(text: string, settings: TrackerSettings): Decoded {
  if (text === settings.payloadHome) return toldValue(HOME);
  if (text === settings.payloadNotHome) return toldValue(NOT_HOME);
  if (text === settings.payloadReset) return toldValue(null);
  return text.length <= MAX_VALUE_CHARS ? toldValue(text) : dropped('text-too-long');
}

/** A tracker without a state says by its attributes in which zones it is; where they are, nobody is told. */
function zonesFrom(text: string): Decoded {
  const json = parseJsonText(text);
  if (!json.ok) return dropped(json.reason);
  const zones = isRecord(json.value) ? json.value.in_zones : undefined;
  if (!Array.isArray(zones)) return { kind: 'told', told: {} };
  const names = zones.filter((zone) => typeof zone === 'string' && zone.length <= MAX_VALUE_CHARS);
  const isHome = names.some((zone) => zone === HOME || zone === 'zone.home');
  return toldValue(isHome ? HOME : (names[0] ?? NOT_HOME));
}

/** Source: ha-mqtt-discovery 9.19. Coordinates are neither kept nor shown. */
export const deviceTracker: Platform<TrackerSettings> = {
  announced(options) {
    const stateTopic = readTopic(options, 'state_topic');
    const attributesTopic = readTopic(options, 'json_attributes_topic');
    if (stateTopic === null && attributesTopic === null) throw new BadOption('state_topic');
    return {
      stateTopic,
      valueTemplate: readTemplate(options, 'value_template'),
      settings: {
        component: 'device_tracker',
        payloadHome: readShort(options, 'payload_home') ?? HOME,
        payloadNotHome: readShort(options, 'payload_not_home') ?? NOT_HOME,
        payloadReset: readShort(options, 'payload_reset') ?? 'None',
      },
    };
  },
  parts({ config, settings }): readonly Part[] {
    const { stateTopic, attributesTopic: topic, attributesTemplate: template } = config;
    if (stateTopic !== null || topic === null) {
      return statePart(config, (text) => placeFrom(text, settings));
    }
    return [{ name: 'zones', topic, template, read: zonesFrom }];
  },
};
