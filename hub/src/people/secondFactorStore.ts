import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { saved } from './saved.ts';

/** A second factor as it is kept. */
export type StoredFactor = {
  /** Sealed, for this person alone. */
  readonly secret: string;
  readonly madeUtc: Millis;
  /** A code of it was shown: from then on it is asked for. */
  readonly isProven: boolean;
  /** The last step of which a code was used; -1: none. */
  readonly usedStep: number;
  /** Wrong codes of strangers since the last right one of theirs. */
  readonly failures: number;
  /** The same on devices that are known, and at the hub itself. */
  readonly knownFailures: number;
};

export type SecondFactorStore = {
  factorOf(personId: string): StoredFactor | null;
  /** People whose second factor is asked for. */
  withFactor(): ReadonlySet<string>;
  recoveryCodesLeft(personId: string): number;
  /** Keeps a factor that nobody has proven yet in the place of an earlier such one. */
  beginFactor(personId: string, secret: string, madeUtc: Millis): void;
  /** The first code was right: the factor is asked for from now on, and these codes help who lost it. */
  proveFactor(personId: string, usedStep: number, codeHashes: readonly string[]): void;
  useStep(personId: string, step: number, isKnown: boolean): void;
  countFailure(personId: string, isKnown: boolean): void;
  replaceCodes(personId: string, codeHashes: readonly string[]): void;
  /** False: there is no such code, or no more. */
  useCode(personId: string, codeHash: string): boolean;
  /** False: there was none that was asked for. */
  removeFactor(personId: string): boolean;
};

/** Second factors in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createSecondFactorStore(db: Sqlite): SecondFactorStore {
  const find = db.prepare(
    `select secret, made_utc as madeUtc, proven, used_step as usedStep, failures,
       known_failures as knownFailures
     from second_factor where person_id = ?`,
  );
  const all = db.prepare('select person_id from second_factor where proven = 1').pluck();
  const count = db.prepare('select count(*) from recovery_code where person_id = ?').pluck();
  const put = db.prepare(
    `insert into second_factor (person_id, secret, made_utc) values (?, ?, ?)
     on conflict (person_id) do update set secret = excluded.secret, made_utc = excluded.made_utc
     where proven = 0`,
  );
  const prove = db.prepare('update second_factor set proven = 1, used_step = ? where person_id = ?');
  const use = db.prepare(
    `update second_factor set used_step = @step, failures = iif(@known, failures, 0),
       known_failures = iif(@known, 0, known_failures) where person_id = @personId`,
  );
  const fail = db.prepare(
    `update second_factor set failures = failures + 1 - @known, known_failures = known_failures + @known
     where person_id = @personId`,
  );
  const forgive = db.prepare('update second_factor set failures = 0, known_failures = 0 where person_id = ?');
  const addCode = db.prepare('insert into recovery_code (person_id, hash) values (?, ?)');
  const dropCode = db.prepare('delete from recovery_code where person_id = ? and hash = ?');
  const dropCodes = db.prepare('delete from recovery_code where person_id = ?');
  const drop = db.prepare('delete from second_factor where person_id = ? returning proven').pluck();

  function setCodes(personId: string, hashes: readonly string[]): void {
    dropCodes.run(personId);
    for (const hash of hashes) addCode.run(personId, hash);
  }
  const renew = db.transaction(setCodes);
  const proving = db.transaction((personId: string, step: number, hashes: readonly string[]) => {
    prove.run(step, personId);
    setCodes(personId, hashes);
  });
  const using = db.transaction((personId: string, hash: string): boolean => {
    if (dropCode.run(personId, hash).changes === 0) return false;
    forgive.run(personId);
    return true;
  });
  const removing = db.transaction((personId: string): boolean => {
    dropCodes.run(personId);
    return drop.get(personId) === 1;
  });
  return {
    factorOf(personId) {
      const row = find.get(personId) as (StoredFactor & { proven: number }) | undefined;
      if (row === undefined) return null;
      const { proven, ...factor } = row;
      return { ...factor, isProven: proven === 1 };
    },
    withFactor: () => new Set(all.all() as string[]),
    recoveryCodesLeft: (personId) => count.get(personId) as number,
    beginFactor: (...given) => saved(() => void put.run(...given)),
    proveFactor: (...given) => saved(() => proving.immediate(...given)),
    useStep: (personId, step, isKnown) =>
      saved(() => void use.run({ personId, step, known: Number(isKnown) })),
    countFailure: (personId, isKnown) => saved(() => void fail.run({ personId, known: Number(isKnown) })),
    replaceCodes: (...given) => saved(() => renew.immediate(...given)),
    useCode: (...given) => saved(() => using.immediate(...given)),
    removeFactor: (personId) => saved(() => removing.immediate(personId)),
  };
}
