import { Unsupported } from './templateBudget.ts';
import { TokenCursor } from './templateCursor.ts';
import { parseExpression } from './templateExpression.ts';
import { lexTemplate } from './templateLexer.ts';
import type { Expression, Piece } from './templateTree.ts';

/** Statements that end the body of an `if`. */
const BODY_ENDS: readonly string[] = ['elif', 'else', 'endif'];

/** Parses a template. Throws `Unsupported` with the construct that is not in our subset. */
export function parseTemplate(source: string): readonly Piece[] {
  const { pieces, end } = parseBody(new TokenCursor(lexTemplate(source)));
  if (end !== null) throw new Unsupported(`"${end}" without "if"`);
  return pieces;
}

/** Pieces up to the end of the source (`end` null) or up to the word of a statement that ends a body. */
function parseBody(cursor: TokenCursor): { pieces: Piece[]; end: string | null } {
  const pieces: Piece[] = [];
  while (!cursor.is('end')) {
    if (cursor.is('text')) pieces.push({ kind: 'text', text: cursor.next().text });
    else if (cursor.skip('open', '{{')) {
      pieces.push({ kind: 'output', of: parseExpression(cursor) });
      cursor.expect('close');
    } else {
      cursor.expect('open', '{%');
      const word = cursor.expect('name').text;
      if (BODY_ENDS.includes(word)) return { pieces, end: word };
      if (word !== 'if') throw new Unsupported(`statement "${word.slice(0, 40)}"`);
      pieces.push(cursor.nested(() => parseIf(cursor)));
    }
  }
  return { pieces, end: null };
}

function parseIf(cursor: TokenCursor): Piece {
  const branches: { test: Expression | null; body: Piece[] }[] = [];
  let test: Expression | null = parseExpression(cursor);
  for (;;) {
    cursor.expect('close');
    const { pieces, end } = parseBody(cursor);
    branches.push({ test, body: pieces });
    if (end === null) throw new Unsupported('an "if" without "endif"');
    if (end === 'endif') break;
    if (test === null) throw new Unsupported(`"${end}" after "else"`);
    test = end === 'elif' ? parseExpression(cursor) : null;
  }
  cursor.expect('close');
  return { kind: 'if', branches };
}
