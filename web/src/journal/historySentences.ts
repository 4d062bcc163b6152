import { spanPhrase } from '../text/ages.ts';
import type { Phrase } from '../text/say.ts';
import { type Fields, numberIn } from './field.ts';
import { nameIn, partPhrase, whoOf } from './known.ts';
import type { Sentences } from './sentence.ts';

const DAY_MS = 86_400_000;
const days = (fact: Fields, name: string): Phrase => spanPhrase((numberIn(fact, name) ?? 0) * DAY_MS);

/** What people do with what was measured. */
export const historySentences = {
  retentionChanged: (row) => [
    {
      key: 'journal.fact.retentionChanged',
      with: { who: whoOf(row), raw: days(row.fact, 'rawDays'), hourly: days(row.fact, 'hourlyDays') },
    },
  ],
  importStarted: (row) => [
    {
      key: 'journal.fact.importStarted',
      n: numberIn(row.fact, 'series') ?? 1,
      with: { who: whoOf(row), name: nameIn(row.fact, 'fileName') },
    },
  ],
  importEnded: (row) =>
    row.why === null
      ? [
          {
            key: 'journal.fact.importEnded',
            n: numberIn(row.fact, 'rows') ?? 0,
            with: { name: nameIn(row.fact, 'fileName') },
          },
        ]
      : [{ key: 'journal.fact.importFailed', with: { name: nameIn(row.fact, 'fileName') } }],
  seriesExported: (row, known) => [
    { key: 'journal.fact.seriesExported', with: { who: whoOf(row), what: partPhrase(row.where, known) } },
  ],
} satisfies Sentences;
