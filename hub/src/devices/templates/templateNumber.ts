import { decimalOf } from '../decimal.ts';
import { type Budget, TemplateFault } from './templateBudget.ts';
import type { BinaryOperator } from './templateTree.ts';
import { kindOf, numberOf, PythonFloat } from './templateValue.ts';

/** Python's words for what is no finite number; they stay what they are, so that no default hides them. */
const SPECIAL: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

/** Python's `float(value)` as a number; null when it is none. Undefined is a fault: a number never comes from nothing. */
export function floatOf(value: unknown): number | null {
  if (kindOf(value) === 'undefined') throw new TemplateFault('not-defined', 'number');
  if (typeof value !== 'string') return numberOf(value);
  const word = value.trim().toLowerCase();
  return decimalOf(word) ?? (Object.hasOwn(SPECIAL, word) ? (SPECIAL[word] ?? null) : null);
}

/** A whole number as an int value; a fault beyond 2^53, where it would not be exact. */
export function intValue(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TemplateFault('number-range');
  return value === 0 ? 0 : value;
}

/** Python's `round(value, digits)`: half to even, on the exact value. Digits -15..15. */
export function rounded(value: number, digits: number): number {
  if (!Number.isFinite(value) || Math.abs(digits) > 15) throw new TemplateFault('number-range', 'round');
  if (digits < 0) return rounded(value / 10 ** -digits, 0) * 10 ** -digits;
  if (Math.abs(value) >= 2 ** 52) return value;
  const magnitude = Math.abs(value);
  const up = Number(magnitude.toFixed(digits));
  const exact = magnitude.toFixed(digits + 50);
  const point = exact.indexOf('.');
  const rest = exact.slice(point + 1 + digits);
  const isTie = /^50*$/.test(rest);
  const last = Number(
    exact
      .slice(0, point + 1 + digits)
      .replace('.', '')
      .at(-1),
  );
  const result = isTie && last % 2 === 0 ? Number(exact.slice(0, point + 1 + digits)) : up;
  return value < 0 ? -result : result;
}

function modulo(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}

function calculated(op: BinaryOperator, left: number, right: number): number {
  if (right === 0 && (op === '/' || op === '//' || op === '%')) throw new TemplateFault('division-by-zero');
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.round((left - modulo(left, right)) / right);
    case '%':
      return modulo(left, right);
    default:
      return left ** right;
  }
}

function isWhole(value: unknown): boolean {
  return kindOf(value) === 'int' || kindOf(value) === 'bool';
}

function repeated(text: string, times: number, budget: Budget): string {
  const count = Math.max(0, times);
  budget.text(text.length * count);
  return text.repeat(count);
}

/** Two texts joined, or one repeated; null when the operands are not of that sort. */
function textArithmetic(op: BinaryOperator, left: unknown, right: unknown, budget: Budget): string | null {
  if (op === '+' && typeof left === 'string' && typeof right === 'string') {
    budget.text(left.length + right.length);
    return left + right;
  }
  if (op !== '*') return null;
  if (typeof left === 'string' && isWhole(right)) return repeated(left, numberOf(right) ?? 0, budget);
  if (typeof right === 'string' && isWhole(left)) return repeated(right, numberOf(left) ?? 0, budget);
  return null;
}

/** The fault of an operation whose operands it cannot take. */
export function operandFault(what: string, ...operands: readonly unknown[]): TemplateFault {
  const isMissing = operands.some((each) => kindOf(each) === 'undefined');
  return new TemplateFault(isMissing ? 'not-defined' : 'wrong-type', what);
}

/** Python's arithmetic for numbers, and `+` and `*` for texts. All else is a fault. */
export function arithmetic(op: BinaryOperator, left: unknown, right: unknown, budget: Budget): unknown {
  const text = textArithmetic(op, left, right, budget);
  if (text !== null) return text;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === null || b === null) throw operandFault(op, left, right);
  const result = calculated(op, a, b);
  const staysWhole = op !== '/' && !(op === '**' && b < 0);
  if (staysWhole && isWhole(left) && isWhole(right)) return intValue(result);
  if (!Number.isFinite(result)) throw new TemplateFault('number-range', op);
  return new PythonFloat(result);
}
