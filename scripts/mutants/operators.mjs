// What a careless hand could change: every mutant of one source file, one change each.
import ts from 'typescript';

const { SyntaxKind: Kind } = ts;

const BINARY = new Map([
  [Kind.LessThanToken, ['<=', '>=']],
  [Kind.LessThanEqualsToken, ['<', '>']],
  [Kind.GreaterThanToken, ['>=', '<=']],
  [Kind.GreaterThanEqualsToken, ['>', '<']],
  [Kind.EqualsEqualsEqualsToken, ['!==']],
  [Kind.ExclamationEqualsEqualsToken, ['===']],
  [Kind.PlusToken, ['-']],
  [Kind.MinusToken, ['+']],
  [Kind.AsteriskToken, ['/']],
  [Kind.SlashToken, ['*']],
  [Kind.AsteriskAsteriskToken, ['*']],
  [Kind.PercentToken, ['*']],
  [Kind.AmpersandAmpersandToken, ['||']],
  [Kind.BarBarToken, ['&&']],
  [Kind.QuestionQuestionToken, ['&&']],
  [Kind.PlusEqualsToken, ['-=']],
  [Kind.MinusEqualsToken, ['+=']],
]);

const NAMES = new Map([
  ['max', 'min'],
  ['min', 'max'],
  ['some', 'every'],
  ['every', 'some'],
]);

const WORDS = new Map([
  ['below', 'atMost'],
  ['atMost', 'below'],
  ['above', 'atLeast'],
  ['atLeast', 'above'],
]);

/**
 * @returns mutants in the order of the text: `{ line, start, end, from, to, operator }`, where the text from start to end becomes `to`
 */
export function mutantsOf(text) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, operator, to) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ line, start, end: node.end, from: node.getText(source), to, operator });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node)) return;
    mutate(node, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The text with that mutant in it. */
export const withMutant = (text, { start, end, to }) => text.slice(0, start) + to + text.slice(end);

function mutate(node, add) {
  if (ts.isBinaryExpression(node)) return mutateBinary(node, add);
  if (ts.isNumericLiteral(node)) return mutateNumber(node, add);
  if (ts.isStringLiteral(node) && WORDS.has(node.text)) return add(node, 'word', `'${WORDS.get(node.text)}'`);
  if (node.kind === Kind.TrueKeyword) return add(node, 'boolean', 'false');
  if (node.kind === Kind.FalseKeyword) return add(node, 'boolean', 'true');
  if (ts.isPrefixUnaryExpression(node)) return mutateUnary(node, add);
  if (ts.isExpressionStatement(node)) return add(node, 'statement', ';');
  if (ts.isPropertyAccessExpression(node) && NAMES.has(node.name.text))
    return add(node.name, 'method', NAMES.get(node.name.text));
  return mutateBranch(node, add);
}

function mutateBranch(node, add) {
  if (ts.isWhileStatement(node)) return add(node.expression, 'condition', 'false');
  const condition = ts.isConditionalExpression(node)
    ? node.condition
    : ts.isIfStatement(node)
      ? node.expression
      : null;
  if (condition === null) return;
  add(condition, 'condition', 'true');
  add(condition, 'condition', 'false');
}

function mutateBinary({ left, right, operatorToken }, add) {
  const joins = operatorToken.kind === Kind.PlusToken && [left, right].some(ts.isStringLiteralLike);
  if (joins) return;
  for (const to of BINARY.get(operatorToken.kind) ?? []) add(operatorToken, 'operator', to);
}

/** Whole figures by one, others by a tenth. */
function mutateNumber(node, add) {
  const figure = Number(node.text);
  const by = Number.isInteger(figure) ? 1 : figure / 10;
  for (const to of [figure + by, figure - by]) add(node, 'figure', `(${to})`);
}

function mutateUnary(node, add) {
  const { operator, operand } = node;
  if (operator === Kind.ExclamationToken || operator === Kind.MinusToken)
    add(node, 'operator', `(${operand.getText()})`);
}
