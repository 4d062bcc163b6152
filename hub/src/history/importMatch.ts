/** What an entity goes by, as far as an imported file may call it. */
export type ImportTarget = {
  /** Id of the entity: `<deviceId>.<key>`. */
  readonly id: string;
  readonly uniqueId: string | null;
  /** Component key or object id. */
  readonly key: string;
  /** Names of device and entity as the app shows them; null: the entity is the device itself. */
  readonly deviceName: string;
  readonly name: string | null;
  /** Unit in which its readings are kept. */
  readonly unit: string | null;
};

/** A source as the file names it. */
export type NamedSource = {
  readonly source: string;
  readonly name: string | null;
  readonly unit: string | null;
};

/** Home Assistant's way to make an object id of a name: lower case, everything else an underscore. */
const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');

/**
 * Which entity a source probably is a series of, by what is most certain first: its id, its unique id, then the names
 * of device and entity as Home Assistant makes an entity id of them. What two entities go by is a match for none; a
 * person has the last word.
 */
export function createMatcher(targets: readonly ImportTarget[]): (source: NamedSource) => string | null {
  const ways = [
    indexOf(targets, ({ id }) => [id]),
    indexOf(targets, ({ uniqueId }) => (uniqueId === null ? [] : [uniqueId, slug(uniqueId)])),
    indexOf(targets, ({ id, deviceName, name }) => [slug(id), slug([deviceName, name ?? ''].join(' '))]),
    indexOf(targets, ({ key, name }) => [slug(key), slug(name ?? '')]),
  ];
  return (source) => {
    const dot = source.source.indexOf('.');
    const objectId = dot < 0 ? source.source : source.source.slice(dot + 1);
    const names = [source.source, objectId, slug(source.source), slug(objectId), slug(source.name ?? '')];
    for (const way of ways) {
      const found = new Set(names.flatMap((name) => (name === '' ? [] : (way.get(name) ?? []))));
      const [only] = found;
      if (found.size === 1 && only !== undefined) return only;
    }
    return null;
  };
}

/** Ids of the entities by every name; a name that two of them have leads to both. */
function indexOf(
  targets: readonly ImportTarget[],
  namesOf: (target: ImportTarget) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const target of targets) {
    for (const name of new Set(namesOf(target))) {
      if (name === '') continue;
      const ids = index.get(name);
      if (ids === undefined) index.set(name, [target.id]);
      else ids.push(target.id);
    }
  }
  return index;
}
