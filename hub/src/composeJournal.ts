import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { composeSeal, type SealParts } from './composeSeal.ts';
import { csvText } from './history/csvLines.ts';
import type { Shell } from './house/shell.ts';
import type { Clock } from './io/clock.ts';
import type { Log } from './io/log.ts';
import { openForeign, type Sqlite } from './io/sqlite.ts';
import { createCheckpoints, readWitness } from './journal/checkpoints.ts';
import { csvPieces, jsonPieces } from './journal/exported.ts';
import { CHECKPOINT_MS, LOOK_THROUGH_MS } from './journal/limits.ts';
import { createPages, type PagePorts } from './journal/pages.ts';
import { type Outside, proveJournal } from './journal/proof.ts';
import { createReader } from './journal/reader.ts';
import { journalRoutes } from './journal/routes.ts';
import { createSignatureCheck, openSigningKey } from './journal/signingKey.ts';
import { type Chain, sha256 } from './journal/store.ts';
import { createStretches } from './journal/stretchStore.ts';
import type { Verdict } from './journal/verify.ts';
import type { Proof } from './readiness/circumstances.ts';
import { JOURNAL_VALID_MS } from './readiness/limits.ts';

/** Where the journal's parts stand in a data folder. */
export const journalFiles = (dataFolder: string) => ({
  database: join(dataFolder, 'safety.db'),
  key: join(dataFolder, 'secrets', 'journal-key'),
  witness: join(dataFolder, 'secrets', 'journal-checkpoint'),
});

export type JournalParts = {
  readonly db: Sqlite;
  readonly dataFolder: string;
  readonly hubId: string;
  readonly log: Log;
  readonly house: {
    readonly clock: Pick<Clock, 'now' | 'after'>;
    /** The chain, to which the house writes. */
    readonly journal: Chain;
    readonly shell: Pick<Shell, 'dispatch'>;
  };
  readonly people: Pick<PagePorts, 'nameOrNull' | 'aliasesOf'> & SealParts['people'];
};

/** The journal's signatures and what is read of it. The rows themselves are written with the house. */
export function composeJournal({ db, dataFolder, hubId, log, house, people }: JournalParts) {
  const { clock, journal: chain } = house;
  const files = journalFiles(dataFolder);
  const key = openSigningKey(files.key);
  if (key.made === 'damaged')
    log.error({ file: files.key }, 'The key of the journal was damaged; it has a new one.');
  const signing = createSigning({ db, chain, key, witnessFile: files.witness }, clock, log);
  const page = createPages(db);
  const { dispatch } = house.shell;
  const sealed = composeSeal({ db, now: clock.now, dispatch, people });

  const outside = (): Outside => ({
    publicKey: key.publicKey,
    witness: readWitness(files.witness),
    lastSeq: chain.head().seq,
  });

  async function* exported(format: 'csv' | 'json'): AsyncGenerator<string> {
    const filed = createReader(openForeign(files.database));
    try {
      const head = { hubId, at: clock.now().utc, publicKey: key.publicKey };
      yield* (format === 'csv' ? csvPieces : jsonPieces)(filed, head, { pause, csvText });
    } finally {
      filed.close();
    }
  }

  let proof: Proof = { proven: null, how: 'verified', failed: false, validMs: JOURNAL_VALID_MS };
  const prove = shared(async () => {
    const verdict = await proveFile(files.database, outside());
    const failed = verdict.findings.length > 0;
    proof = { proven: clock.now(), how: 'verified', failed, validMs: JOURNAL_VALID_MS };
    return verdict;
  });
  const looking = createLooking(prove, clock, log);

  return {
    noticed: signing.noticed,
    looked: looking.looked,
    /** What the last look since the start found. */
    proof: (): Proof => proof,
    start(): void {
      signing.start();
      looking.start();
    },
    /** Signs what is left. */
    stop(): void {
      looking.stop();
      signing.stop();
    },
    stretch: createStretches(db, { nameOrNull: people.nameOrNull, pause }),
    seal: sealed.seal,
    keys: sealed.keys,
    endpoints: journalRoutes({
      utc: () => clock.now().utc,
      page: (query, isGone) => page(query, { ...people, pause, isGone }),
      prove,
      publicKey: Buffer.from(key.publicKey).toString('base64'),
      exported,
      dispatch,
    }).concat(sealed.endpoints),
  };
}

/** When the journal is signed. */
function createSigning(
  parts: Parameters<typeof createCheckpoints>[0],
  clock: JournalParts['house']['clock'],
  log: Log,
) {
  const checkpoints = createCheckpoints(parts);
  let cancel = () => {};
  let isSoon = false;
  let isOver = false;

  function sign(): void {
    isSoon = false;
    if (isOver) return;
    try {
      checkpoints.sign(clock.now());
    } catch (error) {
      log.error({ err: error }, 'The journal could not be signed.');
    }
  }

  function signHourly(): void {
    sign();
    cancel = clock.after(CHECKPOINT_MS, signHourly);
  }

  return {
    /** A deadline of before the restart is taken up. */
    start(): void {
      cancel = clock.after(Math.max(0, checkpoints.dueAt() - clock.now().mono), signHourly);
    },
    stop(): void {
      cancel();
      sign();
      isOver = true;
    },
    /** Told after each commit: what comes in masses is not left until the hour is over. */
    noticed(): void {
      if (isSoon || !checkpoints.isPressing()) return;
      isSoon = true;
      setImmediate(sign);
    },
  };
}

/** Looks through the journal now and then: an edited card must not wait for somebody to ask. */
function createLooking(prove: () => Promise<Verdict>, clock: JournalParts['house']['clock'], log: Log) {
  let cancel = () => {};
  let looked = Promise.resolve();

  async function look(): Promise<void> {
    try {
      const { findings, moreFindings } = await prove();
      if (findings.length === 0) return;
      const more = findings.length + moreFindings - 3;
      log.error(
        { findings: findings.slice(0, 3).map(({ words }) => words), more: Math.max(0, more) },
        CHANGED,
      );
    } catch (error) {
      log.error({ err: error }, 'The journal could not be looked through.');
    }
  }

  function lookDaily(): void {
    looked = look();
    cancel = clock.after(LOOK_THROUGH_MS.again, lookDaily);
  }

  return {
    start(): void {
      cancel = clock.after(LOOK_THROUGH_MS.first, lookDaily);
    },
    stop: () => cancel(),
    /** The look that is under way is over. */
    looked: (): Promise<void> => looked,
  };
}

/** What is said wherever something was found. */
export const CHANGED = 'SOMEBODY CHANGED THE JOURNAL, or the disk is damaged.';

/**
 * Goes through the journal of a database as it stands now.
 * @throws when it cannot be read
 */
export async function proveFile(database: string, outside: Outside): Promise<Verdict> {
  const filed = createReader(openForeign(database));
  try {
    return await proveJournal(filed, outside, { sha256, isSignedBy: createSignatureCheck(), pause });
  } finally {
    filed.close();
  }
}

/** Whoever asks while it is under way gets the same answer. */
function shared<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}
