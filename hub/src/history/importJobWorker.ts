import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BadRecord } from './csvReader.ts';
import { pauseOf } from './fileWorker.ts';
import { BadHeader, createCsvImport, type OnRow } from './importCsv.ts';
import { createTally, type Failed, type Found, type ImportPlan, type Staged } from './importPlan.ts';
import { createStage, DiskFull } from './importStageWorker.ts';
import { MAX_SOURCES, openRecorder, type Recorder, TooManySources } from './recorderWorker.ts';
import type { ImportFailure } from './schema.ts';

/** What the thread is asked to do; everything a job needs, as plain values. */
export type ImportJob = {
  readonly file: string;
  /** The name that its owner gave it: a CSV file without a column for the source holds one series of that name. */
  readonly name: string;
  /** Epoch ms UTC. */
  readonly now: number;
  /** Null: look through it. Otherwise lay ready what the plan says. */
  readonly stage: { readonly file: string; readonly plan: ImportPlan; readonly reserveBytes: number } | null;
};

export type JobAnswer =
  | { readonly is: 'found'; readonly found: Found }
  | { readonly is: 'staged'; readonly staged: Staged }
  | ({ readonly is: 'failed' } & Failed);

/** What the thread of a job says: how far it is, 0..1, and at last its answer. */
export type FromImport = { readonly is: 'share'; readonly share: number } | JobAnswer;

/** A file that can be no import, with the reason. */
class Unfit extends Error {
  readonly failure: ImportFailure;
  constructor(failure: ImportFailure) {
    super(failure);
    this.failure = failure;
  }
}

/** Share of a recorder's work that goes to its states; the rest to its long-term statistics. */
const STATES_SHARE = 0.9;

/** Bytes that are read at a time. */
const PIECE = 65_536;

/**
 * Does one job from beginning to end, without letting go of its thread.
 * @param told how far it is, 0..1
 */
export function runImportJob(job: ImportJob, told: (share: number) => void): JobAnswer {
  try {
    const kind = kindOf(job.file);
    if (kind === null) throw new Unfit('not-readable');
    if (job.stage !== null) return { is: 'staged', staged: lay(job, job.stage, kind, told) };
    const found = { kind, sources: kind === 'csv' ? lookCsv(job, told) : lookRecorder(job, told) };
    if (found.sources.length === 0) throw new Unfit('no-rows');
    return { is: 'found', found };
  } catch (error) {
    return { is: 'failed', ...failureOf(error) };
  }
}

function failureOf(error: unknown): Failed {
  const line = error instanceof BadRecord ? error.line : null;
  return { failure: wordFor(error), line };
}

function wordFor(error: unknown): ImportFailure {
  if (error instanceof Unfit) return error.failure;
  if (error instanceof BadHeader) return 'bad-header';
  if (error instanceof BadRecord) return 'bad-row';
  if (error instanceof TooManySources) return 'too-large';
  const { code } = error as { code?: unknown };
  if (error instanceof DiskFull || pauseOf(error) === 'disk-full') return 'disk-full';
  if (typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB|ERROR|TOOBIG|IOERR|FORMAT)/.test(code))
    return 'damaged';
  throw error;
}

/** By its content, never by its name. Null: neither a database nor text. */
function kindOf(file: string): Found['kind'] | null {
  const head = Buffer.alloc(4_096);
  const { size, read } = readHead(file, head);
  const begin = head.subarray(0, read);
  if (begin.subarray(0, 16).equals(Buffer.from('SQLite format 3\0'))) {
    if (isTruncated(begin, size)) throw new Unfit('damaged');
    return 'home-assistant';
  }
  return begin.includes(0) || read === 0 ? null : 'csv';
}

function readHead(file: string, head: Buffer): { size: number; read: number } {
  const descriptor = openSync(file, 'r');
  try {
    return { size: fstatSync(descriptor).size, read: readSync(descriptor, head, 0, head.length, 0) };
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the header of a database says that there is more of it. Its own count is valid when two counters agree. */
function isTruncated(head: Buffer, size: number): boolean {
  if (head.length < 100) return true;
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const isValid = head.readUInt32BE(24) === head.readUInt32BE(92);
  return isValid && pageSize * head.readUInt32BE(28) > size;
}

function lookCsv(job: ImportJob, told: (share: number) => void): Found['sources'] {
  const tally = createTally(MAX_SOURCES, tooMany);
  readCsv(
    job,
    (source, t, v, unit) => {
      if (v === null) return;
      const tallied = tally.count(source, t);
      tallied.unit = unit ?? tallied.unit;
    },
    told,
  );
  return tally.found();
}

function tooMany(): never {
  throw new TooManySources();
}

/** Reads a text in UTF-8; one that is none, as old programs of Windows write it: only its units can suffer. */
function readCsv(job: ImportJob, onRow: OnRow, told: (share: number) => void): void {
  const encoding = isUtf8(job.file, (share) => told(share * 0.1)) ? 'utf-8' : 'windows-1252';
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const reader = createCsvImport(job.name.replace(/\.csv$/i, ''), job.now, onRow);
  for (const { piece, share } of piecesOf(job.file)) {
    reader.push(decoder.decode(piece, { stream: true }));
    told(0.1 + share * 0.9);
  }
  reader.push(decoder.decode());
  reader.end();
}

function isUtf8(file: string, told: (share: number) => void): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (const { piece, share } of piecesOf(file)) {
      decoder.decode(piece, { stream: true });
      told(share);
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function* piecesOf(file: string): Generator<{ piece: Buffer; share: number }> {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(PIECE);
    let at = 0;
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      at += read;
      yield { piece: buffer.subarray(0, read), share: Math.min(1, at / size) };
    }
  } finally {
    closeSync(descriptor);
  }
}

function withRecorder<T>(job: ImportJob, use: (recorder: Recorder) => T): T {
  const recorder = openRecorder(job.file, job.now);
  if (recorder === null) throw new Unfit('not-a-recorder');
  try {
    return use(recorder);
  } finally {
    recorder.close();
  }
}

function lookRecorder(job: ImportJob, told: (share: number) => void): Found['sources'] {
  return withRecorder(job, (recorder) => {
    const tally = createTally(MAX_SOURCES, tooMany);
    const lastRows = new Map<string, number>();
    recorder.states(
      (source, t, v, row) => {
        if (v === null) return;
        tally.count(source, t);
        lastRows.set(source, row);
      },
      (share) => told(share * STATES_SHARE),
    );
    const ofHours = recorder.wordsOfHours();
    recorder.hours(
      (source, t) => {
        tally.count(source, t).hourUnit = ofHours.get(source)?.unit ?? null;
      },
      (share) => told(STATES_SHARE + share * (1 - STATES_SHARE)),
    );
    return tally.found().map((found) => {
      const row = lastRows.get(found.source);
      const words = row === undefined ? null : recorder.wordsOfState(row);
      const hours = ofHours.get(found.source);
      return { ...found, name: words?.name ?? hours?.name ?? null, unit: words?.unit ?? found.hourUnit };
    });
  });
}

function lay(
  job: ImportJob,
  { file, plan, reserveBytes }: NonNullable<ImportJob['stage']>,
  kind: Found['kind'],
  told: (share: number) => void,
): Staged {
  const stage = createStage(file, plan, reserveBytes);
  try {
    if (kind === 'csv') readCsv(job, stage.reading, told);
    else
      withRecorder(job, (recorder) => {
        recorder.states(stage.reading, (share) => told(share * STATES_SHARE));
        recorder.hours(
          (source, t, { min, mean, max }) => stage.hour(source, t, { low: min, mean, high: max }),
          (share) => told(STATES_SHARE + share * (1 - STATES_SHARE)),
        );
      });
    return stage.finish();
  } catch (error) {
    stage.abandon();
    throw error;
  }
}
