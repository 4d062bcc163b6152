import { randomUUID } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../shared/errors.ts';
import type { ImportFailure } from './schema.ts';

/** Largest file that is taken in, bytes. A recorder of ten years and many meters has some. */
export const MAX_IMPORT_BYTES = 8 * 1_024 ** 3;

/** Room that an upload and what is laid ready of it leave on the disk, bytes. */
export const IMPORT_RESERVE_BYTES = 500 * 1_000 ** 2;

/** Bytes between two looks at the room on the disk. */
const LOOK_EVERY = 16 * 1_024 ** 2;

const ID = /^[0-9a-f-]{36}$/;

/** A file that was not taken in. */
export class NotReceived extends Error {
  readonly failure: ImportFailure;
  constructor(failure: ImportFailure) {
    super(failure);
    this.failure = failure;
  }
}

/** An import that was being taken in when the program ended. */
type CutOff = {
  readonly id: string;
  readonly name: string;
  /** Readings that were in by then, and stay; null: nothing of it stays. */
  readonly rows: number | null;
};

/** Where one import has its files. */
export type ImportPaths = { readonly upload: string; readonly staged: string };

/**
 * The files that people brought, each under a name of ours and for this user alone.
 * @param folder made when the first one comes
 */
export function createImportFiles(folder: string, maxBytes: number, reserveBytes: number) {
  const paths = (id: string): ImportPaths => ({
    upload: join(folder, id),
    staged: join(folder, `${id}.staged`),
  });
  const label = (id: string): string => join(folder, `${id}.name`);
  const stand = (id: string): string => join(folder, `${id}.stand`);

  function remove(id: string): void {
    const { upload, staged } = paths(id);
    for (const file of [
      upload,
      staged,
      `${staged}-journal`,
      `${upload}-wal`,
      `${upload}-shm`,
      label(id),
      stand(id),
      `${stand(id)}.new`,
    ])
      rmSync(file, { force: true });
  }

  /** Ends the stream when there is more than there may be. */
  function guard(): Transform {
    let bytes = 0;
    let looked = 0;
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > maxBytes) return done(new NotReceived('too-large'));
        if (bytes - looked >= LOOK_EVERY) {
          looked = bytes;
          if (!hasRoom()) return done(new NotReceived('disk-full'));
        }
        done(null, chunk);
      },
    });
  }

  const hasRoom = (): boolean => roomIn(folder) >= reserveBytes;

  return {
    paths,
    remove,
    newId: (): string => randomUUID(),
    /**
     * Writes a file as it comes in.
     * @throws NotReceived, or what broke the connection; then nothing of it is left
     */
    async receive(id: string, name: string, content: Readable): Promise<void> {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        if (!hasRoom()) throw new NotReceived('disk-full');
        writeFileSync(label(id), JSON.stringify(name), { mode: 0o600 });
        // Opened at once: a file that comes to be after the connection broke would stay.
        const fd = openSync(paths(id).upload, 'wx', 0o600);
        const file = createWriteStream(paths(id).upload, { fd });
        await pipeline(content, guard(), file);
      } catch (error) {
        remove(id);
        if (/^(ENOSPC|EDQUOT|EFBIG)$/.test((error as NodeJS.ErrnoException).code ?? ''))
          throw new NotReceived('disk-full');
        throw error;
      }
    },
    /** It is being taken in: after a restart it is told that it broke off. @throws Refusal `not-saved` when the disk says no */
    begun(id: string, name: string): void {
      try {
        replaceFile(stand(id), JSON.stringify({ name, rows: null }));
      } catch {
        throw new Refusal('not-saved');
      }
    },
    /** All its readings are in, and stay, whatever comes: after a restart it is told that it was done. */
    takenIn(id: string, name: string, rows: number): void {
      rmSync(paths(id).upload, { force: true });
      try {
        replaceFile(stand(id), JSON.stringify({ name, rows }));
      } catch {
        // A disk without room for a line: should the program end just now, it is told as broken off.
      }
    },
    /** What the last run of the program left; none of its files is there any more. */
    clear(): Remains {
      if (!existsSync(folder)) return { left: [], cutOff: [] };
      const remains = readRemains(folder);
      rmSync(folder, { recursive: true, force: true });
      return remains;
    },
  };
}

export type ImportFiles = ReturnType<typeof createImportFiles>;

/** What the last run of the program left unfinished, and what of that was being taken in. */
type Remains = {
  readonly left: readonly { readonly id: string; readonly name: string }[];
  readonly cutOff: readonly CutOff[];
};

function readRemains(folder: string): Remains {
  const all = readdirSync(folder);
  const idsOf = (kind: string) =>
    all.filter((file) => file.endsWith(kind)).map((file) => file.slice(0, -kind.length));
  const read = (id: string, kind: string) => readJson(join(folder, id + kind));
  const names = idsOf('.name').map((id) => ({ id, name: nameIn(read(id, '.name')) }));
  const cutOff = idsOf('.stand').map((id) => ({ id, ...standIn(read(id, '.stand')) }));
  const isIn = (id: string) => cutOff.some((one) => one.id === id && one.rows !== null);
  const isOurs = ({ id }: { readonly id: string }) => ID.test(id);
  return { left: names.filter((one) => isOurs(one) && !isIn(one.id)), cutOff: cutOff.filter(isOurs) };
}

/** The old one or the new one is there, whole, whenever the program ends. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Bytes that may still be written there. */
function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function standIn(value: unknown): Pick<CutOff, 'name' | 'rows'> {
  const { name, rows } = (value ?? {}) as Partial<CutOff>;
  return { name: nameIn(name), rows: typeof rows === 'number' ? rows : null };
}

const nameIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 255) : '');

/** Null: there is none, or the power was gone while it was written. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
