import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { OPEN_PASSES } from './limits.ts';
import {
  type GuestPass,
  isPassOver,
  type PassAsked,
  type PassRefusal,
  passRefusal,
  passUsed,
} from './pass.ts';
import { saved } from './saved.ts';

/** A pass as it is kept. */
export type StoredPass = GuestPass & {
  /** Whom it is for. */
  readonly name: string;
  /** The first digits of its PIN, which say which pass it is. No two passes have the same. */
  readonly selector: string;
  readonly pinHash: string;
  readonly createdUtc: Millis;
  /** Id of who made it. */
  readonly byPerson: string;
};

export type PassUse =
  | { readonly refused: PassRefusal | 'gone' }
  | { readonly refused: null; readonly pass: StoredPass };

export type PassStore = {
  /** All that are kept, the oldest first. */
  passes(): readonly StoredPass[];
  pass(id: string): StoredPass | null;
  withSelector(selector: string): StoredPass | null;
  /** False: there are too many already, or one with that selector. */
  addPass(pass: StoredPass): boolean;
  /** False: there is none of that id. */
  removePass(id: string): boolean;
  /** Looks and counts in one step: of two who use the last use at once one gets in. What is used up is deleted. */
  usePass(id: string, asked: PassAsked): PassUse;
  /** Deletes what can never open anything again, and answers it. */
  erasePassesOver(now: Millis): readonly StoredPass[];
};

const COLUMNS = `id, name, place_id as placeId, selector, pin_hash as pinHash, from_utc as fromUtc, until_utc as untilUtc,
  weekly, uses_left as usesLeft, created_utc as createdUtc, by_person as byPerson`;

type Row = Omit<StoredPass, 'weekly'> & { readonly weekly: string };

const passOf = (row: Row): StoredPass => ({ ...row, weekly: JSON.parse(row.weekly) as StoredPass['weekly'] });

/** Guest passes in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createPassStore(db: Sqlite): PassStore {
  const all = db.prepare(`select ${COLUMNS} from guest_pass order by created_utc, id`);
  const byId = db.prepare(`select ${COLUMNS} from guest_pass where id = ?`);
  const bySelector = db.prepare(`select ${COLUMNS} from guest_pass where selector = ?`);
  const put = db.prepare(
    `insert or ignore into guest_pass
       (id, name, place_id, selector, pin_hash, from_utc, until_utc, weekly, uses_left, created_utc, by_person)
     values (@id, @name, @placeId, @selector, @pinHash, @fromUtc, @untilUtc, @weekly, @usesLeft, @createdUtc, @byPerson)`,
  );
  const setUses = db.prepare('update guest_pass set uses_left = ? where id = ?');
  const drop = db.prepare('delete from guest_pass where id = ?');
  const passes = () => (all.all() as Row[]).map(passOf);
  const find = (row: unknown) => (row === undefined ? null : passOf(row as Row));

  const add = db.transaction((pass: StoredPass): boolean => {
    if (passes().length >= OPEN_PASSES) return false;
    return put.run({ ...pass, weekly: JSON.stringify(pass.weekly) }).changes > 0;
  });
  const use = db.transaction((id: string, asked: PassAsked): PassUse => {
    const pass = find(byId.get(id));
    if (pass === null) return { refused: 'gone' };
    const refused = passRefusal(pass, asked);
    if (refused !== null) return { refused };
    const used = { ...pass, ...passUsed(pass) };
    if (isPassOver(used, asked.utc)) drop.run(id);
    else setUses.run(used.usesLeft, id);
    return { refused: null, pass: used };
  });
  const erase = db.transaction((now: Millis): readonly StoredPass[] => {
    const over = passes().filter((pass) => isPassOver(pass, now));
    for (const { id } of over) drop.run(id);
    return over;
  });
  return {
    passes,
    pass: (id) => find(byId.get(id)),
    withSelector: (selector) => find(bySelector.get(selector)),
    addPass: (pass) => saved(() => add.immediate(pass)),
    removePass: (id) => saved(() => drop.run(id).changes > 0),
    usePass: (...asked) => saved(() => use.immediate(...asked)),
    erasePassesOver: (now) =>
      passes().some((pass) => isPassOver(pass, now)) ? saved(() => erase.immediate(now)) : [],
  };
}
