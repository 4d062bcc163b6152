import type { AlarmKind, JournalArea, JournalQuery } from '@homeward/hub/api';
import { momentOfDay } from './days.ts';

/** What a person wants to see of the journal, as they wrote it. Empty: all. */
export type Choice = {
  readonly text: string;
  readonly area: JournalArea | '';
  readonly kind: AlarmKind | '';
  /** Name of a person. */
  readonly who: string;
  /** Id of a part or a device. */
  readonly where: string;
  /** Days, as a date field has them. */
  readonly from: string;
  readonly to: string;
};

export const ALL: Choice = { text: '', area: '', kind: '', who: '', where: '', from: '', to: '' };

/** Longest text that the hub looks for. */
export const LONGEST_TEXT = 100;

export type Asked = Omit<JournalQuery, 'limit' | 'before'>;

/** What the hub is asked. Two days that were turned round are turned back. */
export const queryOf = (choice: Choice): Asked => {
  const text = choice.text.trim().slice(0, LONGEST_TEXT);
  const days = [choice.from, choice.to].filter((day) => day !== '');
  const turned = days.length === 2 && choice.from > choice.to;
  const from = momentOfDay(turned ? choice.to : choice.from, false);
  const to = momentOfDay(turned ? choice.from : choice.to, true);
  return {
    ...(text === '' ? {} : { text }),
    ...(choice.area === '' ? {} : { area: choice.area }),
    ...(choice.kind === '' ? {} : { kind: choice.kind }),
    ...(choice.who === '' ? {} : { who: choice.who }),
    ...(choice.where === '' ? {} : { where: choice.where }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
};

export const isAll = (choice: Choice): boolean => Object.keys(queryOf(choice)).length === 0;
