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
