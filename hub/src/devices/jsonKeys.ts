/** Brackets, and strings with the colon that makes a key of them. */
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g;

/**
 * The first key in valid JSON that stands twice in one object, or is `__proto__`; null: there is none. Who writes a key
 * twice leaves it to the reader which value counts: no alarm may hang on that (safety.md F-11).
 */
export function oddKeyIn(text: string): string | null {
  const open: Set<string>[] = [];
  for (const [token, string, colon] of text.matchAll(TOKENS)) {
    if (string === undefined) follow(open, token);
    else if (colon !== undefined && isOdd(open.at(-1), keyOf(string))) return keyOf(string);
  }
  return null;
}

function follow(open: Set<string>[], bracket: string): void {
  if (bracket === '{' || bracket === '[') open.push(new Set());
  else open.pop();
}

/** Whether the key may not stand here; one that may is remembered. */
function isOdd(keys: Set<string> | undefined, key: string): boolean {
  if (key === '__proto__' || keys?.has(key)) return true;
  keys?.add(key);
  return false;
}

/** The key as the parser reads it: "\u0061" is "a". */
const keyOf = (quoted: string): string =>
  quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);

/**
 * False: no key stands twice and none is odd, found out at a fraction of the cost. A key that stands twice makes one colon
 * more in the text than there are keys in the value; escapes and the name itself are left to the one who looks closely.
 * @param value what `text` says
 */
export const mayHaveOddKey = (text: string, value: object): boolean =>
  text.includes('\\') || text.includes('__proto__') || colonsIn(text) !== keysIn(value);

const QUOTE = 0x22;
const COLON = 0x3a;

/** Colons outside of strings, in a text without escapes. */
function colonsIn(text: string): number {
  let colons = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COLON) colons += 1;
    else if (code === QUOTE) at = text.indexOf('"', at + 1);
  }
  return colons;
}

/** Keys of an object and of all within it. */
function keysIn(value: object): number {
  const inner: unknown[] = Object.values(value);
  let keys = Array.isArray(value) ? 0 : inner.length;
  for (const each of inner) if (typeof each === 'object' && each !== null) keys += keysIn(each);
  return keys;
}
