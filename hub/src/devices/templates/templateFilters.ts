import { type Budget, TemplateFault } from './templateBudget.ts';
import { FORMAT_ARGUMENTS, format } from './templateFormat.ts';
import { arithmetic, floatOf, intValue, operandFault, rounded } from './templateNumber.ts';
import { jsonOf, textOf } from './templateText.ts';
import { isTrue, kindOf, memberOf, numberOf, ownValue, PythonFloat, pairsOf } from './templateValue.ts';

/** Arguments in the order of `parameters`; undefined where none was given. */
type Arguments = readonly unknown[];

/** A filter: its parameters in order, for arguments by place or by name, and what it does. */
export type Filter = {
  readonly parameters: readonly string[];
  readonly apply: (value: unknown, args: Arguments, budget: Budget) => unknown;
};

const YES: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on', 'enable']);
const NO: ReadonlySet<string> = new Set(['0', 'false', 'no', 'off', 'disable']);

/** What stands in for a value that cannot be converted: the default, if one was given. */
function instead(fallback: unknown, what: string): unknown {
  if (fallback === undefined) throw new TemplateFault('not-a-number', what);
  return fallback;
}

function toFloat(value: unknown, [fallback]: Arguments): unknown {
  const number = floatOf(value);
  return number === null ? instead(fallback, 'float') : new PythonFloat(number);
}

/** Digits of a foreign base: "#ff8000" has three numbers of two digits to the base of 16. */
function numberTo(base: number, value: unknown): number | null {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (!/^[0-9a-z]{1,12}$/.test(text)) return null;
  const digits = [...text].map((digit) => Number.parseInt(digit, 36));
  if (!digits.every((digit) => digit < base)) return null;
  return digits.reduce((sum, digit) => sum * base + digit, 0);
}

function toInt(value: unknown, [fallback, base = 10]: Arguments): unknown {
  const radix = numberOf(base) ?? 10;
  const number = radix === 10 ? floatOf(value) : numberTo(radix, value);
  if (number === null || !Number.isFinite(number)) return instead(fallback, 'int');
  return intValue(Math.trunc(number));
}

function toBool(value: unknown, [fallback]: Arguments): unknown {
  const number = numberOf(value);
  if (number !== null) return number !== 0;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (YES.has(word)) return true;
  return NO.has(word) ? false : instead(fallback, 'bool');
}

function roundBy(method: string, value: number, digits: number): number {
  if (method === 'common') return rounded(value, digits);
  if (method === 'half') return rounded(value * 2, 0) / 2;
  const scale = 10 ** digits;
  if (method === 'ceil') return Math.ceil(value * scale) / scale;
  if (method === 'floor') return Math.floor(value * scale) / scale;
  throw new TemplateFault('wrong-type', 'round');
}

function round(value: unknown, [precision = 0, method = 'common', fallback]: Arguments): unknown {
  const number = floatOf(value);
  if (number === null) return instead(fallback, 'round');
  const digits = kindOf(precision) === 'int' ? (numberOf(precision) ?? 0) : Number.NaN;
  if (!(Math.abs(digits) <= 15) || typeof method !== 'string') throw new TemplateFault('wrong-type', 'round');
  const result = roundBy(method, number, digits);
  if (!Number.isFinite(result)) throw new TemplateFault('number-range', 'round');
  return digits === 0 ? intValue(Math.trunc(result)) : new PythonFloat(result);
}

function absolute(value: unknown): unknown {
  const number = numberOf(value);
  if (number === null) throw operandFault('abs', value);
  return kindOf(value) === 'float' ? new PythonFloat(Math.abs(number)) : Math.abs(number);
}

/** Home Assistant's `multiply` and `add`: the value as float, the amount as it is. */
function combined(op: '+' | '*', name: string): Filter {
  return {
    parameters: ['amount', 'default'],
    apply: (value, [amount, fallback], budget) => {
      const number = floatOf(value);
      if (number === null || numberOf(amount) === null) return instead(fallback, name);
      return arithmetic(op, new PythonFloat(number), amount, budget);
    },
  };
}

function onText(change: (text: string) => string): Filter {
  return {
    parameters: [],
    apply: (value, _args, budget) => {
      const text = textOf(value, budget);
      budget.text(text.length);
      return change(text);
    },
  };
}

function replace(value: unknown, [old, by]: Arguments, budget: Budget): string {
  const [text, from, to] = [textOf(value, budget), textOf(old, budget), textOf(by, budget)];
  budget.text(text.length);
  const hits = from === '' ? text.length + 1 : text.split(from).length - 1;
  budget.text(text.length + hits * Math.max(0, to.length - from.length));
  budget.spend(Math.floor(hits / 64));
  return text.replaceAll(from, () => to);
}

function length(value: unknown, _args: Arguments, budget: Budget): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  const kind = kindOf(value);
  if (kind !== 'map' && kind !== 'undefined') throw new TemplateFault('wrong-type', 'length');
  const pairs = pairsOf(value);
  budget.spend(pairs.length);
  return pairs.length;
}

function itemAt(value: unknown, at: number): unknown {
  const kind = kindOf(value);
  if (kind === 'undefined') return undefined;
  if (kind !== 'list' && kind !== 'string') throw new TemplateFault('wrong-type', 'first, last');
  return memberOf(value, at);
}

/** `if_none` of Home Assistant's iif is what an undefined or None value gives; it defaults to `if_false`. */
function iif(value: unknown, [yes = true, no = false, none = no]: Arguments, budget: Budget): unknown {
  if (value === null) return none;
  return isTrue(value, budget) ? yes : no;
}

function defined(value: unknown): unknown {
  if (kindOf(value) === 'undefined') throw new TemplateFault('not-defined');
  return value;
}

/** Jinja's: cut at a word unless `killwords`, and only what is longer than the length and the leeway. */
function truncate(value: unknown, args: Arguments, budget: Budget): string {
  const [length = 255, killwords = false, end = '...', leeway = 5] = args;
  const [most, slack] = [numberOf(length), numberOf(leeway ?? 5)];
  if (most === null || slack === null || most < 0) throw new TemplateFault('wrong-type', 'truncate');
  const text = textOf(value, budget);
  budget.text(text.length);
  if (text.length <= most + slack) return text;
  const tail = textOf(end, budget);
  const cut = text.slice(0, Math.max(0, most - tail.length));
  const space = isTrue(killwords, budget) ? -1 : cut.lastIndexOf(' ');
  return (space < 0 ? cut : cut.slice(0, space)) + tail;
}

/** `map.get(key, default)`: own keys only, as everywhere. */
function got(value: unknown, [key, fallback = null]: Arguments): unknown {
  const kind = kindOf(value);
  if (kind === 'undefined') throw new TemplateFault('not-defined');
  if (kind !== 'map') throw new TemplateFault('wrong-type', 'get');
  const own = ownValue(value, key);
  return own === undefined ? fallback : own;
}

/** Name of the method `get` among the filters: nobody can write it as one. */
export const GET = '.get';

const DEFAULT: Filter = {
  parameters: ['default_value', 'boolean'],
  apply: (value, [fallback = '', boolean = false], budget) =>
    kindOf(value) === 'undefined' || (isTrue(boolean, budget) && !isTrue(value, budget)) ? fallback : value,
};
const LENGTH: Filter = { parameters: [], apply: length };

/** Every filter that a template may use. Source: ha-mqtt-discovery section 7; meanings are Home Assistant's. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['default', DEFAULT],
  ['d', DEFAULT],
  ['is_defined', { parameters: [], apply: defined }],
  ['float', { parameters: ['default'], apply: toFloat }],
  ['int', { parameters: ['default', 'base'], apply: toInt }],
  ['bool', { parameters: ['default'], apply: toBool }],
  ['round', { parameters: ['precision', 'method', 'default'], apply: round }],
  ['abs', { parameters: [], apply: absolute }],
  ['multiply', combined('*', 'multiply')],
  ['add', combined('+', 'add')],
  ['iif', { parameters: ['if_true', 'if_false', 'if_none'], apply: iif }],
  ['string', onText((text) => text)],
  ['lower', onText((text) => text.toLowerCase())],
  ['upper', onText((text) => text.toUpperCase())],
  ['trim', onText((text) => text.trim())],
  ['capitalize', onText((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase())],
  ['replace', { parameters: ['old', 'new'], apply: replace }],
  ['truncate', { parameters: ['length', 'killwords', 'end', 'leeway'], apply: truncate }],
  ['format', { parameters: FORMAT_ARGUMENTS, apply: format }],
  [GET, { parameters: ['key', 'default'], apply: got }],
  ['length', LENGTH],
  ['count', LENGTH],
  ['first', { parameters: [], apply: (value) => itemAt(value, 0) }],
  ['last', { parameters: [], apply: (value) => itemAt(value, -1) }],
  ['tojson', { parameters: [], apply: (value, _args, budget) => jsonOf(value, budget) }],
  ['to_json', { parameters: [], apply: (value, _args, budget) => jsonOf(value, budget) }],
]);
