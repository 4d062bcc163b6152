import { Unsupported } from './templateBudget.ts';

/** `open` and `close` are the delimiters: `text` is "{{" for output and "{%" for a statement. */
export type Token = {
  readonly kind: 'text' | 'open' | 'close' | 'name' | 'string' | 'int' | 'float' | 'op' | 'end';
  readonly text: string;
};

const OPEN = /\{[{%#]/g;
const SPACE = /\s+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const INT = /\d+/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y;
const OPERATOR = /\*\*|\/\/|==|!=|<=|>=|[-+*/%~|.,:()[\]{}<>=]/y;
const OUTPUT_END = /-?\}\}/y;
const STATEMENT_END = /[-+]?%\}/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\n|([\s\S]))/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function unescaped(raw: string): string {
  return raw.replace(ESCAPE, (whole, unicode?: string, hex?: string, short?: string) => {
    const code = unicode ?? hex;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (short === undefined) return '';
    return Object.hasOwn(SHORT_ESCAPES, short) ? (SHORT_ESCAPES[short] ?? whole) : whole;
  });
}

/** Walks over the source once. Made for one template. */
class Lexer {
  private readonly source: string;
  private readonly tokens: Token[] = [];
  private at = 0;
  private trimNext = false;
  private open: string[] = [];

  constructor(source: string) {
    this.source = source;
  }

  run(): readonly Token[] {
    while (this.at < this.source.length) {
      OPEN.lastIndex = this.at;
      const start = OPEN.exec(this.source)?.index ?? this.source.length;
      this.literal(start);
      if (start < this.source.length) this.delimited(this.source.slice(start, start + 2));
    }
    this.tokens.push({ kind: 'end', text: 'the end' });
    return this.tokens;
  }

  private literal(end: number): void {
    let text = this.source.slice(this.at, end);
    if (this.trimNext) text = text.trimStart();
    if (this.source[end + 2] === '-') text = text.trimEnd();
    if (text !== '') this.tokens.push({ kind: 'text', text });
    this.trimNext = false;
    this.at = end;
  }

  private delimited(delimiter: string): void {
    this.at += 2;
    if (delimiter === '{#') {
      this.comment();
      return;
    }
    if (/[-+]/.test(this.source[this.at] ?? '') && !this.isSign(delimiter)) this.at += 1;
    this.tokens.push({ kind: 'open', text: delimiter });
    const end = delimiter === '{{' ? OUTPUT_END : STATEMENT_END;
    while (!this.closed(end)) this.token(delimiter);
  }

  /** `{{ +1 }}` has a space before its sign, `{{-` and `{%+` have none; `{{+` is a sign. */
  private isSign(delimiter: string): boolean {
    return delimiter === '{{' && this.source[this.at] === '+';
  }

  private comment(): void {
    const end = this.source.indexOf('#}', this.at);
    if (end < 0) throw new Unsupported('a comment that does not end');
    this.trimNext = this.source[end - 1] === '-';
    this.at = end + 2;
  }

  private closed(end: RegExp): boolean {
    this.take(SPACE);
    if (this.open.length > 0) return false;
    const text = this.take(end);
    if (text === null) return false;
    this.trimNext = text.startsWith('-');
    this.tokens.push({ kind: 'close', text });
    return true;
  }

  private token(delimiter: string): void {
    if (this.at >= this.source.length) throw new Unsupported(`${delimiter} that does not end`);
    const afterDot = this.tokens.at(-1)?.text === '.' && this.tokens.at(-1)?.kind === 'op';
    const token = this.word() ?? this.number(afterDot) ?? this.string() ?? this.operator();
    this.tokens.push(token);
  }

  private word(): Token | null {
    const text = this.take(NAME);
    return text === null ? null : { kind: 'name', text };
  }

  private number(afterDot: boolean): Token | null {
    const text = this.take(afterDot ? INT : NUMBER);
    return text === null ? null : { kind: /^\d+$/.test(text) ? 'int' : 'float', text };
  }

  private string(): Token | null {
    const text = this.take(STRING);
    return text === null ? null : { kind: 'string', text: unescaped(text.slice(1, -1)) };
  }

  private operator(): Token {
    const text = this.take(OPERATOR);
    if (text === null) throw new Unsupported(`character "${this.source[this.at]}"`);
    this.balance(text);
    return { kind: 'op', text };
  }

  /** Inside brackets "}}" ends two dicts, not the output. */
  private balance(operator: string): void {
    const closing = CLOSING[operator];
    if (closing !== undefined) this.open.push(closing);
    else if (')]}'.includes(operator) && this.open.pop() !== operator)
      throw new Unsupported(`unexpected "${operator}"`);
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.source)?.[0];
    if (text === undefined) return null;
    this.at += text.length;
    return text;
  }
}

/** Cuts a template into tokens, literal text included. Throws `Unsupported`. Linear in the length of the source. */
export function lexTemplate(source: string): readonly Token[] {
  return new Lexer(source).run();
}
