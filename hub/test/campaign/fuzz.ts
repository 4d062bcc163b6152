import { fuzzWire } from '../faults/fuzzStory.ts';
import { fuzzPlatforms } from '../faults/platformStory.ts';
import type { Campaign } from './report.ts';

/** Messages of one seed: after so many the house begins anew. */
const MESSAGES_PER_SEED = 50_000;

/** F-11, long form. A seed that finds something finds it again. */
export const FUZZ: Campaign = {
  summary:
    'F-11: wrong messages, and announcements of every platform, straight into the wire, in this process',
  rounds: { of: 'messages', usual: 1_000_000 },
  async run(rounds, say) {
    const violations: string[] = [];
    let messages = 0;
    let dropped = 0;
    let slowestMs = 0;
    // By turns: broken bytes, and what is nearly right.
    for (let seed = 1; messages < rounds; seed++) {
      const fuzz = seed % 2 === 1 ? fuzzWire : fuzzPlatforms;
      const outcome = fuzz(Math.min(rounds - messages, MESSAGES_PER_SEED), seed);
      violations.push(...outcome.violations);
      messages += outcome.messages;
      dropped += outcome.dropped;
      slowestMs = Math.max(slowestMs, outcome.slowestMs);
      say(`seed ${seed}: ${outcome.messages} messages, ${outcome.violations.length} violations`);
    }
    const rssMb = Math.round(process.memoryUsage.rss() / 1e6);
    return {
      name: 'fuzz',
      figures: { messages, dropped, slowestMs: Math.round(slowestMs), rssMb },
      violations,
    };
  },
};
