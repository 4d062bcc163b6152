import { liveQuietly } from '../quietDays.ts';
import type { Excuse } from '../quietExcuses.ts';
import type { Campaign } from './report.ts';

const DAYS = 30;

/** Acceptance figure: no siren in 30 quiet days. What else was told has its reason in the air, or is a violation too. */
export const QUIET: Campaign = {
  summary: `${DAYS} days of an ordinary household with sirens, every reading through the real step: no siren`,
  rounds: { of: 'households', usual: 3 },
  async run(rounds, say) {
    const violations: string[] = [];
    const sum = { readings: 0, hubStarts: 0, brokerLosses: 0, sirens: 0 };
    const explained = new Map<Excuse, number>();
    for (let seed = 1; seed <= rounds; seed++) {
      const lived = liveQuietly({ seed, hours: DAYS * 24 });
      sum.readings += lived.readings;
      sum.hubStarts += lived.hubStarts;
      sum.brokerLosses += lived.brokerLosses;
      sum.sirens += lived.sirens.length;
      for (const [excuse, times] of lived.explained)
        explained.set(excuse, (explained.get(excuse) ?? 0) + times);
      const found = [...lived.sirens, ...lived.unexplained];
      violations.push(...found.map((each) => `household ${seed}: ${each}`));
      say(`${seed} of ${rounds} households`);
    }
    const told = [...explained].map(([{ kind, quantity, why }, times]) => [
      `${kind} of ${quantity}`,
      `${times} advisories: ${why}`,
    ]);
    const figures = { households: rounds, days: DAYS, ...sum, ...Object.fromEntries(told) };
    return { name: 'quiet', figures, violations };
  },
};
