import { renameSync, rmSync } from 'node:fs';
import { openDatabase, type Sqlite } from './sqlite.ts';
import { isWildcard, topicMatches } from './topics.ts';

/** The last retained message of a topic. */
export type RetainedMessage = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  /** Identity that published it; null: not known. */
  readonly owner: string | null;
};

export type RetainedOptions = {
  /** Path of the database, `<data>/broker.db`. */
  readonly file: string;
  /** Folder of its migrations, `hub/migrations/broker`. */
  readonly migrations: string;
  readonly onReport: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

/** What a broker repeats to new subscribers: in memory, and on disk with a delay of a second. */
export type Retained = {
  /** Reads what was kept. A damaged file is put aside: devices say it all again when they come back. */
  start(): void;
  /** Writes what is not written yet. */
  stop(): void;
  /** Keeps the message for its topic; an empty payload forgets the topic. */
  keep(message: RetainedMessage): void;
  /** Messages whose topic the filter matches. The payload is read when it is asked for: never an outdated one. */
  matching(filter: string): Generator<Omit<RetainedMessage, 'owner'>>;
  /** Whose message the topic holds; null: it holds none, or nobody's. */
  ownerOf(topic: string): string | null;
};

/** A house of 100 devices with 20 entities each has 4,000 (state and config). Bounds the memory together with the bytes. */
const MAX_TOPICS = 20_000;
const MAX_BYTES = 50_000_000;
/** Larger payloads (pictures) are kept in memory only: rewriting them each second would wear out an SD card. Bytes. */
const MAX_BYTES_ON_DISK = 65_536;
/** Writes are gathered for so long, ms. A power cut forgets that much. */
const WRITE_DELAY_MS = 1_000;
const NOTHING = Buffer.alloc(0);

export const createRetained = (options: RetainedOptions): Retained => new RetainedStore(options);

class RetainedStore implements Retained {
  readonly #options: RetainedOptions;
  readonly #messages = new Map<string, RetainedMessage>();
  readonly #unwritten = new Set<string>();
  #bytes = 0;
  #full = false;
  #db: Sqlite | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RetainedOptions) {
    this.#options = options;
  }

  start(): void {
    const db = this.#open();
    this.#db = db;
    for (const row of db.prepare('select topic, payload, qos, owner from retained').iterate()) {
      this.#put(row as RetainedMessage);
    }
  }

  stop(): void {
    this.#write();
    this.#db?.close();
    this.#db = null;
  }

  keep(message: RetainedMessage): void {
    const { topic, payload } = message;
    this.#forget(topic);
    if (payload.length > 0) this.#put(message);
    this.#unwritten.add(topic);
    this.#timer ??= setTimeout(() => this.#write(), WRITE_DELAY_MS);
  }

  ownerOf(topic: string): string | null {
    return this.#messages.get(topic)?.owner ?? null;
  }

  *matching(filter: string) {
    if (!isWildcard(filter)) {
      if (this.#messages.has(filter)) yield this.#view(filter);
      return;
    }
    for (const topic of this.#messages.keys()) {
      if (topicMatches(filter, topic)) yield this.#view(topic);
    }
  }

  #view(topic: string): Omit<RetainedMessage, 'owner'> {
    const now = () => this.#messages.get(topic);
    return {
      topic,
      get payload() {
        return now()?.payload ?? NOTHING;
      },
      get qos() {
        return now()?.qos ?? 0;
      },
    };
  }

  #put(message: RetainedMessage): void {
    const bytes = sizeOf(message);
    if (this.#messages.size >= MAX_TOPICS || this.#bytes + bytes > MAX_BYTES) {
      if (!this.#full) this.#options.onReport('broker.retainedFull', { topics: this.#messages.size });
      this.#full = true;
      return;
    }
    this.#messages.set(message.topic, message);
    this.#bytes += bytes;
  }

  #forget(topic: string): void {
    const old = this.#messages.get(topic);
    if (old === undefined) return;
    this.#messages.delete(topic);
    this.#bytes -= sizeOf(old);
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const db = this.#db;
    if (db === null || this.#unwritten.size === 0) return;
    const put = db.prepare(
      'insert or replace into retained (topic, payload, qos, owner) values (?, ?, ?, ?)',
    );
    const drop = db.prepare('delete from retained where topic = ?');
    try {
      db.transaction(() => {
        for (const topic of this.#unwritten) {
          const message = this.#messages.get(topic);
          if (message && message.payload.length <= MAX_BYTES_ON_DISK)
            put.run(topic, message.payload, message.qos, message.owner);
          else drop.run(topic);
        }
      })();
      this.#unwritten.clear();
    } catch (error) {
      // A full disk must not stop the broker: what is unwritten is tried again with the next change.
      this.#options.onReport('broker.retainedUnwritten', { error });
    }
  }

  #open(): Sqlite {
    const { file, migrations, onReport } = this.#options;
    try {
      return relaxed(openDatabase(file, migrations));
    } catch (error) {
      onReport('broker.retainedDamaged', { file, error });
      renameSync(file, `${file}.damaged`);
      for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
      return relaxed(openDatabase(file, migrations));
    }
  }
}

/** Losing the last second is harmless here, so the disk is not waited for. */
function relaxed(db: Sqlite): Sqlite {
  db.pragma('synchronous = NORMAL');
  return db;
}

const sizeOf = ({ topic, payload }: RetainedMessage) => Buffer.byteLength(topic) + payload.length;
