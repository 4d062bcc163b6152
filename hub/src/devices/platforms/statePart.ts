import type { Options } from '../abbreviations.ts';
import { readFlag, readTopic } from '../announcements/announcedOption.ts';
import type { EntityConfig } from '../entity.ts';
import type { Decoded } from '../told.ts';
import type { Part } from './definition.ts';

/** What comes on the state topic, if there is one. */
export function statePart(
  { stateTopic, valueTemplate }: EntityConfig,
  read: (text: string, retained: boolean) => Decoded,
): readonly Part[] {
  return stateTopic === null ? [] : [{ name: 'state', topic: stateTopic, template: valueTemplate, read }];
}

/** The state topic of what is commanded, and whether its answers are waited for. Throws `BadOption`. */
export function readAnswering(options: Options): Pick<EntityConfig, 'stateTopic' | 'optimistic'> {
  const stateTopic = readTopic(options, 'state_topic');
  return { stateTopic, optimistic: stateTopic === null || readFlag(options, 'optimistic', false) };
}
