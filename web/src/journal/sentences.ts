import type { JournalRow } from '@homeward/hub/api';
import { nameText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import { airSentences } from './airSentences.ts';
import { alarmSentences } from './alarmSentences.ts';
import { entrySentences } from './entrySentences.ts';
import { historySentences } from './historySentences.ts';
import { houseSentences } from './houseSentences.ts';
import type { Known } from './known.ts';
import { partSentences } from './partSentences.ts';
import { personSentences } from './personSentences.ts';
import { readinessSentences } from './readinessSentences.ts';
import { responseSentences } from './responseSentences.ts';
import type { Sentences } from './sentence.ts';

/** Every type of row that has words. */
export const SENTENCES: Sentences = {
  ...houseSentences,
  ...personSentences,
  ...readinessSentences,
  ...entrySentences,
  ...partSentences,
  ...airSentences,
  ...historySentences,
  ...responseSentences,
  ...alarmSentences,
};

/** What a row says. One of a newer hub, or that somebody put there, is told as something without words. */
export const sentencesOf = (row: JournalRow, known: Known): readonly Phrase[] =>
  Object.hasOwn(SENTENCES, row.type)
    ? (SENTENCES[row.type]?.(row, known) ?? [])
    : [{ key: 'journal.fact.other', with: { type: nameText(row.type) } }];

/** With a capital, unless it begins with a name: that stays as it was written. */
export const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
