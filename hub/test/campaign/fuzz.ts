import { fuzzWire } from '../faults/fuzzStory.ts';
import type { Campaign } from './report.ts';

/** Messages of one seed: after so many the house begins anew. */
const MESSAGES_PER_SEED = 100_000;

/** F-11, long form. A seed that finds something finds it again. */
export const FUZZ: Campaign = {
  summary: 'F-11: wrong messages straight into the wire, in this process',
  rounds: { of: 'messages', usual: 1_000_000 },
  async run(rounds, say) {
    const violations: string[] = [];
    let dropped = 0;
    let slowestMs = 0;
    for (let seed = 1, left = rounds; left > 0; seed++, left -= MESSAGES_PER_SEED) {
      const outcome = fuzzWire(Math.min(left, MESSAGES_PER_SEED), seed);
      violations.push(...outcome.violations);
      dropped += outcome.dropped;
      slowestMs = Math.max(slowestMs, outcome.slowestMs);
      say(`seed ${seed}: ${outcome.messages} messages, ${outcome.violations.length} violations`);
    }
    const rssMb = Math.round(process.memoryUsage.rss() / 1e6);
    return {
      name: 'fuzz',
      figures: { messages: rounds, dropped, slowestMs: Math.round(slowestMs), rssMb },
      violations,
    };
  },
};
