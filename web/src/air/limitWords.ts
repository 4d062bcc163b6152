import type { EntityView, LimitView } from '@homeward/hub/api';
import { stateOfLevel } from '../alarms/life.ts';
import type { HistoryLimit } from '../history/limits.ts';
import { spanPhrase } from '../text/ages.ts';
import type { Phrase } from '../text/say.ts';
import { limitText } from './amounts.ts';

const MINUTE_MS = 60_000;

/** What is compared: "mean over 10 min". */
export const measurePhrase = ({ measure, windowMs }: LimitView): Phrase => ({
  key: `air.measure.${measure}`,
  ...(windowMs === null ? {} : { with: { span: spanPhrase(windowMs) } }),
});

/** From where on it counts: "1,000 ppm or more". */
export const crossesPhrase = ({ crosses, limit, measure, unit }: LimitView): Phrase => ({
  key: `air.crosses.${crosses}`,
  with: {
    limit: measure === 'minutesLeft' ? spanPhrase(limit * MINUTE_MS) : limitText(limit, measure, unit),
  },
});

/** The limit in one sentence: what is compared, with what, for how long. */
export const limitPhrase = (limit: LimitView): Phrase => {
  const delay = limit.onDelayMs > 0 ? { span: spanPhrase(limit.onDelayMs) } : null;
  if (limit.crosses === 'on')
    return { key: delay ? 'air.limit.contactFor' : 'air.limit.contact', with: delay ?? {} };
  return {
    key: delay ? 'air.limit.for' : 'air.limit.at',
    with: { measure: measurePhrase(limit), crosses: crossesPhrase(limit), ...delay },
  };
};

/** How it ends: what counts as clear, for how long, and whether somebody must have seen it. */
export const endPhrases = ({ offDelayMs, latching }: LimitView): readonly Phrase[] => [
  offDelayMs > 0
    ? { key: 'air.limit.endsAfter', with: { span: spanPhrase(offDelayMs) } }
    : { key: 'air.limit.ends' },
  ...(latching ? [{ key: 'air.limit.latches' }] : []),
];

const LEVELS = ['advisory', 'warning', 'alarm', 'critical'] as const;
/** Worse levels come last, as in the table of the house. */
export const bySeverity = (a: LimitView, b: LimitView): number =>
  LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.kind.localeCompare(b.kind);

/** What of it a chart of the values can show. */
const DRAWN: ReadonlySet<LimitView['measure']> = new Set(['value', 'mean', 'nowCast']);

const sideOf = ({ crosses }: LimitView): HistoryLimit['side'] =>
  crosses === 'below' || crosses === 'atMost' ? 'under' : 'over';

const isChartState = (state: string): state is HistoryLimit['level'] =>
  state === 'check' || state === 'warning' || state === 'alarm';

/** The limits that stand in a chart of this sensor: of each level and side the strictest, in the chart's own unit. */
export const chartLimits = (
  limits: readonly LimitView[],
  entity: Pick<EntityView, 'quantity' | 'unit'>,
): readonly HistoryLimit[] => {
  const kept = new Map<string, HistoryLimit>();
  for (const limit of limits) {
    const level = stateOfLevel(limit.level);
    const fits = limit.quantity === entity.quantity && limit.unit === entity.unit && limit.crosses !== 'on';
    if (!fits || !DRAWN.has(limit.measure) || !isChartState(level)) continue;
    const side = sideOf(limit);
    const before = kept.get(`${level} ${side}`);
    const isStricter =
      before === undefined || (side === 'over' ? limit.limit < before.value : limit.limit > before.value);
    if (isStricter) kept.set(`${level} ${side}`, { level, side, value: limit.limit });
  }
  return [...kept.values()];
};
