import type { JournalRow } from '@homeward/hub/api';
import { findEntity } from '../hub/house.ts';
import { isolate, nameText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import { type Fields, fieldsIn, numberIn, textIn, wordIn } from './field.ts';
import type { Known } from './known.ts';

const DONE = ['lock', 'unlock', 'open', 'close', 'stop', 'press', 'install'] as const;

const percent = (value: number): string => isolate(`${Math.round(value)}\u00a0%`);

/** What was asked of something, in a word or two. */
export const commandPhrase = ({ fact, where }: JournalRow, { house }: Known): Phrase => {
  const command = fieldsIn(fact, 'command');
  const isSiren = where !== null && findEntity(house, where)?.entity.component === 'siren';
  return switchPhrase(command, isSiren) ?? setPhrase(command) ?? { key: 'journal.command.other' };
};

const switchPhrase = (command: Fields, isSiren: boolean): Phrase | null => {
  if (command.on === true) return { key: isSiren ? 'journal.command.sound' : 'journal.command.on' };
  if (command.on === false) return { key: isSiren ? 'journal.command.hush' : 'journal.command.off' };
  const word = wordIn(command, 'do', DONE);
  return word === null ? null : { key: `journal.command.${word}` };
};

const setPhrase = (command: Fields): Phrase | null => {
  for (const name of ['position', 'tilt'] as const) {
    const value = numberIn(command, name);
    if (value !== null) return { key: `journal.command.${name}`, with: { value: percent(value) } };
  }
  const text = textIn(command, 'set') ?? numberIn(command, 'set')?.toString();
  return text === undefined ? null : { key: 'journal.command.set', with: { value: nameText(text) } };
};
