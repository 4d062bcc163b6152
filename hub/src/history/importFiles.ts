import { randomUUID } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

  function remove(id: string): void {
    const { upload, staged } = paths(id);
    for (const file of [upload, staged, `${staged}-journal`, `${upload}-wal`, `${upload}-shm`, label(id)])
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

  function hasRoom(): boolean {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= reserveBytes;
  }

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
    /** It stays now, whatever comes: after a restart nobody is told that it broke off. */
    forgetUpload(id: string): void {
      rmSync(label(id), { force: true });
      rmSync(paths(id).upload, { force: true });
    },
    /** What the last run of the program left unfinished, by its name; nothing of it is there any more. */
    clear(): { readonly id: string; readonly name: string }[] {
      if (!existsSync(folder)) return [];
      const left = readdirSync(folder).filter((file) => file.endsWith('.name'));
      const names = left.flatMap((file) => {
        const id = file.slice(0, -'.name'.length);
        return ID.test(id) ? [{ id, name: readName(join(folder, file)) }] : [];
      });
      rmSync(folder, { recursive: true, force: true });
      return names;
    },
  };
}

export type ImportFiles = ReturnType<typeof createImportFiles>;

function readName(file: string): string {
  try {
    return String(JSON.parse(readFileSync(file, 'utf8'))).slice(0, 255);
  } catch {
    return '';
  }
}
