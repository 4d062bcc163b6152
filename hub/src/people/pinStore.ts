import type { Sqlite } from '../io/sqlite.ts';
import { saved } from './saved.ts';

/** Hashes; null: none was chosen yet. */
export type StoredPins = { readonly own: string | null; readonly duress: string | null };

export type PinStore = {
  pinsOf(personId: string): StoredPins;
  /** Both or neither. @throws Refusal `not-saved` */
  savePins(personId: string, pins: { readonly own: string; readonly duress: string }): void;
};

/** PINs in `safety.db`, as their hashes. */
export function createPinStore(db: Sqlite): PinStore {
  const find = db.prepare('select hash from person_pin where person_id = ? and kind = ?').pluck();
  const put = db.prepare(
    `insert into person_pin (person_id, kind, hash) values (?, ?, ?)
     on conflict (person_id, kind) do update set hash = excluded.hash`,
  );
  const hashOf = (personId: string, kind: 'own' | 'duress') =>
    (find.get(personId, kind) as string | undefined) ?? null;
  const save = db.transaction((personId: string, pins: { own: string; duress: string }) => {
    put.run(personId, 'own', pins.own);
    put.run(personId, 'duress', pins.duress);
  });
  return {
    pinsOf: (personId) => ({ own: hashOf(personId, 'own'), duress: hashOf(personId, 'duress') }),
    savePins: (personId, pins) => saved(() => save.immediate(personId, pins)),
  };
}
