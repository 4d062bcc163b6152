import { type Budget, MAX_RESULT_CHARS, TemplateFault } from './templateBudget.ts';
import { FILTERS } from './templateFilters.ts';
import { arithmetic, intValue, operandFault } from './templateNumber.ts';
import { TESTS } from './templateTests.ts';
import { textOf } from './templateText.ts';
import type { BinaryOperator, CompareOperator, Expression, Piece } from './templateTree.ts';
import { Dict, isEqual, isTrue, kindOf, memberOf, numberOf, ownValue, PythonFloat } from './templateValue.ts';

/** Variables of one rendering and what it may still spend. */
export type Run = { readonly variables: object; readonly budget: Budget };

/** Renders the pieces of a template. Throws `TemplateFault`. */
export function renderPieces(pieces: readonly Piece[], run: Run): string {
  let text = '';
  for (const piece of pieces) {
    text += renderPiece(piece, run);
    if (text.length > MAX_RESULT_CHARS) throw new TemplateFault('too-large');
  }
  return text;
}

function renderPiece(piece: Piece, run: Run): string {
  run.budget.spend(1);
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'output') return textOf(evaluate(piece.of, run), run.budget);
  const branch = piece.branches.find(({ test }) => test === null || isTrue(evaluate(test, run), run.budget));
  return branch === undefined ? '' : renderPieces(branch.body, run);
}

function evaluate(of: Expression, run: Run): unknown {
  run.budget.spend(1);
  switch (of.kind) {
    case 'literal':
      return of.value;
    case 'name':
      return ownValue(run.variables, of.name);
    case 'list':
      return of.items.map((each) => evaluate(each, run));
    case 'dict':
      return dictOf(of.entries, run);
    case 'member':
      return memberOf(evaluate(of.of, run), evaluate(of.key, run));
    case 'slice':
      return sliced(of, run);
    case 'filter':
      return filtered(of, run);
    case 'test':
      return (TESTS.get(of.name)?.(evaluate(of.of, run)) ?? false) !== of.negated;
    case 'compare':
      return compared(of, run);
    case 'choose':
      return chosen(of, run);
    default:
      return operated(of, run);
  }
}

type Operation = Extract<Expression, { kind: 'not' | 'negate' | 'plus' | 'and' | 'or' | 'binary' }>;

function operated(of: Operation, run: Run): unknown {
  switch (of.kind) {
    case 'not':
      return !isTrue(evaluate(of.of, run), run.budget);
    case 'negate':
    case 'plus':
      return signed(evaluate(of.of, run), of.kind === 'negate');
    case 'binary':
      return combined(of.op, evaluate(of.left, run), evaluate(of.right, run), run.budget);
    default: {
      const left = evaluate(of.left, run);
      return isTrue(left, run.budget) === (of.kind === 'and') ? evaluate(of.right, run) : left;
    }
  }
}

function combined(op: BinaryOperator, left: unknown, right: unknown, budget: Budget): unknown {
  if (op !== '~') return arithmetic(op, left, right, budget);
  const text = textOf(left, budget) + textOf(right, budget);
  budget.text(text.length);
  return text;
}

function signed(value: unknown, negative: boolean): unknown {
  const number = numberOf(value);
  if (number === null) throw operandFault('sign', value);
  const result = negative ? -number : number;
  return kindOf(value) === 'float' ? new PythonFloat(result) : intValue(result);
}

function dictOf(entries: readonly (readonly [Expression, Expression])[], run: Run): Dict {
  const dict = new Dict();
  for (const [key, value] of entries) dict.set(evaluate(key, run), evaluate(value, run));
  return dict;
}

/** Python's slice of a text or a list, without a step. */
function sliced(of: Extract<Expression, { kind: 'slice' }>, run: Run): unknown {
  const value = evaluate(of.of, run);
  const [from, to] = [of.from, of.to].map((each) => (each === null ? undefined : evaluate(each, run)));
  const kind = kindOf(value);
  if (kind !== 'string' && kind !== 'list') throw operandFault('slice', value);
  if (![from, to].every((end) => end === undefined || kindOf(end) === 'int'))
    throw operandFault('slice', from);
  return (value as string | readonly unknown[]).slice(numberOf(from) ?? 0, numberOf(to) ?? undefined);
}

function filtered(of: Extract<Expression, { kind: 'filter' }>, run: Run): unknown {
  const value = evaluate(of.of, run);
  const args = of.args.map((each) => (each === null ? undefined : evaluate(each, run)));
  return FILTERS.get(of.name)?.apply(value, args, run.budget);
}

function chosen(of: Extract<Expression, { kind: 'choose' }>, run: Run): unknown {
  if (isTrue(evaluate(of.test, run), run.budget)) return evaluate(of.then, run);
  return of.otherwise === null ? undefined : evaluate(of.otherwise, run);
}

function compared(of: Extract<Expression, { kind: 'compare' }>, run: Run): boolean {
  let left = evaluate(of.first, run);
  for (const { op, right: expression } of of.rest) {
    const right = evaluate(expression, run);
    if (!holds(op, left, right, run.budget)) return false;
    left = right;
  }
  return true;
}

function holds(op: CompareOperator, left: unknown, right: unknown, budget: Budget): boolean {
  switch (op) {
    case '==':
      return isEqual(left, right, budget);
    case '!=':
      return !isEqual(left, right, budget);
    case 'in':
      return isIn(left, right, budget);
    case 'not in':
      return !isIn(left, right, budget);
    default:
      return isOrdered(op, left, right, budget);
  }
}

type Order = '<' | '>' | '<=' | '>=';

function isOrdered(op: Order, left: unknown, right: unknown, budget: Budget): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    budget.text(Math.min(left.length, right.length));
    return ordered(op, left, right);
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === null || b === null) throw operandFault(op, left, right);
  return ordered(op, a, b);
}

function ordered<T extends string | number>(op: Order, a: T, b: T): boolean {
  if (op === '<') return a < b;
  if (op === '>') return a > b;
  return op === '<=' ? a <= b : a >= b;
}

function isIn(item: unknown, group: unknown, budget: Budget): boolean {
  if (Array.isArray(group)) return group.some((each) => isEqual(item, each, budget));
  if (group instanceof Dict) return group.has(item);
  if (typeof group === 'string' && typeof item === 'string') {
    budget.text(group.length);
    return group.includes(item);
  }
  if (kindOf(group) === 'map') return ownValue(group, item) !== undefined;
  if (kindOf(group) === 'undefined') return false;
  throw new TemplateFault('wrong-type', 'in');
}
