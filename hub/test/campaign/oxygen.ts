import { falseEpisodes, figuresOf, leadsOf } from '../oxygenTrial.ts';
import type { Campaign } from './report.ts';

/** Falls of safety.md §2.4, % vol a minute, and the lead that every seed must reach, minutes. Null: none is promised. */
const FALLS = [
  [0.175, 4],
  [0.05, null],
  [0.0233, 30],
  [0.0167, null],
  [0.004, null],
] as const;

/** Source: safety.md §2.4. */
const MOST_FALSE = 3;

/** How many seeds are lived through for 30 quiet days: one in so many. */
const QUIET_SHARE = 20;

/** Acceptance of safety.md §2.4, with all its figures. */
export const OXYGEN: Campaign = {
  summary: '§2.4: how early the outlook tells that oxygen falls, and how often it cries wolf',
  rounds: { of: 'seeds', usual: 100 },
  async run(rounds, say) {
    const violations: string[] = [];
    const figures: Record<string, string> = {};
    const seeds = Array.from({ length: rounds }, (_, at) => at + 1);
    for (const [perMinute, wanted] of FALLS) {
      const { missed, least, median } = figuresOf(seeds.map((seed) => leadsOf({ seed, perMinute }).any));
      figures[`${perMinute} %/min`] =
        `lead ${median.toFixed(1)} min, least ${least.toFixed(1)}, missed ${missed}`;
      say(`${perMinute} %/min: ${figures[`${perMinute} %/min`]}`);
      if (wanted === null) continue;
      if (missed > 0) violations.push(`${perMinute} %/min: ${missed} missed`);
      if (least < wanted) violations.push(`${perMinute} %/min: a lead of ${least.toFixed(1)} min`);
    }
    const quiet = seeds.filter((seed) => seed % QUIET_SHARE === 0 || seed === 1);
    const episodes = quiet.map((seed) => falseEpisodes(seed, 30));
    figures['false in 30 days'] = episodes.join(' ');
    for (const each of episodes) if (each > MOST_FALSE) violations.push(`${each} false episodes in 30 days`);
    return { name: 'oxygen', figures, violations };
  },
};
