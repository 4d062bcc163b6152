import { type Budget, MAX_DEPTH, TemplateFault } from './templateBudget.ts';
import { kindOf, numberOf, pairsOf } from './templateValue.ts';

/** A float as Python prints it: "20.0", "1e-05", "1.5e+16", "nan", "inf". */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const negative = value < 0 || Object.is(value, -0);
  const digits = mantissa.replace(/[-.]/g, '');
  return (negative ? '-' : '') + placed(digits, exponent);
}

/** Digits with the point after the first one moved by `exponent`; at least one digit behind it. */
function placed(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 2, '0');
  return `${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1)}`;
}

/** A value as Python's `str()` prints it and so as Home Assistant sees it; undefined prints nothing. */
export function textOf(value: unknown, budget: Budget): string {
  switch (kindOf(value)) {
    case 'undefined':
      return '';
    case 'string':
      return value as string;
    default:
      return represented(value, budget, 0);
  }
}

/** Python's `repr()`. */
function represented(value: unknown, budget: Budget, depth: number): string {
  budget.spend(1);
  if (depth > MAX_DEPTH) throw new TemplateFault('depth');
  switch (kindOf(value)) {
    case 'undefined':
      return 'Undefined';
    case 'none':
      return 'None';
    case 'bool':
      return value === true ? 'True' : 'False';
    case 'int':
      return String(value);
    case 'float':
      return floatText(numberOf(value) ?? 0);
    case 'string':
      return quoted(value as string, budget);
    case 'list': {
      const items = (value as readonly unknown[]).map((each) => represented(each, budget, depth + 1));
      return `[${items.join(', ')}]`;
    }
    default: {
      const pairs = pairsOf(value).map(
        ([key, each]) => `${represented(key, budget, depth + 1)}: ${represented(each, budget, depth + 1)}`,
      );
      return `{${pairs.join(', ')}}`;
    }
  }
}

function quoted(text: string, budget: Budget): string {
  budget.text(text.length);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return quote + escaped + quote;
}

/** JSON with sorted keys; the texts escaped as Jinja's `tojson` does (ASCII only, safe inside HTML). */
export function jsonOf(value: unknown, budget: Budget, depth = 0): string {
  budget.spend(1);
  if (depth > MAX_DEPTH) throw new TemplateFault('depth');
  const kind = kindOf(value);
  if (kind === 'undefined') throw new TemplateFault('not-defined', 'tojson');
  if (kind === 'none' || kind === 'bool') return String(value);
  const number = numberOf(value);
  if (number !== null) return jsonNumber(number, kind === 'float');
  if (typeof value === 'string') return jsonText(value, budget);
  if (Array.isArray(value)) return `[${value.map((each) => jsonOf(each, budget, depth + 1)).join(', ')}]`;
  const pairs = pairsOf(value).map(([key, each]) => [textOf(key, budget), each] as const);
  pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const members = pairs.map(([key, each]) => `${jsonText(key, budget)}: ${jsonOf(each, budget, depth + 1)}`);
  return `{${members.join(', ')}}`;
}

function jsonNumber(value: number, isFloat: boolean): string {
  if (!Number.isFinite(value)) throw new TemplateFault('number-range', 'tojson');
  return isFloat ? floatText(value) : String(value);
}

function jsonText(text: string, budget: Budget): string {
  budget.text(text.length);
  return JSON.stringify(text).replace(
    /[<>&'\u007f-\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
