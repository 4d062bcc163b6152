import type { Options } from '../abbreviations.ts';
import { decimalOf } from '../decimal.ts';
import { MAX_SOURCE_CHARS } from '../templates/templateBudget.ts';

/** Longest topic that is accepted. Characters. MQTT allows 65,535; the topics of known devices stay below 200. */
export const MAX_TOPIC_CHARS = 512;

/** Longest name, id or payload in an announcement. Characters. Home Assistant cuts names at 255. */
export const MAX_TEXT_CHARS = 255;

/** Why an entity is left out: an option that Home Assistant would refuse too, or that is too large. */
export class BadOption extends Error {}

/** Reads the option or answers undefined when it is absent or null, as Home Assistant's schemas treat it. */
function given(options: Options, key: string): unknown {
  const value = Object.hasOwn(options, key) ? options[key] : undefined;
  return value === null ? undefined : value;
}

/**
 * A value as Home Assistant's text options take it: a text, or a number or boolean in Python's spelling (Zigbee2MQTT announces
 * `"payload_on": true` and lets a template print "True"). Undefined for all else.
 */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function readText(options: Options, key: string, limit: number): string | null {
  const value = given(options, key);
  if (value === undefined) return null;
  const text = asText(value);
  if (text === undefined || text.length > limit) throw new BadOption(key);
  return text;
}

/** A short text, or null when absent. Throws `BadOption`. */
export const readShort = (options: Options, key: string): string | null =>
  readText(options, key, MAX_TEXT_CHARS);

/** A short text; null where null was announced, `fallback` where nothing was. Throws `BadOption`. */
export const readNullable = <T extends string | null>(
  options: Options,
  key: string,
  fallback: T,
): string | T | null =>
  Object.hasOwn(options, key) && options[key] === null ? null : (readShort(options, key) ?? fallback);

/** A finite number, in digits or as a text. Throws `BadOption`. */
export function readNumber(options: Options, key: string, fallback: number): number {
  const value = given(options, key);
  if (value === undefined) return fallback;
  const number = typeof value === 'string' ? decimalOf(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new BadOption(key);
  return number;
}

/** A template's source, or null. One that is too long passes: it becomes a fault of its entity. Throws `BadOption`. */
export const readTemplate = (options: Options, key: string): string | null =>
  readText(options, key, 8 * MAX_SOURCE_CHARS)?.trim() ?? null;

const WILDCARD_OR_CONTROL = /[+#\p{Cc}]/u;

/** A topic to publish or to subscribe, without wildcards and none of the broker's own (`$…`). */
export function isTopic(text: string): boolean {
  return (
    text !== '' && text.length <= MAX_TOPIC_CHARS && !text.startsWith('$') && !WILDCARD_OR_CONTROL.test(text)
  );
}

/** Most levels of a pattern that may be anything. OpenMQTTGateway leaves two open. */
const MAX_OPEN_LEVELS = 4;

/** A topic to hear in which some levels may be anything (`+`), but not its last two: nobody may ask for all there is. */
function isHeard(text: string): boolean {
  const levels = text.split('/');
  const open = levels.filter((level) => level === '+').length;
  if (open === 0 || open > MAX_OPEN_LEVELS || levels.length < 3) return false;
  return (
    levels.slice(-2).every((level) => level !== '+') && isTopic(text.replaceAll(/(^|(?<=\/))\+(?=\/)/g, '_'))
  );
}

/** Where Home Assistant takes a pattern and known gateways announce one. */
const PATTERNED: ReadonlySet<string> = new Set(['state_topic', 'json_attributes_topic']);

/** A topic, or null when absent; what the device tells may come on a pattern. Throws `BadOption`. */
export function readTopic(options: Options, key: string): string | null {
  const value = given(options, key);
  if (value === undefined) return null;
  const isGood = typeof value === 'string' && (isTopic(value) || (PATTERNED.has(key) && isHeard(value)));
  if (!isGood) throw new BadOption(key);
  return value;
}

/** A topic that must be there. Throws `BadOption`. */
export function requireTopic(options: Options, key: string): string {
  const topic = readTopic(options, key);
  if (topic === null) throw new BadOption(key);
  return topic;
}

const YES: ReadonlySet<unknown> = new Set([true, 1, 'true', 'yes', 'on', 'enable', '1']);
const NO: ReadonlySet<unknown> = new Set([false, 0, 'false', 'no', 'off', 'disable', '0']);

/** A yes or no in any of Home Assistant's spellings. Throws `BadOption`. */
export function readFlag(options: Options, key: string, fallback: boolean): boolean {
  const value = given(options, key);
  if (value === undefined) return fallback;
  const word = typeof value === 'string' ? value.toLowerCase() : value;
  if (YES.has(word)) return true;
  if (!NO.has(word)) throw new BadOption(key);
  return false;
}

/** Longest span that is kept. Seconds: a year. */
const MAX_SPAN_S = 31_536_000;

/** Whole seconds as milliseconds; null when absent or 0. More than a year counts as a year. Throws `BadOption`. */
export function readSpanMs(options: Options, key: string): number | null {
  const value = given(options, key);
  if (value === undefined) return null;
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds >= 0)) throw new BadOption(key);
  return seconds === 0 ? null : Math.min(seconds, MAX_SPAN_S) * 1_000;
}

/** One of the given words; the first one when absent. Throws `BadOption`. */
export function readWord<T extends string | null>(
  options: Options,
  key: string,
  words: readonly [T, ...T[]],
): T {
  const value = given(options, key) ?? words[0];
  const word = words.find((each) => each === value);
  if (word === undefined) throw new BadOption(key);
  return word;
}

/** Quality of service; 0 when absent. Throws `BadOption`. */
export function readQos(options: Options): 0 | 1 | 2 {
  const word = asText(given(options, 'qos') ?? 0);
  if (word === '0') return 0;
  if (word === '1') return 1;
  if (word !== '2') throw new BadOption('qos');
  return 2;
}

/** A list of short texts, each once (ESPHome announces an effect twice); one text counts as a list. Null when absent. Throws `BadOption`. */
export function readTexts(options: Options, key: string, atMost: number): string[] | null {
  const value = given(options, key);
  if (value === undefined) return null;
  const items: unknown[] = Array.isArray(value) ? value : [value];
  if (items.length > atMost) throw new BadOption(key);
  const texts = items.map((item) => {
    const text = asText(item);
    if (text === undefined || text.length > MAX_TEXT_CHARS) throw new BadOption(key);
    return text;
  });
  return [...new Set(texts)];
}

/** A text that people read: without control characters, at most 128 characters; null when absent, empty or no text. */
export function readLabel(options: Options, key: string): string | null {
  const text = asText(given(options, key))
    ?.slice(0, 1_024)
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim();
  if (text === undefined || text === '') return null;
  return text.length <= 128 ? text : [...text].slice(0, 128).join('');
}
