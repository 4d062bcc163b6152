import { type OxygenRow, takeOxygen, viewOutlook } from '../src/air/oxygen/oxygen.ts';
import type { Outlook } from '../src/air/viewSchema.ts';
import { oxygenAir } from './oxygenDays.ts';

type RuleName = NonNullable<Outlook['rule']>;

/** Minutes between readings: the slowest that still has a point in each 20 s. */
const EVERY = 20 / 60;
const MINUTE_MS = 60_000;
/** Quiet for so long ends an episode: the off-delay of the outlook's limits. */
const OFF_MINUTES = 5;

/** Dry air of 20 °C: what the generator says is compensated already. */
const climateAt = (mono: number) => ({
  temperature: { value: 20, at: mono },
  humidity: { value: 0, at: mono },
  pressure: null,
  co2: null,
});

function takeIn(row: OxygenRow | undefined, percent: number, minutes: number): OxygenRow {
  const mono = Math.round(minutes * MINUTE_MS);
  return takeOxygen(row, percent, climateAt(mono), undefined, { mono, utc: 0 });
}

/** How often the outlook cried in so many quiet days. */
export function falseEpisodes(seed: number, days: number, compensated = 0.7): number {
  const air = oxygenAir({ seed, every: EVERY, compensated });
  let row: OxygenRow | undefined;
  let episodes = 0;
  let criedAt = Number.NEGATIVE_INFINITY;
  for (let n = 0; n * EVERY < days * 24 * 60; n++) {
    const minutes = n * EVERY;
    row = takeIn(row, air.at(minutes), minutes);
    if (viewOutlook(row).rule === null) continue;
    if (minutes - criedAt > OFF_MINUTES) episodes++;
    criedAt = minutes;
  }
  return episodes;
}

export type Ramp = { readonly seed: number; readonly perMinute: number; readonly base?: number };

const QUIET_MINUTES = 60;

/**
 * How long before true air has 19.5 % each rule spoke first, minutes; absent: it did not before. Also when it had cried in the quiet hour
 * before: then it counts from the beginning of the fall.
 */
export function leadsOf({ seed, perMinute, base = 20.95 }: Ramp): Partial<Record<RuleName | 'any', number>> {
  const air = oxygenAir({ seed, every: EVERY, base });
  const leads: Partial<Record<RuleName | 'any', number>> = {};
  const end = QUIET_MINUTES + (base - 19.5) / perMinute;
  let row: OxygenRow | undefined;
  for (let n = 0; n * EVERY < end; n++) {
    const minutes = n * EVERY;
    const fallen = Math.max(0, minutes - QUIET_MINUTES) * perMinute;
    row = takeIn(row, air.at(minutes) - fallen, minutes);
    const { rule } = viewOutlook(row);
    if (rule === null || fallen === 0) continue;
    leads[rule] ??= end - minutes;
    leads.any ??= end - minutes;
  }
  return leads;
}

export type LeadFigures = { readonly missed: number; readonly least: number; readonly median: number };

export function figuresOf(leads: readonly (number | undefined)[]): LeadFigures {
  const sorted = leads.map((lead) => lead ?? 0).sort((a, b) => a - b);
  return {
    missed: sorted.filter((lead) => lead <= 0).length,
    least: sorted[0] as number,
    median: sorted[sorted.length >> 1] as number,
  };
}
