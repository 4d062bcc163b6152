import { MAX_DEPTH, Unsupported } from './templateBudget.ts';
import type { Token } from './templateLexer.ts';

/** A place in the tokens of one template, and how deep the parser stands there. */
export class TokenCursor {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** The token `ahead` places further; the end token beyond the last one. */
  peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? { kind: 'end', text: 'the end' };
  }

  next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  is(kind: Token['kind'], text?: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === kind && (text === undefined || token.text === text);
  }

  /** Takes the token if it is that one. */
  skip(kind: Token['kind'], text: string): boolean {
    if (!this.is(kind, text)) return false;
    this.at += 1;
    return true;
  }

  expect(kind: Token['kind'], text?: string): Token {
    if (!this.is(kind, text)) throw this.unexpected();
    return this.next();
  }

  unexpected(): Unsupported {
    return new Unsupported(`unexpected "${this.peek().text.slice(0, 40)}"`);
  }

  /** Runs a part of the parser one level deeper. */
  nested<T>(parse: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Unsupported(`nesting deeper than ${MAX_DEPTH}`);
    const value = parse();
    this.depth -= 1;
    return value;
  }
}
