import { ok, type Result, refused } from '../shared/result.ts';
import { asText } from './announcedOption.ts';
import { decimalOf } from './decimal.ts';
import type { AvailabilityTopic, EntityConfig } from './entity.ts';
import { isRecord, parseJsonText, payloadText } from './json.ts';
import { compileTemplate, type Template } from './template.ts';
import { TemplateFault } from './templateBudget.ts';

export { parseJson } from './json.ts';

/** What a payload says. Null: the entity itself does not know. A drop changes nothing; its reason is for the log. */
export type Decoded =
  | { readonly kind: 'value'; readonly value: number | boolean | null }
  | { readonly kind: 'drop'; readonly reason: string };

/** Reads the state payloads of one entity. Never throws; bounded in time by the size of the payload and the template's limits. */
export type Decoder = { readonly decode: (payload: Uint8Array | string) => Decoded };

const told = (value: number | boolean | null): Decoded => ({ kind: 'value', value });
const dropped = (reason: string): Decoded => ({ kind: 'drop', reason });

/** What Home Assistant and its kin write when a value is not known. */
const UNKNOWN: ReadonlySet<string> = new Set(['None', 'unknown', 'unavailable']);

/** The text that a payload becomes. */
type Reader = (payload: Uint8Array | string) => Result<string>;

function readWith(template: Template, text: string): Result<string> {
  const json = template.readsJson ? parseJsonText(text) : null;
  if (json?.ok === false && json.reason !== 'not-json') return refused(json.reason);
  try {
    return ok(template.render(json?.ok ? { value: text, value_json: json.value } : { value: text }));
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    return refused(json?.ok === false ? json.reason : `template: ${error.code}`);
  }
}

function createReader(source: string | null): Result<Reader> {
  const template = source === null ? null : compileTemplate(source);
  if (template === null) return ok(payloadText);
  if (!template.ok) return template;
  return ok((payload) => {
    const text = payloadText(payload);
    return text.ok ? readWith(template.value, text.value) : text;
  });
}

/** A number in decimal form. A text that only Python takes for one ("nan", "inf", "1_0"), or an infinite one, is none. */
function numberFrom(text: string): Decoded {
  if (UNKNOWN.has(text.trim())) return told(null);
  const number = decimalOf(text);
  if (number === null) return dropped('not-a-number');
  return Number.isFinite(number) ? told(number) : dropped('not-finite');
}

type StateWords = Pick<EntityConfig, 'stateOn' | 'stateOff'>;

/** On or off, in exactly the announced spelling. */
function stateFrom(text: string, { stateOn, stateOff }: StateWords): Decoded {
  if (text === stateOn) return told(true);
  if (text === stateOff) return told(false);
  return UNKNOWN.has(text) ? told(null) : dropped('unknown-state');
}

/** Whether an attribute of a siren's state is what Home Assistant lets pass; attributes that we do not know pass. */
const ATTRIBUTES: Readonly<Record<string, (value: unknown) => boolean>> = {
  tone: (value) => typeof value === 'string' || typeof value === 'number',
  duration: (value) => typeof value === 'number' && value >= 0,
  volume_level: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};

/** A siren's state: a plain word, or JSON with `state` and attributes. */
function sirenFrom(text: string, words: StateWords): Decoded {
  const plain = stateFrom(text, words);
  if (plain.kind === 'value') return plain;
  const json = parseJsonText(text);
  if (!json.ok && json.reason !== 'not-json') return dropped(json.reason);
  if (!json.ok || !isRecord(json.value)) return plain;
  const object = json.value;
  const bad = Object.keys(ATTRIBUTES).find(
    (key) => Object.hasOwn(object, key) && !ATTRIBUTES[key]?.(object[key]),
  );
  if (bad !== undefined) return dropped('bad-attribute');
  const state = Object.hasOwn(object, 'state') ? asText(object.state) : undefined;
  return state === undefined ? dropped('no-state') : stateFrom(state, words);
}

function interpret(config: EntityConfig, text: string): Decoded {
  if (text.trim() === '') return dropped('empty');
  if (config.component === 'sensor') return numberFrom(text);
  return config.component === 'siren' ? sirenFrom(text, config) : stateFrom(text, config);
}

/** The decoder of an entity; a refusal is the fault that the entity shows. */
export function createDecoder(config: EntityConfig): Result<Decoder> {
  if (!config.text) return refused('unsupported-encoding: raw bytes');
  const reader = createReader(config.valueTemplate);
  if (!reader.ok) return reader;
  return ok({
    decode(payload) {
      const text = reader.value(payload);
      return text.ok ? interpret(config, text.value) : dropped(text.reason);
    },
  });
}

/** Readers by announced topic, so that an availability message does not compile its template again. */
const availabilityReaders = new WeakMap<AvailabilityTopic, Result<Reader>>();

/** Whether an availability message says "there" (true) or "gone" (false). Null: neither, and nothing changes. */
export function decodeAvailability(topic: AvailabilityTopic, payload: Uint8Array | string): boolean | null {
  const reader = availabilityReaders.get(topic) ?? createReader(topic.template);
  availabilityReaders.set(topic, reader);
  const text = reader.ok ? reader.value(payload) : reader;
  if (!text.ok) return null;
  if (text.value === topic.payloadAvailable) return true;
  return text.value === topic.payloadNotAvailable ? false : null;
}
