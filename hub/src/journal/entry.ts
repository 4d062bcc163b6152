import type { Fact } from '../house/facts.ts';
import type { Moment } from '../shared/time.ts';
import { isKept, KEPT } from './kept.ts';
import { MAX_TEXT } from './limits.ts';
import type { JournalArea } from './schema.ts';
import { UNTOLD_MOVES } from './untold.ts';

/** A row on its way into the journal: all but its number and its hash. */
export type Entry = Moment & {
  readonly type: string;
  /** Name or id of a person; null: the house. */
  readonly who: string | null;
  /** Where: id of a sensor or device, or a network address. */
  readonly place: string | null;
  readonly why: string | null;
  /** The fact, as far as it is kept. */
  readonly json: string;
  /** A part that only the owner opens; null: there is none. */
  readonly sealed: Uint8Array | null;
};

/** Rows that the journal writes about itself. */
export type OwnType =
  /** Rows up to `to` were written before there was a chain: until then nothing guarded them. */
  | 'journalChained'
  /** Rows that were signed, or counted, were not there when the hub started. */
  | 'journalCut'
  /** Rows with the next numbers stood there that this hub did not write; it went on behind them. */
  | 'journalPlanted'
  /** The hub made a key to sign with; what was signed before cannot be proven any more. */
  | 'journalKeyMade'
  /** So many times, by type and person, something was only counted that can be caused without end. */
  | 'journalCounted';

const OWN_TYPES: readonly OwnType[] = [
  'journalChained',
  'journalCut',
  'journalPlanted',
  'journalKeyMade',
  'journalCounted',
];

/** Names under which somebody may hand over what must never be written down. An entity's id (it has a dot) is no such name. */
const FORBIDDEN =
  /^[^.]*(pin(s|hash|code)?$|^code$|duress|pass(word|wd|phrase)|secret|token|credential|pepper|private|image|picture|photo|jpe?g|embedding|template|biometric|descriptor)/i;

/** Half of a pair of UTF-16: it has no place in UTF-8, and the database would give back something else. */
const HALVES = /\p{Surrogate}/gu;

/** Longest list. An embedding has 128 numbers or more. */
const MAX_LIST = 100;
/** Deepest value; facts have 3. */
const MAX_DEPTH = 6;

type Fields = Readonly<Record<string, unknown>>;

/** What a fact comes to in the journal; null: it is not kept. */
export function entryOf(fact: Fact, at: Moment): Entry | null {
  if (!isKept(fact.type)) return null;
  if (fact.type === 'alarmMoved' && !UNTOLD_MOVES.has(fact.event)) return null;
  const { who, place, why, more = [] } = KEPT[fact.type] as Rule;
  const fields = fact as unknown as Fields;
  const names = [who, place, why].filter((name) => name !== undefined);
  const kept: Record<string, unknown> = { type: fact.type };
  for (const name of new Set([...names, ...more])) if (fields[name] !== undefined) kept[name] = fields[name];
  const text = (name: string | undefined) => (name === undefined ? null : textOf(fields[name]));
  return {
    mono: at.mono,
    utc: at.utc,
    type: fact.type,
    who: text(who),
    place: text(place),
    why: text(why),
    json: JSON.stringify(harmless(kept, 0)),
    sealed: null,
  };
}

/** A row from before there was a chain: it stays as it was written, and is told like any other. */
export function entryOfStored({ mono, utc, type, json }: StoredRow): Entry {
  const { who, place, why } = Object.hasOwn(KEPT, type) ? (KEPT[type as keyof typeof KEPT] as Rule) : {};
  const fields = fieldsOf(json);
  const text = (name: string | undefined) => (name === undefined ? null : textOf(fields[name]));
  return { mono, utc, type, who: text(who), place: text(place), why: text(why), json, sealed: null };
}

type StoredRow = Pick<Entry, 'mono' | 'utc' | 'type' | 'json'>;

/** What a row's JSON holds; nothing when it is none: the file was damaged or edited. */
export function fieldsOf(json: string): Fields {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
  } catch {
    return {};
  }
}

/** Who can cause rows of that type without end: anybody on the network, or a person of the house. Null: nobody. */
export const noisyBy = (type: string): 'anybody' | 'person' | null =>
  Object.hasOwn(KEPT, type) ? ((KEPT[type as keyof typeof KEPT] as Rule).noisyBy ?? null) : null;

type Rule = {
  readonly noisyBy?: 'anybody' | 'person';
  readonly who?: string;
  readonly place?: string;
  readonly why?: string;
  readonly more?: readonly string[];
};

/** A row of the journal about itself. */
export function ownEntry(type: OwnType, more: Fields, at: Moment): Entry {
  return {
    mono: at.mono,
    utc: at.utc,
    type,
    who: null,
    place: null,
    why: null,
    json: JSON.stringify({ type, ...more }),
    sealed: null,
  };
}

export function areaOf(type: string): JournalArea {
  if (Object.hasOwn(KEPT, type)) return KEPT[type as keyof typeof KEPT].area;
  return type.startsWith('journal') ? 'journal' : 'house';
}

/** All types of an area. */
export const typesOf = (area: JournalArea): readonly string[] =>
  [...Object.keys(KEPT), ...OWN_TYPES].filter((type) => areaOf(type) === area);

const plain = (text: string): string => text.slice(0, MAX_TEXT).replace(HALVES, '\ufffd');

const textOf = (value: unknown): string | null => (typeof value === 'string' ? plain(value) : null);

/** A value without what has no place in a journal, whatever fact it came with. */
function harmless(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return plain(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return undefined;
  if (Array.isArray(value)) return value.slice(0, MAX_LIST).map((each) => harmless(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !FORBIDDEN.test(name))
      .map(([name, each]) => [plain(name), harmless(each, depth + 1)]),
  );
}
