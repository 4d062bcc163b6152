import { changedRows, emptyTable, getRow, type Table } from '../house/table.ts';
import { createDecoder, type Decoder } from './decode.ts';
import type { AvailabilityTopic, Entity } from './entity.ts';

/** Somebody who wants to hear a topic. */
export type Listener =
  | { readonly hears: 'state'; readonly entity: Entity; readonly decoder: Decoder }
  | { readonly hears: 'availability'; readonly entity: Entity; readonly availability: AvailabilityTopic };

/**
 * Topics that the hub hears from the start, before any board has announced itself: a state that follows at the heels of its
 * announcement is not missed.
 */
export const FIXED_FILTERS = [
  'homeassistant/+/+/config',
  'homeassistant/+/+/+/config',
  'homeward/+/+',
] as const;

const isFixed = (topic: string): boolean => /^homeward\/[^/]+\/[^/]+$/.test(topic);

/** Who hears what, kept in step with the registry. */
export function createTopicIndex() {
  const listeners = new Map<string, Listener[]>();
  let seen: Table<Entity> = emptyTable();

  function add(topic: string, listener: Listener, wanted: Set<string>): void {
    const list = listeners.get(topic);
    if (list !== undefined) list.push(listener);
    else {
      listeners.set(topic, [listener]);
      wanted.add(topic);
    }
  }

  function take(entity: Entity, wanted: Set<string>): void {
    const { stateTopic, availability } = entity.config;
    const decoder = entity.fault === null ? createDecoder(entity.config) : null;
    if (stateTopic !== null && decoder?.ok) {
      add(stateTopic, { hears: 'state', entity, decoder: decoder.value }, wanted);
    }
    for (const each of availability) {
      add(each.topic, { hears: 'availability', entity, availability: each }, wanted);
    }
  }

  function drop(entityId: string, topics: readonly string[], unwanted: Set<string>): void {
    for (const topic of topics) {
      const left = (listeners.get(topic) ?? []).filter((listener) => listener.entity.id !== entityId);
      if (left.length > 0) listeners.set(topic, left);
      else if (listeners.delete(topic)) unwanted.add(topic);
    }
  }

  return {
    hearing: (topic: string): readonly Listener[] => listeners.get(topic) ?? [],
    /** Takes up what changed in the registry. Answers what has to be subscribed and what not any more. */
    follow(entities: Table<Entity>): { subscribe: string[]; unsubscribe: string[] } {
      const wanted = new Set<string>();
      const unwanted = new Set<string>();
      for (const [id, entity] of changedRows(seen, entities)) {
        const old = getRow(seen, id);
        if (old !== undefined) drop(id, topicsOf(old), unwanted);
        if (entity !== undefined) take(entity, wanted);
      }
      seen = entities;
      const stays = (topic: string) => (wanted.has(topic) && unwanted.has(topic)) || isFixed(topic);
      return {
        subscribe: [...wanted].filter((topic) => !stays(topic)),
        unsubscribe: [...unwanted].filter((topic) => !stays(topic)),
      };
    },
  };
}

function topicsOf(entity: Entity): string[] {
  const { stateTopic, availability } = entity.config;
  return [...(stateTopic === null ? [] : [stateTopic]), ...availability.map(({ topic }) => topic)];
}
