import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, openForeign, type Sqlite } from '../src/io/sqlite.ts';
import { createCheckpoints, readWitness } from '../src/journal/checkpoints.ts';
import type { Entry } from '../src/journal/entry.ts';
import { KEEP_ROWS } from '../src/journal/limits.ts';
import { proveJournal } from '../src/journal/proof.ts';
import { createReader } from '../src/journal/reader.ts';
import { createSignatureCheck, openSigningKey, readPublicKey } from '../src/journal/signingKey.ts';
import { openChain, sha256 } from '../src/journal/store.ts';
import type { Verdict } from '../src/journal/verify.ts';
import type { Moment } from '../src/shared/time.ts';
import { at } from './builders.ts';

export const MIGRATIONS = new URL('../migrations', import.meta.url).pathname;

/** A row like those of a house. */
export const row = (n: number, more: Partial<Entry> = {}): Entry => ({
  ...at(n),
  type: n % 3 === 0 ? 'commandSent' : 'entityLost',
  who: n % 3 === 0 ? `Ana ${n}` : null,
  place: `k.lamp${n}`,
  why: n % 5 === 0 ? `because ${n}` : null,
  json: JSON.stringify({ type: 'commandSent', n, text: 'ضوء \ufffd "quoted"' }),
  sealed: n % 7 === 0 ? Uint8Array.of(n % 256, 1, 2) : null,
  ...more,
});

/** A journal in a data folder of its own, and all that may happen to it. */
export class JournalFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'homeward-journal-'));
  db: Sqlite;
  now: Moment = at(0);
  /** Rows that the hub keeps at most, when it starts. */
  keepRows = KEEP_ROWS;

  constructor(migrations = MIGRATIONS) {
    this.db = openDatabase(this.file, migrations);
  }

  get file(): string {
    return join(this.folder, 'safety.db');
  }
  get keyFile(): string {
    return join(this.folder, 'secrets', 'journal-key');
  }
  get witnessFile(): string {
    return join(this.folder, 'secrets', 'journal-checkpoint');
  }

  /** The hub starts. */
  open() {
    const chain = openChain(this.db, () => this.now);
    const key = openSigningKey(this.keyFile);
    const { db, witnessFile, keepRows } = this;
    const checkpoints = createCheckpoints({ db, chain, key, witnessFile, keepRows });
    const append = this.db.transaction((entries: readonly Entry[]) => {
      for (const each of entries) chain.append(each);
    });
    return {
      chain,
      checkpoints,
      add: (...entries: Entry[]) => chain.guarded(() => append(entries)),
      sign: (mono = this.now.mono) => {
        this.now = at(mono);
        checkpoints.sign(this.now);
      },
    };
  }

  /** The hub stops and starts; something happens in between. */
  restart(meanwhile: (db: Sqlite) => void = () => {}) {
    meanwhile(this.db);
    this.db.close();
    this.db = openDatabase(this.file, MIGRATIONS);
    return this.open();
  }

  /** What somebody finds who looks from outside. */
  async verify(lastSeq = 0): Promise<Verdict> {
    const outside = {
      publicKey: readPublicKey(this.keyFile),
      witness: readWitness(this.witnessFile),
      lastSeq,
    };
    const filed = createReader(openForeign(this.file));
    try {
      return await proveJournal(filed, outside, {
        sha256,
        isSignedBy: createSignatureCheck(),
        pause: async () => {},
      });
    } finally {
      filed.close();
    }
  }

  /** Everything as it is now, to come back to. */
  save(): () => void {
    this.db.pragma('wal_checkpoint(TRUNCATE)');
    const copy = join(this.folder, 'saved.db');
    copyFileSync(this.file, copy);
    return () => {
      this.db.close();
      for (const end of ['-wal', '-shm']) rmSync(this.file + end, { force: true });
      copyFileSync(copy, this.file);
      this.db = openDatabase(this.file, MIGRATIONS);
    };
  }

  remove(): void {
    this.db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
