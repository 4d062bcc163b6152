import { MINUTE_MS, type Millis } from '../../shared/time.ts';
import { LIMITS } from '../limits/table.ts';
import type { Measured } from '../measured.ts';
import type { Outlook } from '../viewSchema.ts';
import type { OxygenRow } from './estimator.ts';
import { airChangesOf, minutesUntilDeficient } from './massBalance.ts';
import { holds, KEPT_MS, levelOf, minutesAt, RULES, type Standing } from './outlook.ts';
import type { Slope } from './theilSen.ts';

export { type OxygenRow, takeOxygen } from './estimator.ts';

/** What limits of `minutesLeft` are compared with while no rule holds: a day, further than any limit. Minutes. */
export const FAR_MINUTES = 1_440;

/** From here on every limit of low oxygen is clear, as the table has them, % vol. */
const CLEAR_PERCENT = Math.max(
  ...LIMITS.filter(({ kind, measure }) => kind === 'oxygen-low' && measure === 'value').map(
    ({ limit, hysteresis }) => limit + hysteresis,
  ),
);

/** Falls or rises when the interval of its slope is beyond this, % vol per minute. Ours: the flattest rule's (safety.md §2.4) over three. */
const MOVES = 0.001;

/**
 * What limits of oxygen are compared with: the oxygen itself, and for each rule the minutes to 19.5 %, as soon as it may be, while that
 * rule holds. Each rule has its window as the window of its limit.
 */
export function measuredOxygen(row: OxygenRow): readonly Measured[] {
  const cause = row.isDisplaced ? 'displacement' : 'outlook';
  const value: Measured = {
    measure: 'value',
    windowMs: null,
    value: row.isDoubtful ? null : row.value,
    coverage: null,
  };
  const left = RULES.map((rule): Measured => {
    const { windowMs } = rule;
    const standing = holds(rule, row.standings, row.at);
    if (standing !== null)
      return { measure: 'minutesLeft', windowMs, value: soonest(row, standing), coverage: null, cause };
    return { measure: 'minutesLeft', windowMs, value: isFar(row) ? FAR_MINUTES : null, coverage: null };
  });
  return [value, ...left];
}

const soonest = (row: OxygenRow, { slope }: Standing): number => minutesAt(levelOf(row.points), slope.low);

/**
 * Nothing points to a want of oxygen. Without climate no rule can say so; but water vapour only takes oxygen away, so that a cell which
 * reads as much as ends every limit of oxygen ends what a rule once raised as well.
 */
const isFar = (row: OxygenRow): boolean =>
  row.isDry || row.isDoubtful ? !isLearning(row) : row.value >= CLEAR_PERCENT;

/** Too little was heard, or it cannot be believed or compared. */
const isLearning = (row: OxygenRow): boolean => !row.isDry || row.isDoubtful || row.trend === null;

/** Where the oxygen of that room is going, rounded so that noise is no news. */
export function viewOutlook(row: OxygenRow): Outlook {
  const dry = row.isDry ? rounded(row.value, 0.1) : null;
  const off = { rule: null, perMinute: null, minutes: null, displacement: false, dry };
  if (row.isDoubtful) return { ...off, state: 'off', why: 'doubtful' };
  if (!row.isDry) return { ...off, state: 'off', why: 'no-climate' };
  const rule = RULES.find((each) => holds(each, row.standings, row.at) !== null);
  const slope = rule === undefined ? row.trend?.slope : row.standings[rule.name]?.slope;
  if (slope === undefined) return { ...off, state: 'learning', why: 'too-few' };
  const state = rule === undefined ? directionOf(slope) : 'falling';
  return {
    state,
    why: null,
    rule: rule?.name ?? null,
    perMinute: rounded(slope.median, 0.005),
    minutes: state === 'falling' ? minutesLeft(row, slope, rule?.windowMs ?? KEPT_MS) : null,
    displacement: rule !== undefined && row.isDisplaced,
    dry,
  };
}

function directionOf({ low, high }: Slope): 'falling' | 'rising' | 'steady' {
  if (high < -MOVES) return 'falling';
  return low > MOVES ? 'rising' : 'steady';
}

/** Never one number: safety.md §2.3. Null: it is far. */
function minutesLeft(row: OxygenRow, slope: Slope, windowMs: Millis): Outlook['minutes'] {
  const level = levelOf(row.points);
  const straight = minutesAt(level, slope.median);
  if (straight > FAR_MINUTES) return null;
  const airChanges = airChangesOf(row.levels);
  // The slope of a window is that of its middle, and in an aired room the fall has slowed since.
  const slowed = Math.exp((-airChanges * windowMs) / 2 / MINUTE_MS);
  const aired = minutesUntilDeficient(level, slope.median * slowed, airChanges);
  const latest = minutesUntilDeficient(level, slope.high * slowed, airChanges);
  return {
    soonest: inWords(minutesAt(level, slope.low)),
    // A room that is aired may never get there; the straight line is the safe side.
    likely: inWords(aired > FAR_MINUTES ? straight : aired),
    latest: latest > FAR_MINUTES ? null : inWords(latest),
  };
}

/** As people say it: to the minute when it is soon, else to five or ten. */
function inWords(minutes: number): number {
  if (minutes < 10) return Math.round(minutes);
  return rounded(minutes, minutes < 60 ? 5 : 10);
}

const rounded = (value: number, step: number): number =>
  Number((Math.round(value / step) * step).toFixed(3)) + 0;
