type Json = unknown;

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The RFC 7396 merge patch that turns `before` into `after`; undefined when nothing differs. Parts that are the very
 * same object are not looked into. A value `null` in `after` cannot be told from a removal in a merge patch: the
 * schemas of the snapshot read an absent value as null.
 */
export function mergePatchOf(before: Json, after: Json): Json | undefined {
  if (before === after) return undefined;
  if (isObject(before) && isObject(after)) return patchOfObjects(before, after);
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
}

type Members = Readonly<Record<string, Json>>;

function patchOfObjects(before: Members, after: Members): Json | undefined {
  const patch = Object.create(null) as Record<string, Json>;
  for (const key of Object.keys(after)) {
    const change = Object.hasOwn(before, key) ? mergePatchOf(before[key], after[key]) : after[key];
    if (change !== undefined) patch[key] = change;
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch[key] = null;
  return Object.keys(patch).length === 0 ? undefined : patch;
}
