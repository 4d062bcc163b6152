import type { JournalRow } from '@homeward/hub/api';
import type { Phrase } from '../text/say.ts';
import type { Known } from './known.ts';

/** A row in plain words: what happened, then what is to be known of it. */
export type Sentence = (row: JournalRow, known: Known) => readonly Phrase[];
export type Sentences = Readonly<Record<string, Sentence>>;
