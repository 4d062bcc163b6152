import {
  asText,
  BadOption,
  readTemplate,
  readTexts,
  requireTopic,
} from '../announcements/announcedOption.ts';
import { attributesOf, presentOf } from '../attributes.ts';
import { isRecord, parseJsonText } from '../json.ts';
import { type Decoded, dropped } from '../told.ts';
import type { Platform } from './definition.ts';
import type { EventSettings } from './settings.ts';
import { statePart } from './statePart.ts';

/** Most types of events of one entity. A remote with six keys has some 40. */
const MAX_TYPES = 256;

const TYPE = 'event_type';
const NO_ATTRIBUTES: ReadonlySet<string> = new Set([TYPE]);

function eventFrom(text: string, retained: boolean, { eventTypes }: EventSettings): Decoded {
  // What the broker remembers happened once, nobody knows when.
  if (retained) return dropped('retained-event');
  const json = parseJsonText(text);
  if (!json.ok) return dropped(json.reason);
  if (!isRecord(json.value)) return dropped('not-an-object');
  const type = Object.hasOwn(json.value, TYPE) ? asText(json.value[TYPE]) : undefined;
  if (type === undefined) return dropped('no-event-type');
  if (!eventTypes.includes(type)) return dropped('unknown-event');
  const attributes = presentOf(attributesOf(json.value, NO_ATTRIBUTES));
  return { kind: 'event', event: type, attributes };
}

/** Source: ha-mqtt-discovery 9.12. */
export const event: Platform<EventSettings> = {
  announced(options) {
    const eventTypes = readTexts(options, 'event_types', MAX_TYPES);
    if (eventTypes === null) throw new BadOption('event_types');
    return {
      stateTopic: requireTopic(options, 'state_topic'),
      valueTemplate: readTemplate(options, 'value_template'),
      settings: { component: 'event', eventTypes },
    };
  },
  parts: ({ config, settings }) => statePart(config, (text, retained) => eventFrom(text, retained, settings)),
};
