import type { Millis } from '../shared/time.ts';

/** First line of every file. */
export const CSV_HEADER = 'time,value,unit\r\n';

/** A text as one field. One that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param unit as `csvText` made it */
export const csvLine = (utc: Millis, value: number, unit: string): string =>
  `${new Date(utc).toISOString()},${value},${unit}\r\n`;

/** A name under which any system can save the file. */
export function csvName(entity: string): string {
  const plain = entity.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
  return `homeward-${plain.slice(0, 100) || 'history'}.csv`;
}
