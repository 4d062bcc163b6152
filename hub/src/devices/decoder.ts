import { ok, type Result } from '../shared/result.ts';
import { renderText } from './decode.ts';
import { type JsonRefusal, MAX_PAYLOAD_BYTES, parseJsonText, payloadText } from './json.ts';
import type { Part } from './platforms/definition.ts';
import { compileTemplate, type Template } from './templates/template.ts';
import { type Decoded, dropped, type Told } from './told.ts';

/** Reads what one entity says. Never throws; bounded in time by the size of the payload and the template's limits. */
export type Decoder = {
  /** @param part as `inputsOf` names it */
  readonly decode: (part: string, payload: Uint8Array | string, retained: boolean) => Decoded;
};

type TextPart = Extract<Part, { template: string | null }>;
type Compiled = { readonly part: TextPart; readonly template: Template | null };
type Read = (payload: Uint8Array | string, retained: boolean) => Decoded;

/** Parts that come on one topic are one input: what a message says to all of them is told at once. */
export function inputsFrom(parts: readonly Part[]): Map<string, readonly Part[]> {
  const byTopic = new Map<string, readonly Part[]>();
  for (const part of parts) byTopic.set(part.topic, [...(byTopic.get(part.topic) ?? []), part]);
  return byTopic;
}

export const nameOf = (parts: readonly Part[]): string =>
  parts.length === 1 ? (parts[0] as Part).name : parts.map(({ name }) => name).join('+');

/** Largest payload that one of them may have, bytes. */
export const maxBytesOfParts = (parts: readonly Part[]): number =>
  Math.max(...parts.map((part) => ('maxBytes' in part ? part.maxBytes : MAX_PAYLOAD_BYTES)));

const UNKNOWN_PART = dropped('unknown-part');

/** A decoder for these parts; a refusal is the fault that the entity shows. */
export function createPartDecoder(parts: readonly Part[]): Result<Decoder> {
  const reads = new Map<string, Read>();
  for (const group of inputsFrom(parts).values()) {
    const read = readerOf(group);
    if (!read.ok) return read;
    reads.set(nameOf(group), read.value);
  }
  const [only] = reads;
  return ok(reads.size === 1 && only !== undefined ? decoderOfOne(...only) : decoderOf(reads));
}

const decoderOf = (reads: ReadonlyMap<string, Read>): Decoder => ({
  decode: (part, payload, retained) => reads.get(part)?.(payload, retained) ?? UNKNOWN_PART,
});

/** Most entities tell one thing on one topic: no look-up for them, and no table is kept. */
const decoderOfOne = (name: string, read: Read): Decoder => ({
  decode: (part, payload, retained) => (part === name ? read(payload, retained) : UNKNOWN_PART),
});

function readerOf(group: readonly Part[]): Result<Read> {
  const [first] = group;
  if (first !== undefined && 'readBytes' in first) return ok(bytesReader(first));
  const compiled: Compiled[] = [];
  for (const part of group) {
    if ('readBytes' in part) continue;
    const template = part.template === null ? null : compileTemplate(part.template);
    if (template?.ok === false) return template;
    compiled.push({ part, template: template?.value ?? null });
  }
  const [one] = compiled;
  return ok(compiled.length === 1 && one !== undefined ? singleReader(one) : groupReader(compiled));
}

/** A message that says nothing of this entity is none to complain of: where many things come on one topic, that is usual. */
const unread = (reason: string): Decoded =>
  reason === 'template: not-defined' ? { kind: 'told', told: {} } : dropped(reason);

function bytesReader({ readBytes, maxBytes }: Extract<Part, { maxBytes: number }>): Read {
  return (payload) => {
    const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
    return bytes.length > maxBytes ? dropped('too-large') : readBytes(bytes);
  };
}

function interpret({ part }: Compiled, text: string, retained: boolean): Decoded {
  if (part.mayBeEmpty !== true && text.trim() === '') return dropped('empty');
  return part.read(text, retained);
}

function singleReader(one: Compiled): Read {
  const { template } = one;
  return (payload, retained) => {
    const whole = payloadText(payload);
    const text = whole.ok && template !== null ? renderText(template, whole.value) : whole;
    return text.ok ? interpret(one, text.value, retained) : unread(text.reason);
  };
}

/** Decodes and parses once for all parts. */
function groupReader(compiled: readonly Compiled[]): Read {
  const readsJson = compiled.some(({ template }) => template?.readsJson === true);
  return (payload, retained) => {
    const whole = payloadText(payload);
    if (!whole.ok) return dropped(whole.reason);
    const json = readsJson ? parseJsonText(whole.value) : null;
    return merged(
      compiled.map((one) => {
        const text = textFor(one, whole.value, json);
        return text.ok ? interpret(one, text.value, retained) : unread(text.reason);
      }),
    );
  };
}

function textFor(
  { template }: Compiled,
  whole: string,
  json: Result<unknown, JsonRefusal> | null,
): Result<string> {
  if (template === null) return ok(whole);
  return renderText(template, whole, template.readsJson ? json : null);
}

/** All that was told, the later part's word last. What happened or is a picture goes before; a drop counts when nothing else is there. */
function merged(all: readonly Decoded[]): Decoded {
  let told: Told | null = null;
  for (const each of all) {
    if (each.kind === 'event' || each.kind === 'picture') return each;
    if (each.kind === 'told') told = told === null ? each.told : mergedTold(told, each.told);
  }
  if (told !== null) return { kind: 'told', told };
  return all[0] ?? UNKNOWN_PART;
}

function mergedTold(first: Told, second: Told): Told {
  const attributes =
    first.attributes === undefined || second.attributes === undefined
      ? (first.attributes ?? second.attributes)
      : { ...first.attributes, ...second.attributes };
  const value = second.value === undefined ? first.value : second.value;
  return { ...(value === undefined ? {} : { value }), ...(attributes === undefined ? {} : { attributes }) };
}
