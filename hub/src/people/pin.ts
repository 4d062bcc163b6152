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
