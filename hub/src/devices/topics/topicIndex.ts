import { changedRows, emptyTable, getRow, type Table } from '../../house/table.ts';
import type { Decoder } from '../decoder.ts';
import type { AvailabilityTopic, Entity } from '../entity.ts';
import { isSafety } from '../heard.ts';
import { createDecoder, inputsOf } from '../platform.ts';
import { TASMOTA_FILTERS } from '../tasmota/tasmota.ts';
import { createTopicPatterns, isPattern } from './topicPatterns.ts';

/** Somebody who wants to hear a topic. */
export type Listener =
  | {
      readonly hears: 'state';
      readonly entity: Entity;
      readonly decoder: Decoder;
      readonly part: string;
    }
  | { readonly hears: 'availability'; readonly entity: Entity; readonly availability: AvailabilityTopic };

/** Heard from the start, before any board has announced itself, and kept for the hub while it is away: news. */
export const NEWS_FILTERS = [
  'homeassistant/+/+/config',
  'homeassistant/+/+/+/config',
  ...TASMOTA_FILTERS,
  'homeward/+/availability',
  'homeward/+/alarm',
] as const;

/**
 * Heard from the start: a state that follows at the heels of its announcement is not missed. What was measured while the
 * hub was away is past, and not wanted.
 */
export const STATE_FILTERS = ['homeward/+/state'] as const;

const isFixed = (topic: string): boolean => /^homeward\/[^/]+\/(availability|alarm|state)$/.test(topic);

/** What an own board says of itself: heard whether it has announced itself or not. */
export const isOfBoard = (topic: string): boolean => /^homeward\/[^/]+\/(availability|state)$/.test(topic);

/** Whether what this entity says is news even when it comes late: the contact of a life-safety detector. */
const isNews = (listener: Listener): boolean =>
  listener.hears === 'availability' ||
  (listener.entity.config.component === 'binary_sensor' && isSafety(listener.entity));

/** Wants to hear a topic that was asked for before it came: the broker does not repeat its memory of it. */
export type LateListener = { readonly topic: string; readonly listener: Listener };

/** What has to be asked for, what not any more, and who came too late for what the broker remembers. */
export type Followed = {
  readonly news: readonly string[];
  readonly states: readonly string[];
  readonly unsubscribe: readonly string[];
  readonly late: readonly LateListener[];
};

const NOBODY: readonly Listener[] = [];

/** Who hears a topic is asked several times of one message: the last answer is remembered. */
function rememberLast(find: (topic: string) => readonly Listener[]) {
  let asked: string | null = null;
  let found = NOBODY;
  return {
    of(topic: string): readonly Listener[] {
      if (topic !== asked) found = find(topic);
      asked = topic;
      return found;
    },
    forget(): void {
      asked = null;
    },
  };
}

/** Who hears what, kept in step with the registry. */
export function createTopicIndex() {
  const listeners = new Map<string, Listener[]>();
  const patterns = createTopicPatterns();
  let seen: Table<Entity> = emptyTable();
  const last = rememberLast(hearing);
  let late: LateListener[] = [];

  /** @param old what the entity was, if it was known */
  function add(topic: string, listener: Listener, wanted: Set<string>, old: Entity | undefined): void {
    if (isPattern(topic)) patterns.add(topic);
    const list = listeners.get(topic) ?? NOBODY;
    // Heard already, but only as a state: now it brings news as well, and has to be asked for anew.
    if (list.length === 0 || (isNews(listener) && !list.some(isNews))) wanted.add(topic);
    const isLate = list.length === 0 ? isFirstOf(topic, old) : mayBeLate(listener, topic, old);
    if (isLate) late.push({ topic, listener });
    put(topic, listener);
  }

  /** In place: the state of a bridge has a listener for each entity behind it. */
  function put(topic: string, listener: Listener): void {
    const list = listeners.get(topic);
    if (list === undefined) listeners.set(topic, [listener]);
    else list.push(listener);
  }

  function take(entity: Entity, wanted: Set<string>, old: Entity | undefined): void {
    const decoder = entity.fault === null ? createDecoder(entity.config) : null;
    for (const { topic, part } of decoder?.ok ? inputsOf(entity.config) : []) {
      if (decoder?.ok) add(topic, { hears: 'state', entity, decoder: decoder.value, part }, wanted, old);
    }
    for (const each of entity.config.availability) {
      add(each.topic, { hears: 'availability', entity, availability: each }, wanted, old);
    }
  }

  function drop(entityId: string, topics: readonly string[], unwanted: Set<string>): void {
    for (const topic of topics) {
      const left = (listeners.get(topic) ?? []).filter((listener) => listener.entity.id !== entityId);
      if (left.length > 0) listeners.set(topic, left);
      else if (listeners.delete(topic)) unwanted.add(topic);
      if (left.length === 0) patterns.remove(topic);
    }
  }

  /** Those who named the topic, and those whose pattern reaches it. */
  function hearing(topic: string): readonly Listener[] {
    const named = listeners.get(topic) ?? NOBODY;
    const reaching = patterns.reaching(topic);
    return reaching.length === 0
      ? named
      : [...named, ...reaching.flatMap((each) => listeners.get(each) ?? [])];
  }

  return {
    hearing: last.of,
    /** Those who hear states there: of a pattern, also by those that end alike, for one topic may be reached by all of them. */
    crowd(topic: string): readonly Listener[] {
      const alike = isPattern(topic) ? patterns.alike(topic) : [topic];
      return alike.flatMap((each) =>
        (listeners.get(each) ?? NOBODY).filter(({ hears }) => hears === 'state'),
      );
    },
    /** Takes up what changed in the registry. Answers what has to be subscribed and what not any more. */
    follow(entities: Table<Entity>): Followed {
      last.forget();
      late = [];
      const wanted = new Set<string>();
      const unwanted = new Set<string>();
      for (const [id, entity] of changedRows(seen, entities)) {
        const old = getRow(seen, id);
        if (old !== undefined) drop(id, topicsOf(old), unwanted);
        if (entity !== undefined) take(entity, wanted, old);
      }
      seen = entities;
      const stays = (topic: string) => (wanted.has(topic) && unwanted.has(topic)) || isFixed(topic);
      const fresh = [...wanted].filter((topic) => !stays(topic));
      const hasNews = (topic: string) => listeners.get(topic)?.some(isNews) === true;
      return {
        news: fresh.filter(hasNews),
        states: fresh.filter((topic) => !hasNews(topic)),
        unsubscribe: [...unwanted].filter((topic) => !stays(topic)),
        late,
      };
    },
  };
}

/** Nobody hears that board's topic yet, but the hub does. */
const isFirstOf = (topic: string, old: Entity | undefined): boolean => old === undefined && isOfBoard(topic);

/** An entity that is known has heard the states of its topics, and may know better by now. */
const mayBeLate = (listener: Listener, topic: string, old: Entity | undefined): boolean =>
  listener.hears === 'availability' || !isHeardBy(old, topic);

const isHeardBy = (entity: Entity | undefined, topic: string): boolean =>
  entity !== undefined &&
  entity.fault === null &&
  inputsOf(entity.config).some((input) => input.topic === topic);

function topicsOf(entity: Entity): string[] {
  return [...inputsOf(entity.config), ...entity.config.availability].map(({ topic }) => topic);
}
