/** Longest record of a CSV file, characters. The widest export of a home has lines of some hundred. */
export const MAX_RECORD = 16_384;

/** Most fields of one record. */
export const MAX_FIELDS = 64;

/** A record that is none: an open quote, too long, too many fields. */
export class BadRecord extends Error {
  /** The line on which it begins, from 1. */
  readonly line: number;
  constructor(line: number) {
    super(`line ${line} cannot be read`);
    this.line = line;
  }
}

/** Takes the text of a CSV file piece by piece. @throws BadRecord from both; what was read before has been handed on */
export type CsvReader = {
  push(text: string): void;
  /** The file has ended; its last line needs no line break. */
  end(): void;
};

/** One record with the line on which it begins, from 1. Empty lines are none. */
export type OnRecord = (fields: readonly string[], line: number) => void;

/**
 * Reads CSV as RFC 4180 has it, with LF or CRLF. What stands between two separators is the field; a field that begins
 * with a quote ends with one, and may hold separators, line breaks and doubled quotes. Memory is bounded by the piece
 * that is pushed and one record.
 * @param separator one character; null: found out from the first line (the most frequent of `,` `;` and tab)
 */
export function createCsvReader(separator: string | null, onRecord: OnRecord): CsvReader {
  let mark = separator;
  let rest = '';
  let line = 1;

  function hand(text: string): void {
    if (text.length > MAX_RECORD) throw new BadRecord(line);
    const record = text.charCodeAt(text.length - 1) === CR ? text.slice(0, -1) : text;
    mark ??= separatorOf(record);
    if (record !== '') onRecord(fieldsOf(record, mark, line), line);
    line += record.includes('\n') ? record.split('\n').length : 1;
  }

  return {
    push(text) {
      const whole = rest === '' ? text : rest + text;
      const ends = createEnds(whole);
      let at = 0;
      for (let end = ends(at); end >= 0; end = ends(at)) {
        hand(whole.slice(at, end));
        at = end + 1;
      }
      rest = whole.slice(at);
      if (rest.length > MAX_RECORD) throw new BadRecord(line);
    },
    end() {
      if (rest.split(QUOTE).length % 2 === 0) throw new BadRecord(line);
      if (rest !== '') hand(rest);
      rest = '';
    },
  };
}

const CR = 13;
const QUOTE = '"';

/** Answers the index of the line break that ends the record which begins there; −1: not in this text. */
function createEnds(text: string): (from: number) => number {
  // Quotes are rare. The next one is looked up once, not for every line again.
  let quote = text.indexOf(QUOTE);
  return (from) => {
    let end = text.indexOf('\n', from);
    while (quote >= 0 && quote < end) {
      const closing = text.indexOf(QUOTE, quote + 1);
      if (closing < 0) return -1;
      if (closing > end) end = text.indexOf('\n', closing);
      quote = text.indexOf(QUOTE, closing + 1);
    }
    return end;
  };
}

function separatorOf(record: string): string {
  const count = (mark: string) => record.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function fieldsOf(record: string, mark: string, line: number): string[] {
  const fields = record.includes(QUOTE)
    ? quotedFields(record, mark, line)
    : record.split(mark, MAX_FIELDS + 1);
  if (fields.length > MAX_FIELDS) throw new BadRecord(line);
  return fields;
}

function quotedFields(record: string, mark: string, line: number): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const { field, end } = fieldAt(record, at, mark, line);
    fields.push(field);
    if (end >= record.length || fields.length > MAX_FIELDS) return fields;
    at = end + 1;
  }
}

/** The field that begins there, and the index of the separator behind it. */
function fieldAt(record: string, from: number, mark: string, line: number): { field: string; end: number } {
  if (record[from] !== QUOTE) {
    const next = record.indexOf(mark, from);
    const end = next < 0 ? record.length : next;
    return { field: record.slice(from, end), end };
  }
  let field = '';
  let at = from + 1;
  for (;;) {
    const closing = record.indexOf(QUOTE, at);
    if (closing < 0) throw new BadRecord(line);
    field += record.slice(at, closing);
    at = closing + 1;
    if (record[at] !== QUOTE) break;
    field += QUOTE;
    at += 1;
  }
  if (at < record.length && record[at] !== mark) throw new BadRecord(line);
  return { field, end: at };
}
