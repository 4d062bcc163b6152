const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Longest text that can be a value. */
export const MAX_VALUE_TEXT = 64;

/**
 * A state as files write it: a decimal number, or on and off (1 and 0). Everything else, "unknown" and "unavailable"
 * among it, is no value.
 */
export function readValue(text: string): number | null {
  if (text.length > MAX_VALUE_TEXT) return null;
  const word = text.trim();
  if (DECIMAL.test(word)) {
    const value = Number(word);
    return Number.isFinite(value) ? value : null;
  }
  switch (word.toLowerCase()) {
    case 'on':
    case 'true':
      return 1;
    case 'off':
    case 'false':
      return 0;
    default:
      return null;
  }
}
