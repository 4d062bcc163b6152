import { liveQuietly } from '../quietDays.ts';
import type { Campaign } from './report.ts';

const DAYS = 30;

/** Acceptance figure of the air: no siren in 30 quiet days. */
export const QUIET: Campaign = {
  summary: `${DAYS} days of an ordinary household, every reading through the real step: no siren`,
  rounds: { of: 'households', usual: 3 },
  async run(rounds, say) {
    const violations: string[] = [];
    let readings = 0;
    let raised = 0;
    for (let seed = 1; seed <= rounds; seed++) {
      const lived = liveQuietly(seed, DAYS);
      readings += lived.readings;
      raised += lived.raised;
      violations.push(...lived.sirens.map((siren) => `household ${seed}: ${siren}`));
      say(`${seed} of ${rounds} households`);
    }
    return { name: 'quiet', figures: { households: rounds, days: DAYS, readings, raised }, violations };
  },
};
