import { ok, type Result, refused } from '../shared/result.ts';
import type { AvailabilityTopic } from './entity.ts';
import { type JsonRefusal, parseJsonText, payloadText } from './json.ts';
import { compileTemplate, type Template } from './templates/template.ts';
import { TemplateFault } from './templates/templateBudget.ts';

export { parseJson } from './json.ts';

/** The text that a template makes of a payload. `json`: the same payload parsed, where the template reads it. */
export function renderText(
  template: Template,
  text: string,
  json: Result<unknown, JsonRefusal> | null = template.readsJson ? parseJsonText(text) : null,
): Result<string> {
  if (json?.ok === false && json.reason !== 'not-json') return refused(json.reason);
  try {
    return ok(template.render(json?.ok ? { value: text, value_json: json.value } : { value: text }));
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    return refused(json?.ok === false ? json.reason : `template: ${error.code}`);
  }
}

/** The text that a payload becomes. */
type Reader = (payload: Uint8Array | string) => Result<string>;

function createReader(source: string | null): Result<Reader> {
  const template = source === null ? null : compileTemplate(source);
  if (template === null) return ok(payloadText);
  if (!template.ok) return template;
  return ok((payload) => {
    const text = payloadText(payload);
    return text.ok ? renderText(template.value, text.value) : text;
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
