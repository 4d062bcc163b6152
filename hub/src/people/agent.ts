/** What a browser tells of itself, as far as a person needs it to know a device again. */
export type Agent = { readonly browser: string | null; readonly system: string | null };

/** The first that fits counts: Edge and Opera call themselves Chrome too, and everybody calls themselves Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Longer than any honest one, characters; the rest is not looked at. */
const LONGEST_AGENT = 512;

const find = (list: readonly (readonly [RegExp, string])[], text: string): string | null =>
  list.find(([form]) => form.test(text))?.[1] ?? null;

/** Reads a `User-Agent` header. It proves nothing; it only helps somebody to tell their devices apart. */
export function readAgent(userAgent: string): Agent {
  const text = userAgent.slice(0, LONGEST_AGENT);
  return { browser: find(BROWSERS, text), system: find(SYSTEMS, text) };
}
