import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { freeBytesOf, isDamage, moveAside, openHistoryFile } from './fileWorker.ts';
import type { SlotName, WorkerStart } from './messages.ts';
import { createOpened, type Opened } from './openedWorker.ts';
import type { Say } from './rollupWorker.ts';

/** The history file: opened when it is needed, and opened anew after it was dropped. */
export function createHeldFile({ file, migrations, reserveBytes }: WorkerStart, say: Say) {
  const names = new Map<number, SlotName>();
  let opened: Opened | null = null;

  function open(): Opened {
    if (opened !== null) return opened;
    const fresh = createOpened(openHistoryFile(file, migrations), file, say);
    fresh.recording.name([...names.values()]);
    opened = fresh;
    return fresh;
  }

  /** Lets go of the file: a disk that comes back may show another one. */
  function drop(): void {
    const old = opened;
    opened = null;
    try {
      old?.db.close();
    } catch {
      // A file that cannot be closed cannot be saved either.
    }
  }

  /** A damaged file is moved aside and a new one begun: what comes now is worth more than waiting for a person. */
  function replace(error: unknown): void {
    drop();
    const aside = moveAside(file, Date.now());
    say('The history was damaged. It was moved aside and a new one begun.', { aside, why: wordsOf(error) });
  }

  return {
    drop,
    replace,
    /** Null: it is not open now. */
    now: (): Opened | null => opened,
    /** Whether what is left of the disk is for others. */
    isFull: (): boolean => freeBytesOf(dirname(file)) < reserveBytes,
    /** Series by their numbers of this run. */
    name(fresh: readonly SlotName[]): void {
      for (const name of fresh) names.set(name.slot, name);
    },
    /** Works on the file; when it turns out to be damaged, on a new one. */
    use<T>(work: (file: Opened) => T): T {
      if (opened !== null && !existsSync(file)) {
        // Somebody deleted it: what goes on being written there is lost to all.
        drop();
        say('The history was deleted. A new one was begun.', {});
      }
      try {
        return work(open());
      } catch (error) {
        if (!isDamage(error)) throw error;
        replace(error);
        return work(open());
      }
    },
    close(): void {
      try {
        opened?.close();
        opened = null;
      } catch {
        drop();
      }
    },
  };
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export type HeldFile = ReturnType<typeof createHeldFile>;
