import type { Attribute } from './controlSchema.ts';
import { isRecord, parseJsonText } from './json.ts';
import { type Attributes, type Decoded, dropped, MAX_VALUE_CHARS, type Told } from './told.ts';

/** Most attributes that one message of them may tell. Zigbee2MQTT's largest devices publish some 30 keys. */
export const MAX_ATTRIBUTES = 32;

/** Most that one entity keeps: those, and what its platform tells (position, brightness …), which must find room. */
export const MAX_KEPT = 48;

/** Longest name of an attribute. Characters. */
export const MAX_NAME_CHARS = 64;

/** Names that reach a prototype somewhere, and where somebody is: positions are neither shown nor kept. */
const BARRED: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'latitude',
  'longitude',
  'gps_accuracy',
  'altitude',
]);

const isName = (name: string): boolean =>
  name !== '' && name.length <= MAX_NAME_CHARS && !BARRED.has(name) && !/\p{Cc}/u.test(name);

/** A number, yes or no, or a short text; undefined for all else. */
function attributeOf(value: unknown): Attribute | undefined {
  if (typeof value === 'string') return value.length <= MAX_VALUE_CHARS ? value : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * The scalars of an object under its own keys, the first 32 of them; a null says that it is gone. Lists, objects, long texts and
 * positions are passed over.
 * @param leaveOut keys that mean something else here
 */
export function attributesOf(
  object: object,
  leaveOut?: ReadonlySet<string>,
): Record<string, Attribute | null> {
  const attributes: Record<string, Attribute | null> = {};
  let count = 0;
  for (const [name, value] of Object.entries(object)) {
    const attribute = value === null ? null : attributeOf(value);
    if (attribute === undefined || !isName(name) || leaveOut?.has(name) === true) continue;
    if (++count > MAX_ATTRIBUTES) break;
    attributes[name] = attribute;
  }
  return attributes;
}

/** The payload of a topic of JSON attributes. */
export function attributesFrom(text: string): Decoded {
  const json = parseJsonText(text);
  if (!json.ok) return dropped(json.reason);
  return isRecord(json.value)
    ? { kind: 'told', told: { attributes: attributesOf(json.value) } }
    : dropped('not-an-object');
}

/** Without those that are gone. */
export const presentOf = (attributes: Readonly<Record<string, Attribute | null>>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter((pair): pair is [string, Attribute] => pair[1] !== null),
  );

/** What was known with what is told now, at most 48; the same value as before when nothing changed. */
export function withTold(known: Attributes, told: Told['attributes']): Attributes {
  if (told === undefined) return known;
  const names = Object.keys(told);
  const same = names.every((name) => (Object.hasOwn(known, name) ? known[name] : null) === told[name]);
  if (same) return known;
  const next: Record<string, Attribute> = { ...known };
  for (const name of names) {
    const value = told[name] ?? null;
    if (value === null) delete next[name];
    else if (Object.hasOwn(next, name) || Object.keys(next).length < MAX_KEPT) next[name] = value;
  }
  return next;
}
