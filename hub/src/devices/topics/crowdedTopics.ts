import type { EntityAnnouncement } from '../entity.ts';
import { inputsOf } from '../platform.ts';
import type { Listener } from './topicIndex.ts';

/** Fault of an entity on a state topic that too many others hear already: it is shown, not read. */
export const CROWDED_TOPIC = 'crowded-topic';

/**
 * Entities that may hear the states of one topic: each message there is read for every one of them. A device has 64 at most, and a
 * bridge that tells all its radio sensors on one topic some hundred. Who is online is another matter: that is one topic for a house.
 */
export const MAX_HEARING = 256;

/**
 * The entities of one announcement, those marked that would be too many on their topic. Who hears it already stays.
 * @param crowd those who hear states on a topic now
 */
export function withoutCrowds(
  entities: readonly EntityAnnouncement[],
  discoveryTopic: string,
  crowd: (topic: string) => readonly Listener[],
): readonly EntityAnnouncement[] {
  const coming = new Map<string, number>();

  function mayHear(topic: string, said: EntityAnnouncement): boolean {
    const others = crowd(topic);
    if (others.some(({ entity }) => entity.discoveryTopic === discoveryTopic && entity.key === said.key))
      return true;
    const more = (coming.get(topic) ?? 0) + 1;
    coming.set(topic, more);
    return others.length + more <= MAX_HEARING;
  }

  return entities.map((said) => {
    const topics = new Set(inputsOf(said.config).map(({ topic }) => topic));
    const isHeard = said.fault !== null || [...topics].every((topic) => mayHear(topic, said));
    return isHeard ? said : { ...said, fault: CROWDED_TOPIC };
  });
}

/** Whether some are not heard for now: said again, they may be. */
export const hasCrowded = (entities: readonly EntityAnnouncement[]): boolean =>
  entities.some(({ fault }) => fault === CROWDED_TOPIC);
