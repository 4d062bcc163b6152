const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,5})?$/;

/** Longest text that is tried as a number. Characters; a double needs 24, Python's `Decimal` of a board rarely 40. */
const MAX_DECIMAL_CHARS = 64;

/**
 * The number a text says in decimal form ("20.9", "-1e3"), white space around it allowed. Null for all else: hex, "NaN",
 * "20,9", an empty text. Infinity for what is too large for a double ("1e400"): the caller decides.
 */
export function decimalOf(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DECIMAL_CHARS || !DECIMAL.test(trimmed)) return null;
  return Number(trimmed);
}
