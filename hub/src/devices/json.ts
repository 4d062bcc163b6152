import { ok, type Result, refused } from '../shared/result.ts';
import { mayHaveOddKey, oddKeyIn } from './jsonKeys.ts';

/** Largest payload that is read. Bytes. Source: DESIGN section 5; a device message of 64 entities has about 30,000. */
export const MAX_PAYLOAD_BYTES = 65_536;

/** Deepest JSON that is parsed. Levels of brackets. Zigbee2MQTT and ESPHome stay below 6. */
export const MAX_JSON_DEPTH = 16;

/** Why a payload is no JSON that we read. */
export type JsonRefusal = 'too-large' | 'not-utf8' | 'too-deep' | 'not-json' | 'odd-key';

const strictText = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** A payload as text: at most 64 KiB, strictly UTF-8. A text is taken as it is. */
export function payloadText(payload: Uint8Array | string): Result<string, 'too-large' | 'not-utf8'> {
  if (payload.length > MAX_PAYLOAD_BYTES) return refused('too-large');
  if (typeof payload !== 'string') {
    if (lastText?.payload === payload) return ok(lastText.text);
    try {
      lastText = { payload, text: strictText.decode(payload) };
      return ok(lastText.text);
    } catch {
      return refused('not-utf8');
    }
  }
  // A UTF-16 unit becomes three bytes at most: only long texts need to be counted.
  const isShort = payload.length * 3 <= MAX_PAYLOAD_BYTES;
  if (isShort || encoder.encode(payload).length <= MAX_PAYLOAD_BYTES) return ok(payload);
  return refused('too-large');
}

/** The last payload and the last JSON: all entities that hear one topic read the same message, one after the other. */
let lastText: { readonly payload: Uint8Array; readonly text: string } | null = null;
let lastJson: { readonly text: string; readonly parsed: Result<unknown, JsonRefusal> } | null = null;

/**
 * JSON of at most 16 levels in which no key stands twice. Depth is counted before parsing, so that nothing after it ever meets a
 * deep value. What it answers is for reading only: it may be answered again.
 */
export function parseJsonText(text: string): Result<unknown, JsonRefusal> {
  if (lastJson?.text !== text) lastJson = { text, parsed: parseAnew(text) };
  return lastJson.parsed;
}

function parseAnew(text: string): Result<unknown, JsonRefusal> {
  if (isDeep(text)) return refused('too-deep');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('not-json');
  }
  const isOdd =
    typeof value === 'object' && value !== null && mayHaveOddKey(text, value) && oddKeyIn(text) !== null;
  return isOdd ? refused('odd-key') : ok(value);
}

/** A payload as JSON, within the limits of both. */
export function parseJson(payload: Uint8Array | string): Result<unknown, JsonRefusal> {
  const text = payloadText(payload);
  return text.ok ? parseJsonText(text.value) : text;
}

/** An object of JSON: neither null nor a list. Read its keys with `Object.hasOwn` or `Object.entries`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Both opening brackets, "[" and "{", differ from their closing ones by two, and in nothing but one bit from each other. */
const isOpening = (code: number): boolean => (code | 0x20) === 0x7b;
const isClosing = (code: number): boolean => (code | 0x20) === 0x7d;

function isDeep(text: string): boolean {
  // Nothing this short is both deep and valid.
  if (text.length <= 2 * MAX_JSON_DEPTH) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth > MAX_JSON_DEPTH) return true;
  }
  return false;
}

/** Where the string that starts at `start` ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** Bytes as text; null when they are not UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return strictText.decode(bytes);
  } catch {
    return null;
  }
}
