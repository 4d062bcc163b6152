import type { HouseSnapshot, ImportSource } from '@homeward/hub/api';
import { hasHistory } from '../devices/entityGroups.ts';
import { entityName } from '../devices/entityWords.ts';
import { isFound, plainText, soughtWords } from '../devices/finding.ts';

/** An entity that a series can go to, as a person finds it. */
export type Target = {
  readonly id: string;
  readonly name: string;
  readonly room: string;
  readonly unit: string | null;
  /** All its words, plain, for searching. */
  readonly words: string;
};

/** Where each source goes, by its name; null: it stays out. A source that is not in here is as it was suggested. */
export type Choices = Readonly<Record<string, string | null>>;

/** More hits than this a person narrows down. */
export const MOST_HITS = 12;

/** All entities of the house that keep a history. */
export const targetsOf = (house: HouseSnapshot | null, t: (key: string) => string): readonly Target[] =>
  Object.values(house?.devices ?? {}).flatMap((device) =>
    Object.values(device.entities)
      .filter(hasHistory)
      .map((entity) => {
        const room = house?.rooms[device.roomId]?.name ?? '';
        const name = [device.name, entityName(entity, t)].join(' · ');
        const words = plainText([name, room, t(`quantity.${entity.quantity}`), entity.id].join('\n'));
        return { id: entity.id, name, room, unit: entity.unit, words };
      }),
  );

export const findTargets = (targets: readonly Target[], query: string): readonly Target[] => {
  const sought = soughtWords(query);
  return targets.filter(({ words }) => isFound(words, sought));
};

/** Sources by what a person looks for, those that are matched first, then by their name. */
export const findSources = (
  sources: readonly ImportSource[],
  query: string,
  only: 'all' | 'open' | 'taken',
  choices: Choices,
): readonly ImportSource[] => {
  const sought = soughtWords(query);
  return sources
    .filter(({ source, name }) => isFound(plainText(`${source}\n${name ?? ''}`), sought))
    .filter((source) => only === 'all' || (choiceOf(choices, source) !== null) === (only === 'taken'))
    .toSorted(
      (a, b) => Number(b.match !== null) - Number(a.match !== null) || a.source.localeCompare(b.source),
    );
};

export const choiceOf = (choices: Choices, { source, match }: ImportSource): string | null => {
  const chosen = Object.hasOwn(choices, source) ? choices[source] : undefined;
  return chosen === undefined ? match : chosen;
};

/** What the hub is asked to take in. */
export const mapOf = (
  sources: readonly ImportSource[],
  choices: Choices,
  targets: readonly Target[],
): Readonly<Record<string, string>> => {
  const known = new Set(targets.map(({ id }) => id));
  const chosen = sources.flatMap((source) => {
    const target = choiceOf(choices, source);
    return target !== null && known.has(target) ? [[source.source, target] as const] : [];
  });
  return Object.fromEntries(chosen);
};

/** Every source at once: as suggested, or none. */
export const chooseAll = (sources: readonly ImportSource[], taken: boolean): Choices =>
  Object.fromEntries(sources.map(({ source, match }) => [source, taken ? match : null]));

/** Entities to which several sources go: their readings would be mixed. */
export const sharedTargets = (map: Readonly<Record<string, string>>): ReadonlySet<string> => {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const target of Object.values(map)) {
    if (seen.has(target)) shared.add(target);
    seen.add(target);
  }
  return shared;
};
