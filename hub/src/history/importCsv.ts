import { BadRecord, createCsvReader } from './csvReader.ts';
import { isPlausible, readTime } from './importTime.ts';
import { readValue } from './importValue.ts';

/** Longest name of a source; what goes to an entity is named by it (`ImportStart`). */
export const MAX_SOURCE_NAME = 255;

/** Longest unit that is shown, characters. */
const MAX_UNIT = 64;

/** Names of columns as programs write them, lower case. The first that a header has is taken. */
const COLUMNS = {
  time: [
    'time',
    'last_changed',
    'last_updated',
    'timestamp',
    'datetime',
    'date',
    'time_utc',
    'when',
    'ts',
    't',
  ],
  value: ['value', 'state', 'reading', 'v'],
  source: ['entity_id', 'entity', 'series', 'sensor', 'source', 'id', 'name', 'device'],
  unit: ['unit', 'unit_of_measurement'],
} as const;

/** Where each thing stands in a record. */
export type CsvColumns = {
  readonly time: number;
  readonly value: number;
  /** −1: the file holds one series. */
  readonly source: number;
  /** −1: nobody says. */
  readonly unit: number;
  /** Fields that every record has. */
  readonly width: number;
};

/** @returns null: it names no time or no value */
export function readHeader(fields: readonly string[]): CsvColumns | null {
  const names = fields.map((field) => field.trim().toLowerCase());
  const find = (known: readonly string[]) =>
    known.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const columns = {
    time: find(COLUMNS.time),
    value: find(COLUMNS.value),
    source: find(COLUMNS.source),
    unit: find(COLUMNS.unit),
    width: fields.length,
  };
  return columns.time < 0 || columns.value < 0 ? null : columns;
}

/** A header that names no time or no value. */
export class BadHeader extends Error {}

/** One row of a file; `v` null: it is no value. */
export type OnRow = (source: string, t: number, v: number | null, unit: string | null) => void;

/**
 * Reads a whole CSV file, piece by piece: our own export, Home Assistant's export of a history, and what names its
 * columns like them.
 * @param name the source when the file names none
 * @param now epoch ms UTC: what is much younger cannot be true
 * @throws BadHeader, BadRecord from `push` and `end`
 */
export function createCsvImport(name: string, now: number, onRow: OnRow) {
  let columns: CsvColumns | null = null;
  let seen = false;

  function takeRow(at: CsvColumns, fields: readonly string[], line: number): void {
    const field = (index: number) => fields[index]?.trim() ?? '';
    const t = readTime(field(at.time));
    const source = at.source < 0 ? name : field(at.source);
    const isNamed = source !== '' && source.length <= MAX_SOURCE_NAME;
    if (fields.length !== at.width || !isNamed || t === null || !isPlausible(t, now))
      throw new BadRecord(line);
    const unit = field(at.unit).slice(0, MAX_UNIT);
    onRow(source, t, readValue(field(at.value)), unit === '' ? null : unit);
  }

  const reader = createCsvReader(null, (fields, line) => {
    if (columns !== null) return takeRow(columns, fields, line);
    columns = readHeader(fields);
    if (columns === null) throw new BadHeader();
  });

  return {
    push(text: string): void {
      // Spreadsheets begin a file with a byte order mark.
      reader.push(!seen && text.startsWith('\uFEFF') ? text.slice(1) : text);
      seen ||= text !== '';
    },
    end(): void {
      reader.end();
      if (columns === null) throw new BadHeader();
    },
  };
}
