import { ok, type Result, refused } from '../../shared/result.ts';
import { Budget, MAX_RESULT_CHARS, MAX_SOURCE_CHARS, TemplateFault, Unsupported } from './templateBudget.ts';
import { parseTemplate } from './templateParser.ts';
import { renderPieces } from './templateRun.ts';
import { textOf } from './templateText.ts';
import type { Expression, Piece } from './templateTree.ts';
import { memberOf, ownValue } from './templateValue.ts';

/** What a template may read: the payload as text (a command: the value to send), the same parsed if it is JSON, and variables of a command. */
export type TemplateInput = {
  readonly value: unknown;
  readonly value_json?: unknown;
  readonly [variable: string]: unknown;
};

/** A compiled template: pure, and bounded in time by the limits of `templateBudget.ts`. */
export type Template = {
  /** True when the source speaks of `value_json`: else the payload needs no parsing. */
  readonly readsJson: boolean;
  /**
   * The text that Home Assistant would get, trimmed. Throws `TemplateFault` when this input gives none: a limit, a wrong
   * type, or a value that the input lacks (`not-defined`).
   */
  readonly render: (input: TemplateInput) => string;
};

/** Templates that are kept compiled: devices of one make announce the same few, a device message repeats that of its gateway. */
const MAX_COMPILED = 512;
const compiled = new Map<string, Result<Template>>();

/**
 * Compiles a Jinja template of the subset that ESPHome, Zigbee2MQTT, Tasmota and OpenMQTTGateway use. No loops, `set`, macros or
 * calls but `get` of a dict; own keys only. A refusal reads `unsupported-template: ` and the construct that is not in the subset.
 */
export function compileTemplate(source: string): Result<Template> {
  if (source.length > MAX_SOURCE_CHARS) {
    return refused(`unsupported-template: longer than ${MAX_SOURCE_CHARS} characters`);
  }
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  const template = compileAnew(source);
  compiled.set(source, template);
  return template;
}

function compileAnew(source: string): Result<Template> {
  try {
    const pieces = parseTemplate(source);
    return ok({ readsJson: source.includes('value_json'), render: fastPath(pieces) ?? slowPath(pieces) });
  } catch (error) {
    if (error instanceof Unsupported) return refused(`unsupported-template: ${error.message}`);
    throw error;
  }
}

function slowPath(pieces: readonly Piece[]): Template['render'] {
  return (input) => renderPieces(pieces, { variables: input, budget: new Budget() }).trim();
}

/** `{{ value_json.a.b }}` and `{{ value }}`, which most devices announce, without walking a tree. */
function fastPath(pieces: readonly Piece[]): Template['render'] | null {
  const [piece] = pieces;
  if (pieces.length !== 1 || piece?.kind !== 'output') return null;
  const path = pathOf(piece.of);
  if (path === null) return null;
  const [name = '', ...keys] = path;
  return (input) => {
    let value = ownValue(input, name);
    for (const key of keys) value = memberOf(value, key);
    const text = typeof value === 'string' ? value : textOf(value, new Budget());
    if (text.length > MAX_RESULT_CHARS) throw new TemplateFault('too-large');
    return text.trim();
  };
}

/** The name and the literal keys of a plain path; null for any other expression. */
function pathOf(of: Expression): readonly unknown[] | null {
  if (of.kind === 'name') return [of.name];
  if (of.kind !== 'member' || of.key.kind !== 'literal') return null;
  const path = pathOf(of.of);
  return path === null ? null : [...path, of.key.value];
}
