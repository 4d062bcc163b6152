/** Lines and crosses on a keypad, and counting in pairs: what people type who take no PIN seriously. */
const COMMON: ReadonlySet<string> = new Set(
  '147258 147852 258369 258147 369258 159753 753159 159357 357159 789456 102030 112233 332211 121314 123321 100000 123654 696969'.split(
    ' ',
  ),
);

/** Whether each digit is the one before plus `by`, over the end of the dial. */
function isRun(pin: string, by: 1 | 9): boolean {
  return [...pin].every((digit, at) => at === 0 || Number(digit) === (Number(pin[at - 1]) + by) % 10);
}

/**
 * Whether a PIN is among the first that somebody would try: repeats (111111, 123123), runs up or down (456789,
 * 321098), a year of birth at its beginning or end (199012), keypad lines. Source: safety.md ACC-5.
 * @param pin 6 to 12 digits
 */
export function isGuessablePin(pin: string): boolean {
  if (/^(\d+?)\1+$/.test(pin) || COMMON.has(pin)) return true;
  if (isRun(pin, 1) || isRun(pin, 9)) return true;
  // In a longer one four digits of twelve leave 10^8 others: that is no guess.
  return pin.length <= 8 && /^(?:19|20)\d\d|(?:19|20)\d\d$/.test(pin);
}

/**
 * Whether two PINs could be taken for each other by one slip: a digit wrong, missing or too many, or two swapped. A duress
 * PIN must not be typed by mistake, nor missed by one.
 */
export function isOneSlipApart(a: string, b: string): boolean {
  if (a === b || isSwap(a, b)) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

function isSwap(a: string, b: string): boolean {
  const at = [...a].findIndex((digit, n) => digit !== b[n]);
  if (at < 0 || a.length !== b.length) return false;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
