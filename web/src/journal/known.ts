import type { HouseSnapshot, JournalRow } from '@homeward/hub/api';
import { entityName } from '../devices/entityWords.ts';
import { findEntity } from '../hub/house.ts';
import { nameText } from '../text/numbers.ts';
import type { Filling } from '../text/say.ts';
import { type Fields, textIn } from './field.ts';

/** What turns the ids of a row into names. A row keeps ids: whoever is renamed is so in the past too. */
export type Known = {
  readonly house: HouseSnapshot | null;
  /** Names of the people of the house by their ids. */
  readonly people: ReadonlyMap<string, string>;
  readonly t: (key: string) => string;
};

const GONE: Filling = { key: 'journal.gone' };

/** A text that was written down, as a name in a sentence; where there is none: a word for what is not known. */
export const nameIn = (fields: Fields, name: string): Filling => {
  const text = textIn(fields, name);
  return text === null ? GONE : nameText(text);
};

/** The person whose id, or name, a field holds. */
export const personIn = (fields: Fields, name: string, { people }: Known): Filling => {
  const text = textIn(fields, name);
  if (text === null) return { key: 'journal.nobody' };
  return nameText(people.get(text) ?? text);
};

/** Who caused a row. */
export const whoOf = ({ who }: JournalRow): Filling =>
  who === null ? { key: 'journal.nobody' } : nameText(who);

/** A part and its room, or a device, in the words of the household. Its id, when it is no longer here. */
export const partPhrase = (id: string | null, { house, t }: Known): Filling => {
  if (id === null) return GONE;
  const found = findEntity(house, id);
  if (found === null) return nameText(house?.devices[id]?.name ?? id);
  const { device, entity } = found;
  const room = house?.rooms[device.roomId]?.name;
  const name = nameText(entityName(entity, t));
  return { key: 'journal.part', with: { name, place: nameText(room || device.name) } };
};
