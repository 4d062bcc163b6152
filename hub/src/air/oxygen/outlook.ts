import { MINUTE_MS, type Millis, SECOND_MS } from '../../shared/time.ts';
import type { Outlook } from '../viewSchema.ts';
import { medianOf, type Slope, theilSen } from './theilSen.ts';

/** Twenty seconds of a cell, as their median. Source: safety.md §2.3: single spikes drop out. */
export type Point = {
  readonly at: Millis;
  /** Dry-equivalent oxygen, % vol. */
  readonly dry: number;
  /** As the cell said it, % vol. */
  readonly raw: number;
  /** Carbon dioxide of the room, ppm; null: nobody says. */
  readonly co2: number | null;
};

export type RuleName = NonNullable<Outlook['rule']>;

type Rule = {
  readonly name: RuleName;
  readonly windowMs: Millis;
  /** The shallow end of the slope's interval is steeper than this, % vol per minute. */
  readonly slope: number;
  /** 19.5 % will be reached sooner than this, in minutes. */
  readonly minutes: number;
  /** Oxygen has fallen by so much already, % vol. */
  readonly drop: number;
  /** All of that has held for so long. */
  readonly persistMs: Millis;
};

/** Worst first. Source: safety.md §2.4, tuned by simulation. */
export const RULES: readonly [Rule, Rule, Rule] = [
  { name: 'fast', windowMs: 4 * MINUTE_MS, slope: -0.03, minutes: 15, drop: 0.3, persistMs: 40 * SECOND_MS },
  {
    name: 'main',
    windowMs: 15 * MINUTE_MS,
    slope: -0.003,
    minutes: 60,
    drop: 0.15,
    persistMs: 2 * MINUTE_MS,
  },
  {
    name: 'slow',
    windowMs: 20 * MINUTE_MS,
    slope: -0.003,
    minutes: 120,
    drop: 0.2,
    persistMs: 5 * MINUTE_MS,
  },
];

/** Where oxygen becomes deficient, % vol. Source: OSHA 29 CFR 1910.146(b). */
export const DEFICIENT_PERCENT = 19.5;

/** The longest window; older points are of no use. */
export const KEPT_MS: Millis = RULES[2].windowMs;

/** Of a window so much must have been heard. Source: safety.md AIR-4. */
const COVERAGE = 0.75;

/** The level is the median of so many points: 60 seconds of a sensor that speaks often. */
const LEVEL_POINTS = 3;

/** How a rule stands: since when what it asks for holds, and how oxygen moves in its window. */
export type Standing = { readonly since: Millis; readonly slope: Slope };

export type Standings = { readonly [name in RuleName]: Standing | null };

export const NONE_STANDS: Standings = { fast: null, main: null, slow: null };

/** The oxygen of the last minute, % vol. @param points at least one */
export const levelOf = (points: readonly Point[]): number =>
  medianOf(points.slice(-LEVEL_POINTS).map(({ dry }) => dry));

/** How the oxygen of that window moves; null: too little was heard. */
export function slopeOver(points: readonly Point[], windowMs: Millis, now: Millis): Slope | null {
  const from = points.findIndex(({ at }) => at >= now - windowMs);
  if (from === -1) return null;
  const inside = points.slice(from);
  if (now - (inside[0] as Point).at < COVERAGE * windowMs) return null;
  return theilSen(
    inside.map(({ at }) => at),
    inside.map(({ dry }) => dry),
  );
}

/** Minutes until oxygen is deficient, should it go on straight; Infinity: never. */
export const minutesAt = (level: number, perMinute: number): number => {
  if (level <= DEFICIENT_PERCENT) return 0;
  return perMinute < 0 ? (level - DEFICIENT_PERCENT) / -perMinute : Number.POSITIVE_INFINITY;
};

/** How the rules stand after another point. @param high the oxygen from which it fell, % vol */
export function judge(before: Standings, points: readonly Point[], high: number, now: Millis): Standings {
  const level = levelOf(points);
  const [fast, main, slow] = RULES.map((rule): Standing | null => {
    if (high - level < rule.drop) return null;
    const slope = slopeOver(points, rule.windowMs, now);
    if (slope === null || slope.high >= rule.slope) return null;
    if (minutesAt(level, slope.median) >= rule.minutes) return null;
    return { since: before[rule.name]?.since ?? now, slope };
  }) as [Standing | null, Standing | null, Standing | null];
  return fast === null && main === null && slow === null ? NONE_STANDS : { fast, main, slow };
}

/** Whether that rule has stood for long enough to be told. */
export const holds = (rule: Rule, standings: Standings, now: Millis): Standing | null => {
  const standing = standings[rule.name];
  return standing !== null && now - standing.since >= rule.persistMs ? standing : null;
};
