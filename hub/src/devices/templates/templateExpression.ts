import { Unsupported } from './templateBudget.ts';
import type { TokenCursor } from './templateCursor.ts';
import { FILTERS, GET } from './templateFilters.ts';
import { TESTS } from './templateTests.ts';
import type { BinaryOperator, CompareOperator, Expression } from './templateTree.ts';
import { PythonFloat } from './templateValue.ts';

const CONSTANTS: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=']);
/** Functions of Home Assistant that are the filter of the same name: `float(x, 0)` is `x | float(0)`. */
const FUNCTIONS: ReadonlySet<string> = new Set(['float', 'int', 'bool', 'iif']);
const KEYWORDS: ReadonlySet<string> = new Set([
  'if',
  'else',
  'elif',
  'endif',
  'and',
  'or',
  'not',
  'in',
  'is',
]);

/** Parses one expression with Jinja's precedences: if-else, or, and, not, comparison, + -, ~, * / // %, **, unary, filter. */
export function parseExpression(cursor: TokenCursor): Expression {
  return cursor.nested(() => {
    let then = parseOr(cursor);
    while (cursor.skip('name', 'if')) {
      const test = parseOr(cursor);
      const otherwise = cursor.skip('name', 'else') ? parseExpression(cursor) : null;
      then = { kind: 'choose', test, then, otherwise };
    }
    return then;
  });
}

function parseOr(cursor: TokenCursor): Expression {
  let left = parseAnd(cursor);
  while (cursor.skip('name', 'or')) left = { kind: 'or', left, right: parseAnd(cursor) };
  return left;
}

function parseAnd(cursor: TokenCursor): Expression {
  let left = parseNot(cursor);
  while (cursor.skip('name', 'and')) left = { kind: 'and', left, right: parseNot(cursor) };
  return left;
}

function parseNot(cursor: TokenCursor): Expression {
  if (!cursor.skip('name', 'not')) return parseComparison(cursor);
  return { kind: 'not', of: cursor.nested(() => parseNot(cursor)) };
}

function comparisonAt(cursor: TokenCursor): CompareOperator | null {
  if (cursor.is('op') && COMPARISONS.has(cursor.peek().text)) return cursor.next().text as CompareOperator;
  if (cursor.skip('name', 'in')) return 'in';
  if (!cursor.is('name', 'not') || !cursor.is('name', 'in', 1)) return null;
  cursor.next();
  cursor.next();
  return 'not in';
}

function parseComparison(cursor: TokenCursor): Expression {
  const first = parseBinary(cursor, 0);
  const rest: { op: CompareOperator; right: Expression }[] = [];
  for (let op = comparisonAt(cursor); op !== null; op = comparisonAt(cursor)) {
    rest.push({ op, right: parseBinary(cursor, 0) });
  }
  return rest.length === 0 ? first : { kind: 'compare', first, rest };
}

const LEVELS: readonly (readonly BinaryOperator[])[] = [['+', '-'], ['~'], ['*', '/', '//', '%'], ['**']];

function parseBinary(cursor: TokenCursor, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(cursor, true);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const op = operators.find((each) => cursor.skip('op', each));
    if (op === undefined) return left;
    left = { kind: 'binary', op, left, right: parseBinary(cursor, level + 1) };
  }
}

function parseUnary(cursor: TokenCursor, withFilters: boolean): Expression {
  const sign = cursor.is('op', '-') ? 'negate' : cursor.is('op', '+') ? 'plus' : null;
  let value: Expression;
  if (sign === null) value = parsePrimary(cursor);
  else {
    cursor.next();
    value = { kind: sign, of: cursor.nested(() => parseUnary(cursor, false)) };
  }
  value = parseMembers(cursor, value);
  return withFilters ? parseFilters(cursor, value) : value;
}

function parsePrimary(cursor: TokenCursor): Expression {
  const token = cursor.peek();
  switch (token.kind) {
    case 'name':
      return parseName(cursor);
    case 'string':
      return { kind: 'literal', value: joinedStrings(cursor) };
    case 'int':
    case 'float':
      return { kind: 'literal', value: numberLiteral(cursor) };
    case 'op':
      return parseBracket(cursor);
    default:
      throw cursor.unexpected();
  }
}

/** Adjacent strings are one, as in Python. */
function joinedStrings(cursor: TokenCursor): string {
  let text = '';
  while (cursor.is('string')) text += cursor.next().text;
  return text;
}

function parseName(cursor: TokenCursor): Expression {
  const name = cursor.peek().text;
  if (KEYWORDS.has(name)) throw cursor.unexpected();
  cursor.next();
  if (Object.hasOwn(CONSTANTS, name)) return { kind: 'literal', value: CONSTANTS[name] };
  if (!cursor.is('op', '(')) return { kind: 'name', name };
  if (!FUNCTIONS.has(name)) throw new Unsupported(`function "${name.slice(0, 40)}"`);
  cursor.next();
  const of = parseExpression(cursor);
  if (!cursor.is('op', ')')) cursor.expect('op', ',');
  return { kind: 'filter', name, of, args: parseArguments(cursor, name) };
}

function numberLiteral(cursor: TokenCursor): unknown {
  const token = cursor.next();
  const value = Number(token.text);
  if (token.kind === 'int' && Number.isSafeInteger(value)) return value;
  if (token.kind === 'int' || !Number.isFinite(value)) throw new Unsupported('a number that large');
  return new PythonFloat(value);
}

function parseBracket(cursor: TokenCursor): Expression {
  if (cursor.skip('op', '[')) return { kind: 'list', items: parseItems(cursor, ']') };
  if (cursor.skip('op', '{')) return parseDict(cursor);
  if (!cursor.skip('op', '(')) throw cursor.unexpected();
  if (cursor.skip('op', ')')) return { kind: 'list', items: [] };
  const first = parseExpression(cursor);
  if (cursor.skip('op', ')')) return first;
  cursor.expect('op', ',');
  return { kind: 'list', items: [first, ...parseItems(cursor, ')')] };
}

/** Items up to the closing bracket, which is taken; a comma before it is allowed. */
function parseItems(cursor: TokenCursor, closing: string): Expression[] {
  const items: Expression[] = [];
  while (!cursor.skip('op', closing)) {
    items.push(parseExpression(cursor));
    if (!cursor.is('op', closing)) cursor.expect('op', ',');
  }
  return items;
}

function parseDict(cursor: TokenCursor): Expression {
  const entries: [Expression, Expression][] = [];
  while (!cursor.skip('op', '}')) {
    const key = parseExpression(cursor);
    cursor.expect('op', ':');
    entries.push([key, parseExpression(cursor)]);
    if (!cursor.is('op', '}')) cursor.expect('op', ',');
  }
  return { kind: 'dict', entries };
}

function parseMembers(cursor: TokenCursor, start: Expression): Expression {
  let value = start;
  for (;;) {
    if (cursor.skip('op', '.')) value = parseAttribute(cursor, value);
    else if (cursor.skip('op', '[')) value = parseSubscript(cursor, value);
    else if (cursor.is('op', '(')) throw new Unsupported('a call of a value');
    else return value;
  }
}

/** After the bracket: one item, or those from here to there. */
function parseSubscript(cursor: TokenCursor, of: Expression): Expression {
  const from = cursor.is('op', ':') ? null : parseExpression(cursor);
  if (from !== null && cursor.skip('op', ']')) return { kind: 'member', of, key: from };
  cursor.expect('op', ':');
  const to = cursor.is('op', ']') ? null : parseExpression(cursor);
  cursor.expect('op', ']');
  return { kind: 'slice', of, from, to };
}

function parseAttribute(cursor: TokenCursor, of: Expression): Expression {
  const token = cursor.is('int') ? cursor.next() : cursor.expect('name');
  // The one method: it looks a key up, as brackets do, and has an answer where there is none.
  if (token.text === 'get' && cursor.skip('op', '(')) {
    return { kind: 'filter', name: GET, of, args: parseArguments(cursor, GET) };
  }
  if (cursor.is('op', '(')) throw new Unsupported(`method call "${token.text.slice(0, 40)}"`);
  const value = token.kind === 'int' ? Number(token.text) : token.text;
  return { kind: 'member', of, key: { kind: 'literal', value } };
}

function parseFilters(cursor: TokenCursor, start: Expression): Expression {
  let value = start;
  for (;;) {
    if (cursor.skip('op', '|')) value = parseFilter(cursor, value);
    else if (cursor.skip('name', 'is')) value = parseTest(cursor, value);
    else return value;
  }
}

function parseFilter(cursor: TokenCursor, of: Expression): Expression {
  const name = cursor.expect('name').text;
  if (!FILTERS.has(name)) throw new Unsupported(`filter "${name.slice(0, 40)}"`);
  const args = cursor.skip('op', '(') ? parseArguments(cursor, name) : [];
  return { kind: 'filter', name, of, args };
}

function parseTest(cursor: TokenCursor, of: Expression): Expression {
  const negated = cursor.skip('name', 'not');
  const name = cursor.expect('name').text;
  if (!TESTS.has(name)) throw new Unsupported(`test "${name.slice(0, 40)}"`);
  return { kind: 'test', name, of, negated };
}

/** Arguments up to ")", put into the slots of the filter's parameters. */
function parseArguments(cursor: TokenCursor, name: string): (Expression | null)[] {
  const parameters = FILTERS.get(name)?.parameters ?? [];
  const slots: (Expression | null)[] = parameters.map(() => null);
  for (let position = 0; !cursor.skip('op', ')'); position += 1) {
    let slot = position;
    if (cursor.is('name') && cursor.is('op', '=', 1)) {
      slot = parameters.indexOf(cursor.next().text);
      cursor.next();
    }
    if (slots[slot] !== null) throw new Unsupported(`argument of filter "${name}"`);
    slots[slot] = parseExpression(cursor);
    if (!cursor.is('op', ')')) cursor.expect('op', ',');
  }
  return slots;
}
