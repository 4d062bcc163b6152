import { expandAbbreviations, type Options } from './abbreviations.ts';
import { BadOption, readShort, readTemplate, readTopic, readWord } from './announcements/announcedOption.ts';
import type { AvailabilityTopic, EntityConfig } from './entity.ts';
import { isRecord } from './json.ts';

/** Most availability topics that one entity may have. Boards have two: their own and that of their gateway. */
const MAX_AVAILABILITY_TOPICS = 16;

function readItem(item: Options, templateKey: string, topicKey: string): AvailabilityTopic {
  const topic = readTopic(item, topicKey);
  if (topic === null) throw new BadOption(`availability ${topicKey}`);
  return {
    topic,
    payloadAvailable: readShort(item, 'payload_available') ?? 'online',
    payloadNotAvailable: readShort(item, 'payload_not_available') ?? 'offline',
    template: readTemplate(item, templateKey),
  };
}

/**
 * The availability of an entity: a list, or one `availability_topic`, never both. Names and base topics must be expanded.
 * Throws `BadOption`.
 */
export function readAvailability(options: Options): Pick<EntityConfig, 'availability' | 'availabilityMode'> {
  const availabilityMode = readWord(options, 'availability_mode', ['latest', 'any', 'all']);
  const list = options.availability ?? null;
  const isSingle = (options.availability_topic ?? null) !== null;
  if (list !== null && isSingle) throw new BadOption('availability and availability_topic');
  if (isSingle) {
    return {
      availability: [readItem(options, 'availability_template', 'availability_topic')],
      availabilityMode,
    };
  }
  if (list === null) return { availability: [], availabilityMode };
  if (!Array.isArray(list) || list.length > MAX_AVAILABILITY_TOPICS) throw new BadOption('availability');
  const availability = list.map((item: unknown) => {
    if (!isRecord(item)) throw new BadOption('availability');
    return readItem(expandAbbreviations(item, 'main'), 'value_template', 'topic');
  });
  return { availability, availabilityMode };
}
